# Calls with defaults, keywords, *args and **kwargs in hot loops, while functions and classes change.
from dataclasses import dataclass, field
import sys


def spread(a, b=2, *, c=3, d=4):
    return a * 1000 + b * 100 + c * 10 + d


def plain(a, b=2, c=3):
    return a * 100 + b * 10 + c


def collect(first, *rest, **named):
    named["seen"] = len(rest)
    return first, rest, named


def positional(a, b, /, c):
    return a - b * c


class Point:
    def __init__(self, x, y=0, z=0):
        self.x, self.y, self.z = x, y, z

    def moved(self, dx=0, dy=0, dz=0):
        return Point(self.x + dx, y=self.y + dy, z=self.z + dz)

    def sum(self):
        return self.x + self.y + self.z


@dataclass
class Record:
    name: str
    size: int = 1
    tags: list = field(default_factory=list)

    def __post_init__(self):
        self.size += 1


@dataclass(frozen=True, order=True, slots=True)
class Key:
    x: int
    y: int = 5


class Loose:
    def __init__(*all, **named):
        self, *rest = all
        self.rest, self.named = rest, named


class Ending:
    ends = 0

    def __init__(self, a, b=1):
        self.a = a + b

    def __del__(self):
        Ending.ends += 1


def loose(n):
    total = 0
    for k in range(n):
        total += len(Loose(k, 2).rest) + len(Loose().rest) + len(Loose(k, x=1).named)
        total += Ending(k).a + Ending(b=2, a=k).a
    return total, Ending.ends


def calls(n):
    total = 0
    for k in range(n):
        total += plain(k) + plain(k, 3) + plain(k, c=7) + plain(c=1, a=k)
        total += spread(k, c=1) + spread(k, 5, d=9, c=8)
        first, rest, named = collect(k, 1, 2)
        total += first + len(rest) + named["seen"]
        total += positional(k, 2, c=3)
    return total


def points(n):
    p = Point(0)
    for k in range(n):
        p = p.moved(dy=1).moved(1, dz=k)
        p = Point(p.x, z=p.sum() % 1000)
    return p.sum()


def records(n):
    total, last = 0, Key(0)
    for k in range(n):
        r = Record("a", size=k)
        r.tags.append(k)
        total += r.size + len(r.tags)
        key = Key(x=k % 7)
        total += (key < last) + (key == Key(3)) + hash(key) % 3
        last = key
    return total


def attempt(function, *args, **named):
    try:
        return function(*args, **named)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def wrong(function):
    results = []
    for arguments in [lambda: function(), lambda: function(1, a=2), lambda: function(1, e=2),
                      lambda: function(1, 2, 3, 4, 5)]:
        results.append(attempt(arguments))
    return results


def main(n):
    print(calls(n), points(n), records(n), loose(n))
    Ending.__init__.__defaults__ = None
    print(attempt(loose, n), Ending.ends)
    for function in (plain, spread, positional, Point, Key):
        for line in wrong(function):
            print(line)
    try:
        Key(1).x = 2
    except AttributeError as error:
        print(type(error).__name__, error)
    # The functions change.
    plain.__defaults__ = (5, 6)
    print(calls(n))
    plain.__defaults__ = (6,)
    print(attempt(calls, 3))
    plain.__defaults__ = None
    print(attempt(calls, 3))
    plain.__defaults__ = (1, 2)
    spread.__kwdefaults__ = {"d": 0, "c": 0}
    print(calls(n))
    plain.__code__ = (lambda a, c=5, b=6: a + b * c).__code__
    print(calls(n))
    # The classes change.
    old = Point.__init__

    def init(self, x, z=1, y=0):
        old(self, x, y, z * 2)

    Point.__init__ = init
    print(attempt(points, n))
    Point.__init__ = lambda self, x, y=0, z=0: 5
    print(attempt(points, 3))
    Point.__init__ = old
    Point.__new__ = lambda cls, *args, **named: "no point"
    print(attempt(points, 3))
    Record.__post_init__ = lambda self: self.tags.extend("abc")
    print(records(n))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
