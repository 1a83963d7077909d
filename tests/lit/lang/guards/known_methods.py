# Methods that a profile saw in one class, and what may come before them later.
class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size * self.size

    def scaled(self, factor):
        return self.area() * factor


class Circle(Shape):
    def area(self):
        return 3 * self.size * self.size


class Line(Shape):
    def area(self):
        return 0


def total(shapes, factor):
    result = 0
    for shape in shapes:
        result += shape.scaled(factor) + shape.area()
    return result


def one(shape):
    return shape.area()


def rebinds(shape):
    """The method's object outlives the name that it was reached by."""
    return shape.scaled((shape := 2))


def temporary(kind, size):
    return kind(size).scaled(2)


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def make():
    return [Shape(2), Circle(3), Line(4)]


shapes = make()
print(sum(total(shapes, i) for i in range(200)))
print(sum(one(shapes[i % 3]) + rebinds(shapes[i % 3]) + temporary(Circle, i) for i in range(200)))

# An attribute of the object's own, a value that is no function, none at all.
shapes[0].area = lambda: 1000
print(total(shapes, 1), one(shapes[0]), rebinds(shapes[0]))
Circle.area = len
print(attempt(total, shapes, 1), attempt(one, shapes[1]))
Circle.area = staticmethod(lambda: 5)
print(total(shapes, 1))
Circle.area = classmethod(lambda cls: len(cls.__name__))
print(total(shapes, 1))
Circle.area = property(lambda self: lambda: self.size)
print(total(shapes, 1))
del Circle.area
print(total(shapes, 1))
Shape.area = lambda self: self.size
print(total(shapes, 1), [one(shape) for shape in make()])
Line.scaled = lambda self, factor: -factor
print(total(shapes, 1), rebinds(shapes[2]))


# Other objects at the same place.
class Other:
    def area(self):
        return "other"


class Slotted:
    __slots__ = ("size",)

    def area(self):
        return self.size


class Dynamic:
    def __getattr__(self, name):
        return lambda: name


slotted = Slotted()
slotted.size = 77
print([attempt(one, x) for x in (Other(), slotted, Dynamic(), 5, None, Other, "x")])
shapes[1].__class__ = Line
print(total(shapes, 1), one(shapes[1]))
vars(shapes[2])["area"] = lambda: 12
print(one(shapes[2]), total(shapes, 1))
Shape.__getattribute__ = lambda self, name: (
    (lambda *args: 1) if name in ("area", "scaled") else object.__getattribute__(self, name)
)
print(total(shapes, 1), one(shapes[1]))
del Shape.__getattribute__


# Objects and functions that end while the method runs.
class Last:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)

    def drop(self):
        Last.drop = None
        kept.clear()
        return self.name


kept = []


def drop_all(count):
    for i in range(count):
        kept.append(Last(i))
        print("dropped", kept[-1].drop())
        Last.drop = again


again = Last.drop
drop_all(3)
