# Functions that a program makes of texts while it runs: what the profile's run compiled is native in the
# program, the first time; another text of the same names, other globals, or a second compilation is not.
import sys
from collections import namedtuple
from dataclasses import dataclass, field, replace

Point = namedtuple("Point", "x y", defaults=[7])


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    names: list = field(default_factory=list, compare=False)

    def next(self):
        return Version(self.major, minor=self.minor + 1)


def points(n):
    point, total = Point(0), 0
    for i in range(n):
        point = Point(point.x + 1, i)
        if i % 5 == 0:
            point = point._replace(y=-i)
        total += point.x * point.y
    return point, total


def versions(n):
    version, greater = Version(1), 0
    for i in range(n):
        other = version.next()
        greater += other > version
        greater += other == Version(1, i + 1)
        version = other
    return version, greater


print(points(3000), versions(2000))
try:
    Point()
except TypeError as error:
    print(error)
try:
    Version()
except TypeError as error:
    print(error)
print(Point._make("ab"), Version(2, 1) < Version(2, 2), replace(Version(3), minor=9), sorted([Version(2), Version(1, 5)]))

TEXT = """
def scaled(n, factor=3):
    total = start
    for i in range(n):
        total += factor * i
    return total
"""
spaces = [{"start": 0}, {"start": 0.5}, {"start": "x"}]
for space in spaces:
    exec(TEXT, space)
    try:
        print([space["scaled"](n) for n in (1000, 0, 5)])
    except TypeError as error:
        frame = error.__traceback__.tb_next
        print(error, frame.tb_frame.f_code.co_filename, frame.tb_lineno)
exec(TEXT.replace("factor * i", "factor - i"), spaces[0])
print(spaces[0]["scaled"](2000), spaces[1]["scaled"](2000, factor=2))
code = compile(TEXT, "made.py", "exec")
for space in spaces[:2]:
    space["range"] = lambda n: [n] * 3
    exec(code, space)
    print(space["scaled"](2000), space["scaled"].__code__.co_filename)
del space["start"]
try:
    space["scaled"](1)
except NameError as error:
    print(error)

add = eval("lambda a, b=1: a + b + bias", {"bias": 10})
print(sum(add(i) for i in range(3000)), add("a" if len(sys.argv) > 5 else 1.5, 2), add.__code__.co_name)
squares = eval("[i * i for i in range(1500)]")
print(sum(squares), eval("len(squares)"))
