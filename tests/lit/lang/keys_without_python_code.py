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

# Bytes of every length up to some words: as keys, in order, and put together.
parts = [bytes(range(97, 97 + n)) for n in range(20)]
table = {part: len(part) for part in parts}
print([table[bytes(list(part))] for part in parts], table.get(b"b"), bytearray(b"a") in parts)
print(sum(a < b for a in parts for b in parts), b"\xff" > b"a", b"a" != b"b", b"ab" <= b"ab", b"" < b"a", b"b" >= b"ab")
print([parts[i] + parts[3 - i] for i in range(4)], type(b"a" + bytearray(b"x")), b"a" == bytearray(b"a"), b"a" != "a")
print(len({"abcdefghijklmnopqrst"[:n] for n in range(20)} | {fresh("abcdefghijklmnopqrst"[:n]) for n in range(20)}))

# Tuples whose items have orders of their own, asked for a truth and for the answer itself.
import datetime


class Odd:
    def __init__(self, name, answer=True):
        self.name, self.answer = name, answer

    def __eq__(self, other):
        print("eq", self.name, other.name)
        if self.answer is None:
            raise ValueError(self.name)
        return self.name == other.name

    def __lt__(self, other):
        print("lt", self.name, other.name)
        return self.answer


for a, b in [((1, Odd("a")), (1, Odd("b"))), ((1, Odd("a"), 2), (1, Odd("a"), 1)), ((1, Odd("a", [])), (1, Odd("b"))),
             ((2, Odd("a")), (1, Odd("b"))), ((1, Odd("x", None)), (1, Odd("y"))), ((1, Odd("a")), (1, Odd("a"), 3))]:
    for compare in (lambda: a < b, lambda: bool(a < b), lambda: "yes" if a < b else "no", lambda: a == b, lambda: "ne" if a != b else "eq"):
        try:
            print(compare())
        except ValueError as error:
            print("error", error)
days = [(datetime.date(2024, 1 + k % 3, 1 + k % 5), "ab"[k % 2], k) for k in range(12)]
print([(str(day), text, k) for day, text, k in sorted(days)] == [(str(day), text, k) for day, text, k in sorted(days, key=lambda x: (str(x[0]),) + x[1:])])
moments = [(datetime.datetime(2024, 1, 1), 1), (datetime.date(2024, 1, 1), 1)]
print(moments[0] == moments[1], moments[0] != moments[1])
try:
    print(sorted(moments))
except TypeError as error:
    print(error)
deep, other = (), ()
for _ in range(500):
    deep, other = (deep, None), (other, None)
print(deep == other, deep < other, hash(deep) == hash(other), {deep: 1}[other])
