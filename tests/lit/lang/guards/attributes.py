# Attribute caches: what they know about a class and its instances stops being true in a loop.
class Point:
    x = "class x"
    y = 2

    def move(self):
        return "moved"


def read(points, change, rounds=6):
    out = []
    for i in range(rounds):
        if i == 3:
            change()
        for point in points:
            try:
                out.append(point.x)
            except AttributeError as error:
                out.append(str(error))
    return out


def fresh():
    class Point:
        x = "class x"

        def move(self):
            return "moved"

    return Point, Point()


def shadow():
    point.x = "instance x"


def change_class():
    Point.x = "new class x"


def delete_class():
    del Point.x


def add_property():
    Point.x = property(lambda self: "property x")


def add_getattr():
    del Point.x
    Point.__getattr__ = lambda self, name: "getattr " + name


def add_getattribute():
    Point.__getattribute__ = lambda self, name: "getattribute " + name


def change_bases():
    class Other:
        x = "other x"
    del Point.x
    Point.__bases__ = (Other,)


class Base:
    pass


def change_dict():
    point.__dict__ = {"x": "from a new dict"}


def change_dict_items():
    point.__dict__["x"] = "stored into the dict"


def change_class_of():
    class Second:
        x = "second x"
    point.__class__ = Second


def set_and_delete():
    point.x = 1
    del point.x


for change in (shadow, change_class, delete_class, add_property, add_getattr, add_getattribute,
               change_bases, change_dict, change_dict_items, change_class_of, set_and_delete):
    Point, point = fresh()
    if change is change_bases:
        class Point(Base):
            x = "class x"
        point = Point()
    print(change.__name__, read([point], change))


def instance_reads():
    class Cell:
        def __init__(self, n):
            self.n = n

    cells = [Cell(i) for i in range(4)]
    out = []
    for i in range(8):
        cell = cells[i % 4]
        if i == 2:
            del cells[3].n
        if i == 4:
            Cell.n = "class n"
        if i == 5:
            Cell.n = property(lambda self: "data descriptor")
        if i == 6:
            Cell.__slots__ = ()
        try:
            out.append(cell.n)
        except AttributeError as error:
            out.append(str(error))
        try:
            cell.n = i
        except AttributeError as error:
            out.append(str(error))
    return out


print(instance_reads())


def slots():
    class Slotted:
        __slots__ = ("a", "b")

    s = Slotted()
    out = []
    for i in range(8):
        try:
            if i == 2:
                s.a = "set"
            if i == 4:
                del s.a
            if i == 6:
                s.c = 1
            out.append(s.a)
        except AttributeError as error:
            out.append(str(error))
    return out


print(slots())


def stores():
    class Watched:
        pass

    w = Watched()
    log = []
    for i in range(10):
        if i == 3:
            Watched.__setattr__ = lambda self, name, value: log.append((name, value))
        if i == 6:
            del Watched.__setattr__
        if i == 8:
            Watched.value = property(None, lambda self, value: log.append(("property", value)))
        w.value = i
    return log, w.__dict__


print(stores())


def layouts():
    class Bag:
        pass

    out = []
    for i in range(6):
        bag = Bag()
        if i % 2:
            bag.b = i
        bag.a = i
        bag.c = -i
        if i == 4:
            del bag.a
            bag.a = "again"
        out.append((bag.a, bag.c, list(bag.__dict__)))
    return out


print(layouts())


def types_as_objects():
    class Meta(type):
        @property
        def m(cls):
            return "meta " + cls.__name__

    class A(metaclass=Meta):
        v = 1

    class B(A):
        pass

    out = []
    for i in range(6):
        if i == 2:
            B.v = 2
        if i == 4:
            del B.v
            A.v = 3
        out.append((A.v, B.v, A.m, B.m))
    return out


print(types_as_objects())
