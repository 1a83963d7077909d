# Operators of classes: the method that is asked first changes, refuses, or is another operand's.
class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(self.x + other.x)

    def __mul__(self, k):
        return Vec(self.x * k)

    def __repr__(self):
        return f"{type(self).__name__}({self.x})"


class Special(Vec):
    def __radd__(self, other):
        return f"special radd {other.x}"


class Foreign:
    def __radd__(self, other):
        return f"foreign radd {other!r}"


def add(a, b):
    return a + b


def scale(a, k):
    return a * k


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


v = Vec(0)
for i in range(2000):
    v = add(v, scale(Vec(i), 2))
print(v)

print(add(Vec(1), Special(2)), add(Special(1), Vec(2)), add(Vec(1), Foreign()))
print(attempt(add, Vec(1), 2), attempt(add, 2, Vec(1)), attempt(add, None, Vec(1)))
print(add(1, 2), add("a", "b"), scale([1], 2), scale(2.5, 2))

Vec.__add__ = lambda self, other: "replaced"
print(add(Vec(1), Vec(2)))
del Vec.__add__
print(attempt(add, Vec(1), Vec(2)), add(Vec(1), Special(2)))
v = Vec(5)
v.__mul__ = lambda k: "instance's own"
print(scale(v, 3))


def failing(self, k):
    raise KeyError(k)


Vec.__mul__ = failing
print(attempt(scale, Vec(1), 7))
