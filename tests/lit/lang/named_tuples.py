# Fields of named tuples and attributes of built-in types, remembered where they are loaded; and
# subclasses of tuple that are unpacked.
from collections import namedtuple
from typing import NamedTuple

P = namedtuple("P", "x y")


class Q(NamedTuple):
    x: int
    y: str = "default"

    @property
    def both(self):
        return self.x, self.y


def sums(points):
    return [p.x for p in points]


def tried(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(sums([P(1, 2), P(3, 4)] * 3), sums([Q(1), P("a", 2), Q(2, "b")]))
short = tuple.__new__(P, ())
print(tried(sums, [P(1, 2), short]), tried(lambda p: p.y, tuple.__new__(P, (1,))))


class Sub(P):
    __slots__ = ()

    @property
    def x(self):
        return "sub", super().x


class Fallback(P):
    def __getattr__(self, name):
        return "asked for " + name


print(sums([P(0, 0), Sub(1, 2), Fallback(3, 4), tuple.__new__(Fallback, ())][:3]))
print(tried(lambda p: p.x, tuple.__new__(Fallback, ())), Fallback(1, 2).z)


def walk(p):
    out = []
    for i in range(4):
        out.append(p.x)
        if i == 1:
            P.x = property(lambda self: "replaced")
        if i == 2:
            del P.x
    return out


print(tried(walk, P(7, 8)))
P.x = Q.x
print(sums([P(7, 8)]), tried(setattr, P(1, 2), "y", 3), tried(delattr, Q(1), "y"))
print(Q(5).both, Q(5)._replace(y="z"), Q.x.__doc__, P._fields, Q(1) == (1, "default"))


def swapped(pair):
    a, b = pair
    return b, a


class Backwards(tuple):
    def __iter__(self):
        return reversed(tuple(tuple.__iter__(self)))


class Plain(tuple):
    pass


print([swapped(each) for each in (P(1, 2), Q(3), Plain("ab"), Backwards((1, 2)), [3, 4], "xy")])
print(tried(swapped, Plain("abc")), tried(swapped, P._make([1, 2]) + (3,)), tried(swapped, Plain()))
for first, (second, third) in [(1, P(2, 3)), Plain((4, Q(5)))]:
    print(first, second, third)


# Attributes of built-in types.
def kinds(things):
    return [(each.__class__.__name__, getattr(each, "real", None)) for each in things]


print(kinds([1, 1.5, True, "s", P(1, 2), None]))


def told(errors):
    return [(error.args, error.__cause__, error.__traceback__) for error in errors]


print(told([ValueError(1), KeyError("k", 2), OSError(2, "no")]))


class Loud(ValueError):
    @property
    def args(self):
        return "loud"


print(told([ValueError(1), Loud(3)]), [e.errno for e in (OSError(2, "no"), OSError("x"))])
print([f.__name__ for f in (len, sums, P, Q.both.fget, str.join)])
