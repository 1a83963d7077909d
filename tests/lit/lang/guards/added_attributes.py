# Attributes that __init__ adds in a row, and what may come between.
class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


class Mixed:
    def __init__(self, a, b):
        self.a = a
        self.b = b * 2
        self.c = [a]
        self.d = self.a + self.b
        self.e = None
        if a > 50:
            self.f = a
            self.g = b
        else:
            self.g = b
            self.f = a


def points(count):
    total = 0
    for i in range(count):
        point = Point(i, i + 0.5, "z")
        total += point.x + point.y + len(point.z)
    return total


def mixed(count):
    made = [Mixed(i, i + 1) for i in range(count)]
    return sum(m.d + m.f * m.g for m in made), [list(vars(m)) for m in made[:: max(count - 1, 1)]]


def show(function, *args):
    try:
        result = function(*args)
        return result if not hasattr(result, "__dict__") else vars(result)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(points(300))
print(mixed(100))
print(show(Mixed, 1, None), show(Mixed, None, 1))

# __init__ of an object that has attributes already.
point = Point(1, 2, 3)
point.__init__(4, 5, 6)
print(vars(point))
del point.y
point.__init__(7, 8, 9)
print(vars(point))
vars(point)["w"] = 0
point.__init__("a", "b", "c")
print(vars(point))


class Before(Point):
    def __new__(cls, x, y, z):
        self = super().__new__(cls)
        self.w = self.z = 0
        return self


for _ in range(3):
    print(vars(Before(1, 2, 3)))


class Slots(Point):
    __slots__ = ("y",)


made = Slots(1, 2, 3)
print(vars(made), made.y)


class Loud(Point):
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)


print(vars(Loud(1, 2, 3)))
Point.y = property(lambda self: "computed", lambda self, value: print("given", value))
print(vars(Point(1, 2, 3)), points(2) if False else Point(4, 5, 6).y)
del Point.y
print(vars(Point(1, 2, 3)), points(5))
Point.__setattr__ = lambda self, name, value: object.__setattr__(self, name + "_", value)
print(vars(Point(1, 2, 3)))
del Point.__setattr__
print(vars(Point(1, 2, 3)), points(5))


# More attributes than there was room for, and a class that is made anew each time.
def grow(k):
    point = Point(1, 2, 3)
    for i in range(k):
        setattr(point, f"n{i}", i)
    return len(vars(point))


print([grow(k) for k in (1, 5, 40)], vars(Point(1, 2, 3)))


def fresh(i):
    class Local:
        def __init__(self, a, b):
            self.a = a
            self.b = b

    item = Local(i, i)
    return item.a + item.b


print(sum(fresh(i) for i in range(60)))
