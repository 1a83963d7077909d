# `for a, b in ...`: pairs that are unpacked at once, from every kind of iterator, and what goes wrong with them.
class Broken:
    def __init__(self, at, error):
        self.at, self.error = at, error

    def __iter__(self):
        return self

    def __next__(self):
        self.at -= 1
        if self.at < 0:
            raise self.error
        return self.at


def walk(pairs, change=None):
    out = []
    a = b = None
    try:
        for a, b in pairs:
            out.append((a, b))
            if change and len(out) == 2:
                change()
    except (TypeError, ValueError, RuntimeError, KeyError) as error:
        print(type(error).__name__, error, end=" ")
    print(out, a, b)


def grow():
    items.append(9)


items = [1, 2, 3]
walk(enumerate(items), grow)
walk(enumerate(items), items.clear)
walk(enumerate("abc", 2**48 - 2))
walk(enumerate([True, False], 2**70))
walk(enumerate(Broken(2, KeyError("gone"))))
walk(enumerate(Broken(2, StopIteration("end"))))
walk(enumerate([]))
walk(enumerate([0.5, "x", None]))
walk(zip([1, 2], "ab"))
walk(zip([1, 2, 3], "ab", strict=True))
walk(zip("ab", [1, 2, 3], strict=True))
walk(zip("ab", Broken(1, KeyError("zip"))))
walk(zip("ab", (1, 2), [3, 4]))
walk(zip([(1,), (2,)]))
walk(zip())
d = {"a": 1, "b": [2], 3: None}
walk(d.items())
walk(d.items(), lambda: d.pop("a"))
walk(reversed(d.items()))
walk(d)
walk([(1, 2), [3, 4], "xy", {5: 6, 7: 8}, range(2)])
walk([(1, 2), (1, 2, 3)])
walk([(1, 2), 5])
walk((x, x * x) for x in range(3))
kept = [pair for pair in enumerate("ab")]
print(kept, [(i, p) for i, p in enumerate(kept)], [i + v for i, v in enumerate([1, 2, 3]) if v != 2])
print({k: v for v, k in enumerate("abc")}, [[a, *b] for a, *b in enumerate("xy")], max(a * b for a, b in zip([1, 2], [3, 4])))


def generate(pairs):
    for a, b in pairs:
        yield a
        yield b


print(list(generate(enumerate("ab"))), list(generate({1: 2}.items())), list(generate(zip([1, 2], [3, 4]))))


def nested(rows):
    total = 0
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if (i + j) % 2:
                continue
            total += value
            if total > 100:
                break
    return total, i, j


print(nested([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), nested([[200, 1], [2, 3]]))


# Lists and tuples of pairs, which are only looked at: the loop may take them away meanwhile.
from collections import namedtuple

Named = namedtuple("Named", "x y")
pairs = [(1, [1]), (2, [2]), Named(3, [3]), [4, [4]], (5, [5])]
walk(pairs)
walk(tuple(pairs))
walk(pairs, pairs.clear)
pairs = [(str(i) * 2, [i]) for i in range(4)]
walk(pairs, lambda: pairs.__setitem__(slice(None), [(7, 8)] * 3))
walk(pairs, lambda: pairs.append((0, 0)) if len(pairs) < 6 else None)
walk(((1, 0), (-1, 0), (0, 1), (0, -1)))
walk(((1, 0), ()))
steps = iter([(1, 2), (3, 4), (5, 6)])
for a, b in steps:
    print(a, b, next(steps, None), end=" ")
print(list(steps), sum(a * b for a, b in ((1, 2), (3, 4))))
