# Attributes that a profile would expect in one place turn up elsewhere, or as something else.
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Named(Point):
    def __init__(self, name, x, y):
        self.name = name
        super().__init__(x, y)


def norm(p):
    return p.x * p.x + p.y * p.y


def move(p, dx):
    p.x = p.x + dx
    return p.x


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


total = 0
for i in range(2000):
    total += norm(Point(i, 2)) + move(Point(i, 1), 3)
print(total)

# Another place, other types, none at all.
print(norm(Named("n", 3, 4)), move(Named("n", 3, 4), 1))
print(norm(Point(1.5, 2)), norm(Point(2**60, 1)), norm(Point(True, 2)))
print(attempt(norm, Point("a", 2)))
p = Point(1, 2)
del p.y
print(attempt(norm, p))
p.y = 7
print(norm(p), sorted(vars(p)))
p.__dict__ = {"x": 5, "y": 6}
print(norm(p))
print(attempt(norm, 5), attempt(norm, None))


# The old value dies when it is replaced.
class Loud:
    def __add__(self, other):
        return 40 + other

    def __del__(self):
        print("gone")


q = Point(Loud(), 1)
print(move(q, 2))

# A data descriptor comes before the attribute; then look-up by methods of the class's own.
p = Point(10, 20)
print(norm(p))
Point.x = property(lambda self: 100, lambda self, value: print("set", value))
print(norm(p), move(p, 1))
del Point.x
print(norm(p), move(p, 1))
Point.__getattribute__ = lambda self, name: 3 if name in ("x", "y") else object.__getattribute__(self, name)
print(norm(p))
del Point.__getattribute__
print(norm(p))
Point.__setattr__ = lambda self, name, value: print("setattr", name, value)
print(move(p, 1))
del Point.__setattr__
p.__class__ = Named
print(norm(p), move(p, 5))


# A store to where a number has just been: another name of the object may have changed that.
class Pair:
    def __init__(self, x):
        self.x = x


class Ending:
    def __del__(self):
        print("ended")


def swing(p, q, value):
    t = p.x + 1.0
    q.x = value
    p.x = t * 2.0
    q.x = p.x - t
    return p.x, q.x


a, b = Pair(0.5), Pair(1.5)
for i in range(200):
    a.x, b.x = i / 2, i / 4
    swing(a, b, i / 8), swing(a, a, i / 16)
print(swing(a, b, 3.5), swing(a, a, 4.5))
print(swing(a, a, Ending()), swing(a, b, Ending()), swing(a, a, 7), swing(a, b, 2**60), swing(a, a, None))
