# Named tuples in hot loops: made, taken apart, compared, while their classes change.
from collections import namedtuple
from typing import NamedTuple
import sys

Pair = namedtuple("Pair", "x y", defaults=[7])


class Item(NamedTuple):
    name: str
    cost: float = 1.5

    def twice(self):
        return self.cost * 2


class Sub(Pair):
    def total(self):
        return self.x + self.y


class Counted(Pair):
    made = 0

    def __new__(cls, x, y):
        cls.made += 1
        return super().__new__(cls, x, y + 1)

    def __init__(self, x, y):
        assert self.y == y + 1


class Checked(Pair):
    def __new__(cls, x, y=1):
        if x == 50:
            return (x, y)
        return super().__new__(Later if x % 10 == 3 else cls, x, y)


class Later(Checked):
    def __init__(self, x, y=1):
        log.append((x, y))


log = []


def pairs(n):
    total, p, seen = 0, Pair(0, 0), {}
    for k in range(n):
        p = Pair(p.x + 1, k)
        x, y = p
        total += x * y - p[0] + p.y
        if k % 5 == 0:
            p = p._replace(x=2)
        seen[p] = k
        total += (p == Pair(2)) + (p < (3, 4))
    return total, p, len(seen)


def items(n):
    total = 0.0
    for k in range(n):
        i = Item("n", k) if k % 2 else Item("m")
        total += i.twice() + i.cost + len(i.name)
        total += Sub(k, 1).total() + Counted(k, 2).y
        total += len(Checked(k))
    return total


def fields(values):
    total = 0
    for v in values:
        try:
            total += v.y
        except (IndexError, AttributeError) as error:
            total += len(str(error))
    return total


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main(n):
    print(pairs(n), items(n), Counted.made, log[:4], len(log))
    short = tuple.__new__(Pair, (1,))
    print(fields([Pair(1, 2)] * n + [short, Sub(3, 4), Pair(5, 2 ** 70), Pair(5, 1.5), short]))
    print(attempt(lambda: Pair()), attempt(lambda: Pair(1, 2, 3)), attempt(lambda: Pair(1, z=2)))
    print(attempt(setattr, Pair(1), "x", 2), Pair._make([8, 9]), Pair(1)._asdict())
    # The classes change.
    getter = Pair.y
    Pair.y = property(lambda self: 100)
    print(pairs(n))
    Pair.y = 5
    print(pairs(n))
    Pair.__getattr__ = lambda self, name: 11
    del Pair.y
    print(pairs(n))
    del Pair.__getattr__
    Pair.y = getter
    print(pairs(n))
    Sub.__init__ = lambda self, *args: log.append("init")
    print(items(n), log[-1])
    Item.__new__ = lambda cls, name, cost=3: tuple.__new__(cls, (name * 2, cost))
    print(items(n))
    Item.__new__ = lambda cls, *args: None
    print(attempt(items, 1))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
