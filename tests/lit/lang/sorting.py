# Lists of strs and of tuples, in both directions, with and without keys: what decides is the first
# item mostly, but not always.
import random

r = random.Random(4)
words = ["", "a", "ab", "abcdefgh", "abcdefghi", "abcdefgh\0", "\0", "\0\0", "z", "Z", "zz", "ÿ", "é", "e",
         "abcdefgz", "abcdefg"]
wide = words + ["Ā", "漢字", "\U0001F600", "abc漢"]


def check(items, **options):
    """Sorted as an insertion sort does it, by what < says; equal items keep their order."""
    key = options.get("key") or (lambda x: x)
    result = sorted(items, **options)
    keys = [key(x) for x in result]
    pairs = list(zip(keys, keys[1:]))
    if options.get("reverse"):
        assert not any(a < b for a, b in pairs)
    else:
        assert not any(b < a for a, b in pairs)
    assert sorted(map(repr, result)) == sorted(map(repr, items))
    return result


for pool in (words, wide):
    many = [r.choice(pool) for _ in range(200)]
    print(check(many)[::20])
    print(check(many, reverse=True)[::20])
    print(check(list(enumerate(many)), key=lambda p: p[1])[::25])
    print(check([(w, i) for i, w in enumerate(many)])[::25])

numbers = [0, -1, 1, 2**46, -2**46, 2**47, 2**63, -2**63, 2**100, True, False]
small = [0, -1, 1, 2**46, -2**46, 7, -7]
floats = [0.0, -0.0, 1.5, -1.5, 1e300, -1e300, 5e-324, float("inf"), float("-inf")]
for pool in (numbers, small, floats, small + floats, floats + [2**53 + 1]):
    many = [(r.choice(pool), i) for i in range(100)]
    print(check(many)[::12])
    print(check(many, key=lambda t: t[:1], reverse=True)[::12])
    print(check([t[:1] for t in many])[::30])

# Equal first items, nothing first, other types first.
print(check([(1, "b"), (1, "a"), (1,), (1, "b", 2)] * 10)[::5])
print(check([(), (1,), (), (0,)] * 10)[::8])
print(check([((1, 2), 3), ((1,), 5), ((1, 2), 1)] * 12)[::6])
print(check([(None, 1)] * 40)[:1], check([((), 1)] * 40)[:1])

# NaN is less than nothing and not equal to itself: but the same object is.
nan = float("nan")
print(sorted([(nan, 2), (nan, 1)] * 20)[:3])
print(len(sorted([(float("nan"), i) for i in range(40)])))

# Errors leave all the items there.
for items in ([(1, 2), ("a", 1)] * 20, [("a", 1), ("a", "b")] * 20, [(1, None), (1, None), (1, 2)] * 15):
    kept = list(items)
    try:
        kept.sort()
    except TypeError as e:
        print(e, len(kept) == len(items))


class Word(str):
    """Compares backwards."""
    def __lt__(self, other):
        return str.__gt__(self, other)


print(sorted([Word(c) for c in "abcdefgh"] * 5)[::5])
print(sorted([(Word(c), 1) for c in "abcdefgh"] * 5)[::5])
