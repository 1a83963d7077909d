# itertools: what the iterators give.
from itertools import *


def show(iterator, most=40):
    try:
        print(*islice(iterator, most))
    except Exception as error:
        print(type(error).__name__, error)


class Failing:
    def __init__(self, after):
        self.left = after

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise KeyError("fails")
        return self.left


show(count(5), 3), show(count(0.5, 0.25), 3), show(count(10**20, -1), 3), show(count(2**48 - 2), 4), show(count(1j), 2)
show(cycle("abc"), 8), show(cycle([]), 3), show(repeat("x", 3)), show(repeat(7), 2)
show(accumulate([1, 2, 3, 4])), show(accumulate("abc", initial="")), show(accumulate([3, 1, 2], max)), show(accumulate([]))
show(accumulate([], initial=5)), show(accumulate([1, "a"])), show(accumulate([1, 2, 3], lambda a, b: a * 10 + b, initial=9))
show(batched("abcdefg", 3)), show(batched("abcdef", 3, strict=True)), show(batched("abcdefg", 3, strict=True)), show(batched("", 2))
show(chain("ab", [1], (), {"k": 2})), show(chain()), show(chain("ab", 5)), show(chain.from_iterable(["ab", "cd"]))
show(chain.from_iterable(x for x in ["a", 5, "b"])), show(chain.from_iterable(Failing(0)))
show(compress("abcdef", [1, 0, 1, 0, 1, 1])), show(compress(count(), [1, 0, 1])), show(compress("ab", Failing(1)))
show(dropwhile(lambda x: x < 3, [1, 2, 3, 1, 4])), show(takewhile(lambda x: x < 3, [1, 2, 3, 1, 4]))
show(filterfalse(None, [0, 1, "", "a", []])), show(filterfalse(lambda x: x % 2, range(9))), show(filterfalse(bool, [0, 1]))
taken = takewhile(lambda x: x < 2, [1, 5, 1])
print(list(taken), list(taken))
for args in ((5,), (None,), (2, 5), (2, None, 3), (0, 10, 4), (3, 2), (0,), (None, None, 5), (12,), (9, 100)):
    show(islice(range(10), *args))
source = iter(range(10))
print(list(islice(source, 2, 6, 3)), list(source))
show(pairwise("abcd")), show(pairwise("a")), show(pairwise("")), show(pairwise(Failing(2)))
kept = list(pairwise(range(4)))
print(kept)
show(starmap(pow, [(2, 5), [3, 2], "ab"])), show(starmap(max, [(1, 2), iter([5, 3, 9])])), show(starmap(pow, [5]))
show(zip_longest("abc", "x", [])), show(zip_longest("ab", [1, 2, 3], fillvalue="-")), show(zip_longest()), show(zip_longest("", ()))
show(zip_longest("abc", Failing(1)))
for key, group in groupby("aaabbcaa"):
    print(key, list(group), end=" ")
print()
print([(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
groups = groupby("aabb")
_, first = next(groups)
print(next(first))
_, second = next(groups)
print(list(first), list(second), list(groups))
show((k for k, _ in groupby(Failing(2)))), show((k for k, _ in groupby([1, "a"], key=lambda x: x + 1)))
a, b, c = tee(range(200), 3)
print(sum(a), next(b), next(b), sum(b), next(c))
d, = tee(c, 1)
print(next(d), next(c), next(d), tee([], 0), type(c).__name__)
e = type(c)(c)
print(next(e), next(c), next(c.__copy__()))
show(product("ab", [1, 2], repeat=1)), show(product("ab", repeat=3)), show(product()), show(product("ab", "")), show(product(repeat=3))
show(combinations("abcd", 2)), show(combinations("abc", 0)), show(combinations("abc", 4)), show(combinations("abc", 3))
show(combinations_with_replacement("abc", 2)), show(combinations_with_replacement("", 2)), show(combinations_with_replacement("", 0))
show(permutations("abc")), show(permutations("abcd", 2)), show(permutations("abc", 0)), show(permutations("abc", 4)), show(permutations([]))
print(len(set(permutations(range(6)))), list(permutations(range(6), 5))[317], sum(1 for _ in product(range(5), repeat=5)))
for iterator in (product([[1], [2]], repeat=2), combinations([[1], [2], [3]], 2), zip_longest([[1], [2]], "a")):
    print(list(iterator), end=" ")
    print(list(iterator))


class Reentrant:
    def __iter__(self):
        return self

    def __next__(self):
        return next(iterators[1])


iterators = tee(Reentrant())
show(iterators[0])


class Counter(count):
    def __init__(self, *args, name="c"):
        self.name = name


counter = Counter(3)
print(next(counter), counter.name, counter)


class Chain(chain):
    def __init__(self, *args, name):
        self.name = name


print(list(Chain("ab", name="n")))
