# Keys that dicts and sets compare without Python code, and those among them for which they have to ask:
# tuples in tuples, equal numbers of several types, subclasses of str, bytes, and order of tuples.
nan = float("nan")


class Text(str):
    pass


class Loud(str):
    def __eq__(self, other):
        print("eq", str(self), other)
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class Clearing:
    def __init__(self, table, value):
        self.table, self.value = table, value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        self.table.clear()
        return False


def fresh(text):
    return "".join(list(text))


def tables(keys):
    return {key: i for i, key in enumerate(keys)}, set(keys)


keys = [((1, 2), "N"), ((1, fresh("two")), b"x"), (((1,), (2, (3, (4, (5, (6,)))))),), (1.5, 2), (0.0, 0), (nan, 1),
        (None, True), (1 << 80, "big"), fresh("word"), b"word", Text("text"), Loud("loud"), (Text("in"), 1), (), ("é", "日本"),
        frozenset([1]), ("a" * 100, 1)]
d, s = tables(keys)
probes = [((1, 2), "N"), ((1.0, True + 1), "N"), ((1, "two"), bytes([120])), ((1, "two"), "x"),
          (((1,), (2, (3, (4, (5, (6,)))))),), (((1,), (2, (3, (4, (5, (7,)))))),), (3 / 2, 2), (-0.0, False), (nan, 1),
          (None, 1), (1 << 80, "big"), "word", Text("word"), bytes("word", "ascii"), "text", Text("text"),
          "loud", ("in", 1), tuple([]), ("é", "日本"), ("日本", "é"), frozenset([1.0]), ("a" * 100, 1), ("a" * 101, 1), (1, 2, "N")]
for probe in probes:
    print(d.get(probe, "-"), probe in s, probe in d)
print({1} in s, {2} in s)
for probe in ([], ([1], 2), ((1, [2]), 3), {}):
    for look in (lambda: d[probe], lambda: probe in d, lambda: probe in s, lambda: s.add(probe), lambda: d.pop(probe)):
        try:
            print(look())
        except TypeError as error:
            print(error)

# A key whose __eq__ empties the table while it is searched.
for value in (7, "seven", (7, "seven"), ((7,), b"7")):
    d = {}
    d[Clearing(d, value)] = 1
    d[value] = 2
    print(len(d), list(d.values()), value in d)
    s = set()
    s.add(Clearing(s, value))
    s.add(value)
    print(len(s), value in s)

# A class that gets its own __eq__ in between.
d = {(Text("a"), 1): 1, Text("b"): 2}
print(d[("a", 1)], d["b"])
Text.__eq__ = lambda self, other: False
Text.__hash__ = lambda self: hash(str(self))
print(("a", 1) in d, "b" in d, ("c", 1) in d)

# Strs in strs.
for needle in ("", "a", "é", "日", "bc", "cb", "abc", "abcd"):
    print([needle in text for text in ("", "abc", "cbaé", "日本é", "x" * 40 + "bca")])

# Tuples in order.
rows = [(2, "b"), (1, "b", 0), (1, "b"), (1.0, "a"), (True, "c"), (2, "a", nan), (), (1, "é"), (1, "日"), ((1,), 2)[1:], (nan,), (nan, 1)]
for a in rows:
    for b in rows:
        try:
            print(int(a < b), int(a <= b), int(a == b), int(a != b), int(a > b), int(a >= b), end=" ")
        except TypeError as error:
            print(error, end=" ")
    print()
print(sorted([(k % 3, fresh("xyz"[k % 2]), k) for k in range(12)]), max([(1, "b"), (1, "c"), (1, "a")]))
print(sorted([((k % 3,), None, -k) for k in range(6)]))
try:
    print((1, 2) < (1, "2"))
except TypeError as error:
    print(error)
try:
    print((1, None) < (1, {}))
except TypeError as error:
    print(error)
