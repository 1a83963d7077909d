# Attributes of classes with __slots__ lie at known places; slots are unbound, classes and their
# descriptors change in the middle of a loop.


class Base:
    __slots__ = ("x", "count")

    def __init__(self, x):
        self.x = x
        self.count = 0

    def grow(self, by):
        self.count += 1
        self.x += by
        return self


class Point(Base):
    __slots__ = ("y", "__hidden")

    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
        self.__hidden = y

    def total(self):
        return self.x + self.y + self.__hidden


class Open(Base):
    """With a dictionary again."""

    def total(self):
        self.more = self.x
        return self.more


def run(points, rounds, at=-1, event=None):
    total = 0
    for i in range(rounds):
        if i == at:
            event(points)
        for point in points:
            total += point.grow(i).total()
    return total, [point.count for point in points]


def make():
    return [Point(1, 2), Open(3), Point(4, 5)]


print(run(make(), 60))


def unbind(points):
    del points[2].y


def floats(points):
    points[0].x = 0.5
    points[2].y = 1 << 60


def texts(points):
    points[0].y = "text"


def no_descriptor(points):
    global saved
    saved = Base.__dict__["count"]
    del Base.count


def other_descriptor(points):
    global saved
    saved = Base.__dict__["count"]
    Base.count = property(lambda self: 7, lambda self, value: None)


def swapped(points):
    global saved
    saved = Base.__dict__["count"]
    Base.count = Base.__dict__["x"]


for event in (unbind, floats, texts, no_descriptor, other_descriptor, swapped):
    try:
        print(event.__name__, run(make(), 60, 30, event))
    except (AttributeError, TypeError) as error:
        print(event.__name__, error)
    if event.__name__ in ("no_descriptor", "other_descriptor", "swapped"):
        Base.count = saved
print(run(make(), 60))


class Same:
    __slots__ = ("x", "count")


class Other:
    __slots__ = ("count", "x", "z")


def read(objects, rounds):
    total = 0
    for i in range(rounds):
        for object in objects:
            total += object.x - object.count
    return total


objects = [Base(i) for i in range(4)]
print(read(objects, 50))
objects[1].__class__ = Same
print(read(objects, 50))
last = Other()
last.x, last.count = 100, 1
print(read(objects + [last], 50))
try:
    read(objects + [Other()], 50)
except AttributeError as error:
    print(error)


def first(count):
    """Numbers go to slots that hold nothing, or an object."""
    for i in range(count):
        same = Same()
        same.x = i
        same.count = [i]
        same.count = same.x
    return same.x, same.count


print(first(100))


class Link:
    __slots__ = ("next", "value")

    def __init__(self, value, next):
        self.value = value
        self.next = next

    def __del__(self):
        if self.value % 40 == 0:
            gone.append(self.value)


gone = []
link = None
for i in range(200):
    link = Link(i, link)
total, here = 0, link
while here is not None:
    total += here.value
    here = here.next
print(total, len(gone))
link = here = None
print(gone)
