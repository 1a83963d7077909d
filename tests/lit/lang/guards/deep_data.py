# Deeply nested data: comparing and printing it raises RecursionError, freeing it works.
import sys


def nested(kind, depth):
    value = 0
    for i in range(depth):
        value = kind(value)
    return value


kinds = {
    "list": lambda x: [x],
    "tuple": lambda x: (x,),
    "dict": lambda x: {"k": x},
    "frozenset": lambda x: frozenset([x]),
    "float list": lambda x: [1.5, x],
}


def outcome(function, *arguments):
    try:
        return type(function(*arguments)).__name__
    except RecursionError:
        return "RecursionError"


for name, kind in kinds.items():
    a, b = nested(kind, 1000000), nested(kind, 1000000)
    print(name, outcome(lambda: a == b), outcome(lambda: a != b))
    if name == "tuple":
        print(outcome(lambda: a < b))
    del a, b

cycle = []
cycle.append(cycle)
other = []
other.append(other)
print(cycle, outcome(lambda: cycle == other), {1: cycle})


class Link:
    def __init__(self, next):
        self.next = next


def chain(length):
    link = None
    for i in range(length):
        link = Link(link)
    return link


link = chain(1000000)
del link
print("freed")


class Slotted:
    __slots__ = ("next",)


link = None
for i in range(300000):
    s = Slotted()
    s.next = link
    link = s
del link, s
print("freed")


def closures(n):
    f = None
    for i in range(n):
        f = (lambda f: lambda: f)(f)
    return f


f = closures(100000)
del f


def generators(n):
    g = iter(())
    for i in range(n):
        g = (lambda g: (x for x in g))(g)
    return g


g = generators(50000)
del g
e = None
for i in range(100000):
    new = ValueError(i)
    new.__context__ = e
    e = new
del e, new
print("freed")
m = None
for i in range(100000):
    m = map(None, [m])
del m
print("freed")
text = "[" * 50000 + "]" * 50000
for source in (text, "(" * 10000, "-" * 100000 + "1", "a" + ".b" * 100000, "f" + "()" * 50000):
    try:
        compile(source, "<deep>", "eval")
        print("compiled")
    except (MemoryError, RecursionError, SyntaxError) as error:
        print("error")
