# Augmented assignments of objects: methods for them that come, go, refuse, and those of the plain
# operator where there are none.
class Sum:
    def __init__(self, value):
        self.value = value

    def __iadd__(self, other):
        if other is None:
            return NotImplemented
        self.value += other
        return self

    def __add__(self, other):
        if other is None:
            return NotImplemented
        return Sum(self.value + other + 1000)

    def __repr__(self):
        return f"Sum({self.value})"


class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(self.x + other.x)

    def __neg__(self):
        return Vec(-self.x)

    def __invert__(self):
        return self.x

    def __repr__(self):
        return f"Vec({self.x})"


class Foreign:
    def __radd__(self, other):
        return f"foreign radd {other!r}"


class Refusing(Foreign):
    def __radd__(self, other):
        return NotImplemented


def grow(total, items):
    for item in items:
        total += item
    return total


def turn(v):
    return -v, ~v


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for i in range(200):
    total, v = grow(Sum(0), [1, 2, 3]), grow(Vec(0), [Vec(1), Vec(2)])
    w = turn(v)
print(total, v, w, grow(0, [1, 2]), grow("a", ["b"]), grow([1], [(2,)]), turn(5), attempt(turn, 2.5))
for other in (None, 1, "x", Foreign(), Refusing(), Vec(3)):
    print(attempt(grow, Sum(1), [other]), attempt(grow, Vec(1), [other]))

Vec.__iadd__ = lambda self, other: "in place"
print(attempt(grow, Vec(1), [Vec(2)]))
Vec.__iadd__ = lambda self, other: NotImplemented
print(attempt(grow, Vec(1), [Vec(2)]), attempt(grow, Vec(1), [None]))
del Vec.__iadd__, Sum.__iadd__
print(attempt(grow, Vec(1), [Vec(2)]), attempt(grow, Sum(1), [2, 3]), attempt(grow, Sum(1), [None]))
Vec.__neg__ = lambda self: self.missing
print(attempt(turn, Vec(1)))
Vec.__neg__ = lambda self: NotImplemented
print(attempt(turn, Vec(1)))
del Vec.__neg__
print(attempt(turn, Vec(1)))
v = Vec(1)
v.__invert__ = lambda: "own"
print(~v)
