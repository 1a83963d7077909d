# One site, objects of several classes that have the attribute at different places: base classes' methods in
# the code of subclasses, functions of many classes, classes that change later.
class Shape:
    def area(self):
        return self.w * self.h

    def grow(self, k):
        self.w += k
        self.h += k
        return self


class Rect(Shape):
    def __init__(self, w, h):
        self.w, self.h = w, h

    def total(self, k):
        return self.grow(k).area() + self.area()


class Named(Shape):
    def __init__(self, name, w, h):
        self.name, self.h, self.w = name, h, w

    def total(self, k):
        return self.grow(k).area() + len(self.name)


class Slotted(Shape):
    __slots__ = ("q", "h", "w")

    def __init__(self, w, h):
        self.w, self.h = w, h

    def total(self, k):
        return self.area() - self.grow(k).area()


class Wide(Shape):
    def __init__(self, w, h):
        self.a = self.b = self.c = 0
        self.w, self.h = w, h

    def total(self, k):
        return self.grow(k).w


class Grown(Shape):
    def __init__(self, w, h):
        if w:
            self.early = w
        self.w, self.h = w, h

    def total(self, k):
        return self.grow(-k).h


def run(shapes, n):
    result = 0
    for i in range(n):
        for shape in shapes:
            result += shape.total(i % 3)
            shape.w -= i % 3
            shape.mark = i
    return result, [shape.w for shape in shapes], [shape.mark for shape in shapes]


shapes = [Rect(1, 2), Named("abc", 3, 4), Slotted(5, 6), Wide(7, 8), Grown(0, 9), Grown(1, 2)]
for shape in shapes[:2] + shapes[3:]:
    shape.__dict__
print(run(shapes[:2], 300))
print(run(shapes, 300))
print(run([Rect(0.5, 1), Named("x", 2, 10**20)], 3))

# Attributes go, come from the class or a property, or are computed.
del shapes[0].mark
shapes[1].__dict__["extra"] = 1
try:
    run([shapes[0], Rect("a", 1)], 2)
except TypeError as error:
    print(error)
del shapes[1].w
try:
    run(shapes[:2], 2)
except AttributeError as error:
    print(error)
Named.w = property(lambda self: 5, lambda self, value: None)
shapes[1].__dict__["w"] = 99
print(run(shapes[:2], 4))
del Named.w
print(run(shapes[:2], 4))
Rect.h = 4
del shapes[0].h
print(shapes[0].area(), shapes[0].grow(1).h, run(shapes, 2)[1])


def missing(self, name):
    if name == "w":
        return 3
    raise AttributeError(name)


Wide.__getattr__ = missing
del shapes[3].w
print(run([shapes[3], shapes[0]], 3))
Grown.__setattr__ = lambda self, name, value: object.__setattr__(self, name, -1 if name == "mark" else value)
print(run(shapes, 3))
