# Small objects that nobody sees, and code of their methods in the place of calls: what they rest on
# is changed in the middle, or native code is left while they would be alive.
import sys
import weakref


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y


def walk(n, step, at=-1, change=None):
    total = 0
    a = Vec(1, 2)
    for i in range(n):
        if i == at:
            change()
        v = Vec(i, step)
        w = v + a * 2
        total = total + w.dot(v) + v.x
    return total, w.x, w.y


def attempt(*args):
    try:
        return walk(*args)
    except Exception as error:
        lines = []
        trace = error.__traceback__
        while trace:
            lines.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
            trace = trace.tb_next
        return type(error).__name__, str(error), lines


print(walk(4000, 3))
print(walk(40, 0.5))
print(walk(40, 2**62))
print(attempt(40, "x"))
print(attempt(40, None))
plain = dict(Vec.__dict__)


def restore():
    for name in "__init__", "__add__", "__mul__", "dot":
        setattr(Vec, name, plain[name])
    for name in "x", "__del__", "__setattr__", "__getattribute__", "__new__":
        if name in Vec.__dict__:
            delattr(Vec, name)


def during(name, value):
    def change():
        setattr(Vec, name, value)

    print(name, attempt(12, 1, 8, change))
    restore()


def loud_init(self, x, y):
    print("init", x, y)
    plain["__init__"](self, y, x)


ends = []
during("__init__", loud_init)
during("__init__", lambda self, x, y: 7)
during("__add__", lambda self, o: NotImplemented)
during("__add__", lambda self, o: self)
during("__radd__", lambda self, o: 1 / 0)
during("dot", lambda self, o: 100)
during("dot", 5)
during("x", property(lambda self: 50, lambda self, value: None))
during("__del__", lambda self: ends.append(self.x))
print(ends)
during("__setattr__", lambda self, name, value: object.__setattr__(self, name, value + 1))
during("__getattribute__", lambda self, name: object.__getattribute__(self, name))
print(walk(40, 3))


class Sub(Vec):
    def __radd__(self, o):
        return Vec(1000, 1000)


def mixed(vectors):
    total = 0
    for v in vectors:
        total += (Vec(1, 1) + v).dot(v)
    return total


print(mixed([Vec(1, 2)] * 50), mixed([Vec(1, 2), Sub(3, 4)] * 3))


class Counter:
    def __init__(self, start):
        self.count = start
        self.count += 1

    def seen(self):
        return sys._getframe(1).f_code.co_name, weakref.ref(self)() is self


def counters(n):
    result = 0
    for i in range(n):
        c = Counter(i)
        result += c.count
        if i == n - 1:
            print(c.seen(), c.__dict__)
    return result


print(counters(1000))


class Kept:
    def __init__(self, items, fail):
        self.items = items
        self.fail = 1 // fail


def holding(n, zero):
    items = [1]
    for i in range(n):
        try:
            k = Kept(items, zero if i == 5 else 1)
        except ZeroDivisionError:
            return sys.getrefcount(items) if hasattr(sys, "getrefcount") else 0
    return k.fail


print(holding(10, 1), holding(10, 0) > 0)


def accumulate(n, last):
    total = Vec(0, 0)
    for i in range(n):
        total = total + Vec(i, 1)
    total = total * last
    return total.x, total.y


print(accumulate(2000, 2), accumulate(20, 0.5), accumulate(10, "ab"))
