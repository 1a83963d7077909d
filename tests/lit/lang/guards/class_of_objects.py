# Attributes of classes with metaclasses, __class__, and descriptors written in Python, in hot loops,
# while all of these change.
from enum import Enum, Flag
import sys


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 4

    @property
    def double(self):
        return self.value * 2


class Access(Flag):
    READ = 1
    WRITE = 2


class Meta(type):
    pass


class Field:
    def __init__(self, number):
        self.number = number

    def __get__(self, object, cls):
        return self if object is None else self.number + object.extra

    def __set__(self, object, value):
        raise AttributeError("read-only")


class WithMeta(metaclass=Meta):
    limit = 10
    field = Field(5)

    def __init__(self):
        self.extra = 1

    @classmethod
    def make(cls):
        return cls()


class Below(WithMeta):
    pass


class Other:
    limit = -1
    extra = 2


class Mask(Other):
    __class__ = property(lambda self: Below)


def colors(n):
    counts = {c: 0 for c in Color}
    all = list(Color)
    for k in range(n):
        c = all[k % 3]
        if c is Color.RED:
            counts[c] += 1
        elif c == Color.GREEN:
            counts[c] += c.value + c.double
        else:
            counts[Color.BLUE] += len(c.name)
        if Access.READ in Access.READ | Access.WRITE:
            counts[c] += 1
    return [(c.name, v) for c, v in counts.items()]


def limits(objects):
    total = 0
    for o in objects:
        total += WithMeta.limit + o.__class__.limit + WithMeta.make().field + Below.limit
        if o.__class__ is Below:
            total += 1000
    return total


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main(n):
    print(colors(n))
    objects = [WithMeta(), Below(), Other(), Mask()] * (n // 4)
    print(limits(objects))
    WithMeta.limit = 20
    print(limits(objects))
    Meta.limit = 5  # hidden by the class's own
    print(limits(objects))
    Meta.limit = property(lambda cls: 1)  # hides it
    print(limits(objects))
    del Meta.limit
    print(limits(objects))
    objects[1].__class__ = WithMeta
    print(limits(objects))
    Meta.__getattribute__ = lambda cls, name: 3 if name == "limit" else type.__getattribute__(cls, name)
    print(limits(objects))
    del Meta.__getattribute__
    print(limits(objects))
    Below.__class__ = type("MetaBelow", (Meta,), {"limit": property(lambda cls: 7)})
    print(limits(objects))
    # The descriptor changes.
    del Field.__set__
    make = WithMeta.__init__
    def init(self):
        make(self)
        self.__dict__["field"] = 77
    WithMeta.__init__ = init
    print(limits(objects))
    Field.__set__ = lambda self, object, value: None
    print(limits(objects))
    class Plain:
        pass
    WithMeta.__dict__["field"].__class__ = Plain
    print(attempt(limits, objects))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
