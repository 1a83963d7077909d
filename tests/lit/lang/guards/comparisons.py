# Comparisons of objects: the method that is asked first changes, refuses, raises, answers with
# something that is no bool, or is another operand's.
class Version:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        return self.number < other.number

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.number == other.number

    def __ge__(self, other):
        if other is None:
            return NotImplemented
        return [] if self.number < other.number else [1]


class Later(Version):
    def __gt__(self, other):
        return "later is asked first"


class Foreign:
    def __eq__(self, other):
        return "foreign eq"

    def __gt__(self, other):
        return "foreign gt"

    def __le__(self, other):
        return NotImplemented


def smaller(a, b):
    return a < b


def least(items):
    best = items[0]
    for item in items:
        if item < best:
            best = item
    return best


def same(a, b):
    return a == b


def differ(a, b):
    return "differ" if a != b else "same"


def equal(a, b):
    if a == b:
        return "equal"
    return "other"


def atLeast(a, b):
    if a >= b:
        return a >= b
    return "no"


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


versions = [Version(i * 7 % 50) for i in range(50)]
for i in range(200):
    least(versions)
    a, b = versions[i % 50], versions[i * 3 % 50]
    smaller(a, b), same(a, b), differ(a, b), equal(a, b), atLeast(a, b)
print(least(versions).number, smaller(versions[1], versions[2]), equal(versions[1], Version(7)))
print(atLeast(Version(3), Version(2)), atLeast(Version(1), Version(2)))

for other in (1, None, "text", 2.5, Foreign(), Later(1), [1], (1,)):
    kind = type(other).__name__
    print(kind, attempt(smaller, Version(0), other), attempt(smaller, other, Version(0)))
    print(kind, attempt(same, Version(0), other), attempt(same, other, Version(0)))
    print(kind, attempt(equal, Version(0), other), attempt(differ, Version(0), other))
    print(kind, attempt(atLeast, Version(0), other), attempt(atLeast, other, Version(0)))
print(same(Later(1), Version(1)), smaller(Version(1), Later(2)), smaller(Later(1), Version(2)))


class Unsure:
    def __bool__(self):
        raise ValueError("unsure")


Version.__lt__ = lambda self, other: Unsure()
print(attempt(least, versions[:3]), type(smaller(versions[0], versions[1])).__name__)
Version.__lt__ = lambda self, other: other.missing
print(attempt(least, versions[:3]))
Version.__lt__ = lambda self, other: self.number > other.number
print(least(versions).number)
del Version.__lt__
print(attempt(least, versions[:3]), attempt(smaller, Version(1), Foreign()))
Version.__eq__ = object.__eq__
v = Version(1)
print(same(v, v), same(v, Version(1)), differ(v, v), equal(v, Foreign()))
Version.__ne__ = lambda self, other: self.number != other.number
print(differ(v, Version(1)), differ(v, Version(2)))
v.__eq__ = lambda other: True
print(same(v, Version(2)))


class Node:
    def __init__(self, inner):
        self.inner = inner

    def __eq__(self, other):
        return self.inner == other.inner


a, b = Node(1), Node(1)
for i in range(100):
    a, b = Node(a), Node(b)
print(same(a, b))
loop, ring = Node(None), Node(None)
loop.inner, ring.inner = ring, loop
print(attempt(same, loop, ring).partition(":")[0])
