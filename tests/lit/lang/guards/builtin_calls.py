# Built-in functions and methods called in hot loops: other objects, other arguments, other functions of the name.
import math
from math import sqrt


class Loud(list):
    def append(self, item):
        print("append", item)

    def __len__(self):
        return 99

    def pop(self):
        return "loud"


class Lazy(dict):
    def __missing__(self, key):
        return "missing"

    def get(self, key, default="lazy"):
        return (key, default)


class Fake:
    __class__ = int

    def __float__(self):
        return 2.5

    def __int__(self):
        return 7

    def __abs__(self):
        return "abs"

    def __lt__(self, other):
        return True

    __gt__ = __lt__


class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == 3


class Odd(metaclass=Meta):
    pass


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def append(target, item):
    return target.append(item)


def pop(target):
    return target.pop()


for target in ([], [1], [1.5], [True], ["x"], Loud(), bytearray(b"ab"), {1}):
    out = [attempt(append, target, item) for item in (1, 2.5, True, None, 2**60, "s")]
    print(out, target, [attempt(pop, target) for _ in range(8)], target)
long = list(range(1000))
total = 0
while long:
    total += long.pop()
print(total, long)


def lengths(values):
    return [attempt(lambda v: len(v), value) for value in values]


print(lengths(["abc", "\u20ac\u20ac", [1], (1, 2), {}, {1: 2}, {3}, b"1234", range(9), Loud(), 5, None, Fake()]))


def gets(table, key):
    return table.get(key), table.get(key, "default")


for table in ({1: 2, "a": 3}, {(1, 2): 3, 1: 4}, Lazy(a=1), {}):
    print([attempt(gets, table, key) for key in (1, 1.0, True, "a", (1, 2), [], 2**70)])


def numbers(a, b):
    return (attempt(lambda: min(a, b)), attempt(lambda: max(a, b)), attempt(lambda: abs(a)), attempt(lambda: float(a)),
            attempt(lambda: int(a)), attempt(lambda: sqrt(a)), attempt(lambda: math.sqrt(a)))


nan = float("nan")
for a, b in ((1, 2), (2, 1), (1.5, -2.5), (-0.0, 0.0), (0.0, -0.0), (nan, 1.0), (1.0, nan), (1, 1.0), (True, 0), ("b", "a"),
             (-2**48, 2**48), (2**80, -2**80), (1e300, 3), (-4.0, 9), (Fake(), 1), (None, 1), ("3", "4"), (float("inf"), 1.0)):
    print(numbers(a, b) if not isinstance(a, Fake) else numbers(a, b)[2:5])


def kinds(value):
    return [isinstance(value, t) for t in (int, bool, str, float, list, object, Loud, Odd, Fake, type)] + [
        isinstance(value, (int, str)), attempt(lambda: isinstance(value, 5))]


for value in (1, True, "s", 1.5, [], Loud(), Fake(), 3, int, None, Odd):
    print(kinds(value))
print([attempt(lambda: ord(c)) for c in ("a", "\xff", "\u20ac", "", "ab", b"z", 5)],
      [attempt(lambda: chr(n)) for n in (65, 255, 256, 0x10FFFF, -1, 0x110000, True, "a", 2**70)])


def hot(values):
    out = 0
    for i, value in enumerate(values):
        out += len(value) + max(i, 2) + abs(-i)
        if i == 3:
            rebind()
    return out


def rebind():
    global len, max
    len = lambda value: 1000
    max = min


print(hot(["a", "bb", "ccc"] * 3))
del len, max
print(hot(["a", "bb"]), len("abc"))
math.sqrt = lambda x: "patched"
print(numbers(4.0, 1)[-2:])


class Word(str):
    def __str__(self):
        return "own text"


def texts(values):
    global str
    out = []
    for i, value in enumerate(values):
        out.append(str(value))
        if i == 6:
            str = repr
    return out


print(texts([1, -(2**48), 2**70, 1.5, "s", Word("w"), True, "s", 2, None]))
del str
print(texts([Word("w"), b"b"]), [sorted((a < b, a <= b, a > b, a >= b) for b in ("b", "bb", "", "\u20ac", "a\xff"))
                                 for a in ("b", "ba", "\xff", "\u20ac")])
for a, b in (("a", 1), (1, "a"), ("a", b"a")):
    print(attempt(lambda: a < b), attempt(lambda: a + b))
