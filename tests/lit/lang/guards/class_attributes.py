# Attributes of classes themselves, class methods and static methods, beside instances of the same
# classes: what is remembered of the one does not keep the other from being specialised.


class Point:
    count = 0
    scale = 3

    def __init__(self, x):
        self.x = x
        Point.count += 1

    @staticmethod
    def twice(x):
        return x * 2

    @classmethod
    def make(cls, x):
        return cls(x * cls.scale)

    @classmethod
    def name(cls):
        return cls.__name__


class Named(Point):
    scale = 5


def build(n):
    total = 0
    for i in range(n):
        total += Point.make(Point.twice(i)).x + Point(i).x * Point.scale
        total += Named.make(i).x if isinstance(Point(i), Point) else 1
    return total, Point.count


def names(n):
    return {cls.name() for i in range(n) for cls in (Point, Named)}, Point(1).name()


print(build(5), build(2000), sorted(names(3)[0]), names(1)[1])
Point.scale = 2.5
print(build(10))
Point.make = classmethod(lambda cls, x: Named(x - 1))
print(build(10))
Point.twice = staticmethod(lambda x: x * 10)
Named.make = lambda x: Point(x)
print(build(10))
del Named.make
print(build(10))
Point.__init__ = lambda self, x: setattr(self, "x", -x)
print(build(10))


class Meta(type):
    made = 0

    def __call__(cls, *arguments):
        Meta.made += 1
        return super().__call__(*arguments)

    def make(cls, x):
        return cls(x + 1000)


class Counted(metaclass=Meta):
    scale = 1

    def __init__(self, x):
        self.x = x * Counted.scale

    @classmethod
    def own(cls, x):
        return cls(x)


def counted(n):
    return sum(Counted(i).x + Counted.make(i).x + Counted.own(i).x for i in range(n)), Meta.made


print(counted(3), counted(500))
del Meta.__call__
print(counted(3), counted(500))


def held(n):
    bound = [Point.name, Named.name, Point.make, Counted.own]
    return [b.__self__.__name__ for b in bound], all(Point.name == Point.name for _ in range(n))


print(held(100))
