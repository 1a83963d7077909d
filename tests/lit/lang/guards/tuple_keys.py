# Tuples that are only looked for in dicts and sets, and what has to see them all the same.
from collections import Counter, OrderedDict, defaultdict
from types import MappingProxyType


def get(table, a, b):
    return table[a, b]


def put(table, a, b, value):
    table[a, b] = value


def has(container, a, b):
    return (a, b) in container, (b, a) not in container


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__, *error.args


table = {}
for i in range(40):
    put(table, i, i % 3, i)
    put(table, i, "x", -i)
print(len(table), sum(get(table, i, i % 3) for i in range(40)), [has(table, i, 1) for i in range(3)])
for i in range(40):
    put(table, i, "x", i * 2)
print(sum(get(table, i, "x") for i in range(40)), list(table)[:4], list(table.values())[-2:])
print(attempt(get, table, 1, 2), attempt(get, table, 1, []), attempt(put, table, {}, 1, 2), attempt(get, {}, 1, 2))
print(attempt(get, [1], 0, 1), attempt(put, [1], 0, 1, 2), attempt(get, "ab", 0, 1), attempt(has, "ab", 0, 1))
print(attempt(has, [(1, 2)], 1, 2), attempt(has, 5, 1, 2), attempt(has, {"a": 1}, "a", "b"))

# Numbers that are equal, and keys that are compared by Python code.
put(table, 1.0, 1.0, "float")
print(get(table, 1, 1), get(table, True, 1), has(table, 1.0, True), has({(2**70, 1)}, 2**70, 1))


class Key:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return hash(self.number)

    def __eq__(self, other):
        seen.append(type(other).__name__)
        return other == self.number


seen, kept = [], []
table[Key(5), 6] = "key"
print(get(table, 5, 6), get(table, Key(5), 6), has(table, 5, 6), has({(Key(7), 8)}, 7, 8), seen)


class Whole:
    def __hash__(self):
        return hash((50, 60))

    def __eq__(self, other):
        kept.append(other)
        return True


table[Whole()] = "whole"
print(get(table, 50, 60), has({Whole()}, 50, 60), kept)
put(table, 50, 60, "changed")
print(kept[-1], [value for key, value in table.items() if isinstance(key, Whole)])


class Asked(dict):
    def __getitem__(self, key):
        return "asked", key

    def __setitem__(self, key, value):
        kept.append((key, value))

    def __contains__(self, key):
        kept.append(key)
        return True


class Missing(dict):
    def __missing__(self, key):
        kept.append(key)
        return key[0]


kept.clear()
asked = Asked()
put(asked, 1, 2, 3)
print(get(asked, 1, 2), has(asked, 1, 2), get(Missing(), 3, 4), kept)

counts = defaultdict(float)
for i in range(100):
    counts[i % 7, i % 2] += 0.5
counter = Counter()
for word in "abcabcab":
    counter[word, word.upper()] += 1
ordered = OrderedDict()
for i in (3, 1, 2, 3):
    ordered[i, i] = i
print(len(counts), sum(counts.values()), counter, ordered, attempt(get, MappingProxyType({(1, 2): 3}), 1, 2))


# Nested tuples, long ones, floats, texts; items that are numbers in registers.
def nested(table, state, action, move):
    table[state, action] = table[state, action] + move
    return (state, (action, move)) in table, table[(state, action), move] if ((state, action), move) in table else None


state = (1, (2, "three"))
moves = {(state, "N"): 1, (state, "S"): 2, ((state, "N"), 4): "deep", (state, ("N", 5)): 0}
print([nested(moves, state, action, move) for action, move in (("N", 4), ("S", 1), ("N", 5))], moves[state, "N"])
print({(1, 2, 3, 4, 5, 6, 7, 8, 9): "long"}[1, 2, 3, 4, 5, 6, 7, 8, len(moves) + 5], {(): "empty"}[()])


def grid(size, step):
    cells = {}
    for y in range(size):
        for x in range(size):
            cells[x * step, y] = x ^ y
    walls = {(x, x) for x in range(size)}
    return sum(cells[x * step, y] for x in range(size) for y in range(size) if (x, y) not in walls), len(cells)


print(grid(9, 1), grid(9, 0.5), grid(5, 2**60), grid(4, "a"))


def same_tuple(table, a, b):
    key = a, b
    if key in table:
        table[key] += 1
    else:
        table[key] = 1
    return table[key], key == (b, a)


print([same_tuple(table, i % 2, 70) for i in range(5)], same_tuple({}, 1, 1))


def nothing_made(a, b):
    return (a, b) in ((1, 2), (3, 4)), (a, b) not in [(b, a)]


print(nothing_made(1, 2), nothing_made(3, 3), nothing_made("a", None))


# One tuple stays one object, whoever sees it.
class Keeping:
    def __getitem__(self, key):
        kept.append(key)
        return 1

    __contains__ = __getitem__

    def __setitem__(self, key, value):
        kept.append(key)


def identities(first, second, a, b):
    key = a, b
    found = key in first
    second[key] = first[key] if found else 0
    first[a, b] += 1
    for _ in range(3):
        second[key]
    return found


kept.clear()
print(identities(Keeping(), Keeping(), 1, 2), [key is kept[0] for key in kept], kept[3] is kept[4])
one, two = {(1, 2): 5}, {}
for _ in range(50):
    identities(one, two, 1, 2)
print(one, two)
one, two = defaultdict(int), {}
one[1, 2]
identities(one, two, 1, 2), identities(one, two, 3, 4) if (3, 4) in one else None
print(dict(one), two)
