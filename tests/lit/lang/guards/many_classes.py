# One place sees up to seven classes, which are found by their shapes; classes that come later, and
# changes of those that were seen.


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size


class Square(Shape):
    def area(self):
        return self.size * self.size


class Cube(Shape):
    def area(self):
        return 6 * self.size * self.size


class Dot(Shape):
    pass


class Line(Shape):
    def __init__(self, size):
        super().__init__(size)
        self.thick = False


class Disc(Shape):
    def area(self):
        return 3 * self.size**2


class Ring(Shape):
    def __init__(self, size):
        super().__init__(size)
        self.inner = size - 1

    def area(self):
        return 3 * (self.size**2 - self.inner**2)


class Late(Shape):
    def area(self):
        return -self.size


class Latest(Late):
    size = property(lambda self: 100, lambda self, value: None)


def areas(shapes, rounds, at=-1, event=None):
    result = sizes = 0
    for i in range(rounds):
        if i == at:
            event(shapes)
        for shape in shapes:
            result += shape.area()
            sizes += shape.size
    return result, sizes


def make():
    return [cls(i + 2) for i, cls in enumerate((Shape, Square, Cube, Dot, Line, Disc, Ring))]


print(areas(make(), 50))
print(areas(make(), 50, 20, lambda shapes: shapes.append(Late(5))))
print(areas(make(), 50, 20, lambda shapes: shapes.append(Latest(5))))
many = [type("C%d" % i, (Shape,), {}) for i in range(60)]
print(areas(make(), 50, 20, lambda shapes: shapes.extend(cls(1) for cls in many)))


def redefine(shapes):
    Cube.area = lambda self: 0
    Shape.area = lambda self: 1


print(areas(make(), 50, 20, redefine))
print(areas(make(), 50, 20, lambda shapes: setattr(shapes[3], "area", lambda: 1000)))


def delete(shapes):
    del shapes[6].size


try:
    areas(make(), 50, 20, delete)
except AttributeError as error:
    print(error)
