# Functions of operators, methods and constructions that were inlined are not counted, nor are the
# classes and attributes of instances that nobody sees. Here the code that they come from leaves in
# the middle, raises, and changes the classes; afterwards every count is what it was.
import sys
import weakref


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def checked(self, limit):
        if self.x > limit:
            raise ValueError("%s is beyond %s" % (self.x, limit))
        return self.x


class Body:
    def __init__(self, place, speed):
        self.place = place
        self.speed = speed

    def near(self, other):
        way = self.place - other.place
        return way.dot(way)

    def checked_sum(self, other, limit):
        return self.place.checked(limit) + other.place.checked(limit)

    def moved(self, again):
        place = self.place + self.speed
        if again:
            return Body(place, self.speed)
        return place.x


FUNCTIONS = (Vec.__init__, Vec.__add__, Vec.__sub__, Vec.dot, Vec.checked, Body.__init__, Body.near,
             Body.checked_sum, Body.moved)


def counts():
    return [sys.getrefcount(f) for f in FUNCTIONS], sys.getrefcount(Vec), sys.getrefcount(Body)


def work(bodies, limit):
    total = 0
    refused = 0
    for i in range(len(bodies) - 1):
        left, right = bodies[i], bodies[i + 1]
        total += left.near(right)
        total += left.moved(i % 7 == 0) if i % 7 else left.moved(True).place.x
        try:
            total += left.checked_sum(right, limit)
        except ValueError as e:
            refused += 1
            if refused == 1:
                print(e)
    return total, refused


def make(count, number):
    return [Body(Vec(number(i), number(2 * i)), Vec(number(1), number(3))) for i in range(count)]


class Sum:
    """A number that is none of those that were seen."""

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Sum(self.value + getattr(other, "value", other))

    __radd__ = __add__

    def __sub__(self, other):
        return Sum(self.value - other.value)

    def __mul__(self, other):
        return Sum(self.value * other.value)

    def __gt__(self, other):
        return self.value > other


def main():
    floats = make(400, float)
    for _ in range(20):
        result = work(floats, 380.0)
    print(result)

    before = counts()
    print(work(floats, 1000.0))
    print(work(make(50, int), 1000))
    print(work(make(50, lambda i: i if i % 5 else float(i)), 1000))
    print(work(make(20, Sum), 1000)[0].value)
    try:
        work(make(5, str), "z")
    except TypeError as e:
        print(e)
    floats[200].place = None
    try:
        work(floats, 1000.0)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
    floats[200].place = Vec(200.0, 400.0)
    print("counts are as they were:", counts() == before)

    # The methods change while others use them.
    subtract = Vec.__sub__

    def strange(self, other):
        Vec.__sub__ = subtract
        return subtract(other, self)

    Vec.__sub__ = strange
    print(work(floats, 1000.0))
    print(Vec.__sub__ is subtract)

    old = weakref.ref(strange)
    del strange
    print("replaced operator is gone:", old() is None)

    init = Vec.__init__

    def slow_init(self, x, y):
        init(self, x, y)
        self.extra = 1

    Vec.__init__ = slow_init
    print(work(floats, 1000.0))
    Vec.__init__ = init
    print(work(floats, 1000.0))

    ended = []
    Vec.__del__ = lambda self: ended.append(self.x)
    print(work(floats[:5], 1000.0), len(ended), ended[:6])
    del Vec.__del__
    print(work(floats, 1000.0))
    print("counts are as they were:", [a == b for a, b in zip(counts(), before)])


main()
