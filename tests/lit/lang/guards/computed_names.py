# getattr() with names that the program computes, in a hot loop, while classes and objects change.
import sys


class Visitor:
    kind = "visitor"

    def __init__(self):
        self.depth = 1

    def visit_int(self, value):
        return "int", value

    def visit_str(self, value):
        return "str", value

    @property
    def size(self):
        return self.depth * 10

    @property
    def broken(self):
        raise AttributeError("broken inside")

    @staticmethod
    def fixed(value):
        return "static", value

    @classmethod
    def made(cls, value):
        return cls.__name__, value


class Sub(Visitor):
    def visit_str(self, value):
        return "sub", value


class Fallback(Visitor):
    def __getattr__(self, name):
        return "fallback " + name


class Total(Visitor):
    def __getattribute__(self, name):
        return lambda value=None: name + " of all"


def visit(visitor, value):
    return getattr(visitor, "visit_" + type(value).__name__)(value)


def read(holder, name):
    try:
        result = getattr(holder, name)
    except (AttributeError, TypeError) as error:
        return type(error).__name__, str(error), getattr(error, "name", 1)
    return result(5) if callable(result) and not isinstance(result, type) else result


visitors = [Visitor(), Sub(), Fallback(), Total()]
names = ["depth", "kind", "size", "broken", "fixed", "made", "visit_int", "missing", "__class__", "__dict__"]
names = [name[:2] + name[2:] for name in names] + [5, "d\ud800"]
for turn in range(4):
    for i in range(40):
        visited = [visit(visitor, value) for visitor in visitors for value in (1, "a")]
    print(visited)
    for name in names:
        results = []
        for i in range(12):
            results = [read(visitor, name) for visitor in visitors[:3]]
        print(ascii(name), ascii([r if isinstance(r, (tuple, int, str)) else type(r).__name__ for r in results]))
    if turn == 0:
        Visitor.visit_int = lambda self, value: ("replaced", value)
        visitors[0].visit_str = lambda value: ("own", value)
        visitors[1].depth = 7
    elif turn == 1:
        Visitor.size = 8
        del visitors[0].visit_str
        Sub.kind = property(lambda self: "computed")
        visitors[0].extra = 1
    elif turn == 2:
        Sub.__getattr__ = lambda self, name: "late " + name
        del visitors[0].depth

holders = [sys, int, Visitor, 5, None, "text"]
for i in range(20):
    found = [read(holder, "__na" + "me__") for holder in holders]
print(found)
