# What a program sees of the functions that are running, whichever of them are inlined or compiled.
import sys


def stack():
    frame = sys._getframe(1)
    found = []
    while frame:
        found.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    return found


def show(what):
    print(what, sys._getframe(1).f_code.co_name, stack()[1:])


def c(n):
    show("c")
    return n


def b(n):
    return (
        c(n)
        + c(n + 1)
    )


def a(n):
    total = 0
    for i in range(2):
        total += b(n + i)
    return total


a(1)


class Items:
    def __init__(self, n):
        self.n = n
        show("__init__")

    def __getitem__(self, key):
        show("__getitem__")
        return key

    def __len__(self):
        show("__len__")
        return self.n

    @property
    def size(self):
        show("size")
        return self.n

    def __lt__(self, other):
        show("__lt__")
        return self.n < other.n

    def __add__(self, other):
        show("__add__")
        return self

    def __enter__(self):
        show("__enter__")
        return self

    def __exit__(self, *exc):
        show("__exit__")

    def __iter__(self):
        show("__iter__")
        yield 1
        show("yield")


def use():
    items = Items(3)
    items[1]
    len(items)
    items.size
    items + items
    with items:
        pass
    for x in items:
        show("for")
    [show("listcomp") for _ in range(1)]
    list(show("genexpr") for _ in range(1))
    sorted([2, 1], key=lambda x: show("key") or x)
    list(map(c, [1]))
    max([1], key=c)
    items = None
    other = Items(1)


use()


def fib(n):
    if n == 0:
        show("fib")
        return 1
    return 1 + fib(n - 1)


fib(5)


def generator(n):
    show("generator")
    yield n
    yield from generator2(n)


def generator2(n):
    show("generator2")
    yield n + 1


def consume():
    for x in generator(1):
        show("consume")
    return list(generator(2))


consume()


def decorator(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)

    return wrapper


@decorator
def decorated(n):
    show("decorated")


def call_decorated():
    decorated(3)
    decorated(n=4)


call_decorated()


def keep():
    return sys._getframe()


def outer():
    frame = keep()
    print(frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_back.f_back.f_code.co_name)
    return frame


def outermost():
    return outer()


frame = outermost()
print(frame.f_back.f_back.f_code.co_name)


def exits(x):
    y = x + 1
    show("exits")
    return y


def enters(values):
    for v in values:
        exits(v)


enters([1, 2, 1.5, "a".__len__()])

try:
    sys._getframe(100)
except ValueError as e:
    print(e)


def name_of_caller():
    return sys._getframemodulename(1)


print(name_of_caller())
exec("show('exec')")
