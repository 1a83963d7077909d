# Classes and shapes that patterns ask for, and what may come to stand for them later.
from collections import namedtuple


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):
    pass


class Even(type):
    def __instancecheck__(cls, value):
        return value == 8


class Eight(metaclass=Even):
    pass


class Liar:
    @property
    def __class__(self):
        return int


Pair = namedtuple("Pair", "a b")


def kind(value):
    match value:
        case Eight():
            return "eight"
        case bool():
            return "bool"
        case int():
            return "int"
        case str(text):
            return text
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y=z):
            return (x, z)
        case {"k": a, 1: b, "l": c}:
            return (a, b, c)
        case {"k": a}:
            return a
        case [a]:
            return ["one", a]
        case [a, b, *rest]:
            return [a, b, rest]
        case float() | bytes():
            return "data"
    return "other"


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


VALUES = [8, True, 3, "s", Point(0, 0), Point(1, 2), Point3(3, 4), {"k": 5}, {"k": 5, 1: 6, "l": 7, "m": 8},
          [9], (1, 2), [1, 2, 3], Pair(4, 5), 1.5, b"b", None, [], {}, 10**30]
for _ in range(60):
    seen = [kind(value) for value in VALUES]
print(seen)
print(kind(Liar()), kind(Eight()), kind(range(2)), kind(bytearray(b"x")))

Point.__match_args__ = ("z", "x")
print(kind(Point(1, 2)), kind(Point3(3, 4)))
Point.z = 10
print(kind(Point(1, 2)), kind(Point3(3, 4)))
Point3.__match_args__ = ["y"]
print(kind(Point3(3, 4)))
Point.__match_args__ = ["x"]
print(attempt(kind, Point(1, 2)))
Point.__match_args__ = (1,)
print(attempt(kind, Point(1, 2)))
Point.__match_args__ = ()
print(attempt(kind, Point(1, 2)))
del Point.__match_args__
print(attempt(kind, Point(1, 2)))
Point.__match_args__ = ("y",)
print(attempt(kind, Point(1, 2)))
Point.__match_args__ = ("x",)
half = Point(1, 2)
del half.y
print(kind(half))
Point.y = 77
print(kind(half))
Point.y = property(lambda self: self.x * 100)
print(kind(half))
del Point.y


def repeated(value, key):
    match value:
        case {"k": a, key.name: b}:
            return (a, b)
        case Point(a, y=b):
            return (a, b)
    return None


class Key:
    name = "k"


print(attempt(repeated, {"k": 1, "l": 2}, Key), attempt(repeated, Point(1, 2), Key))
Key.name = "l"
print(attempt(repeated, {"k": 1, "l": 2}, Key))
Key.name = []
print(attempt(repeated, {"k": 1, "l": 2}, Key).split(":")[0])
Key.name = 2.0
print(attempt(repeated, {"k": 1, 2: 3}, Key))

Point = Pair
print(kind(Pair(4, 5)))
