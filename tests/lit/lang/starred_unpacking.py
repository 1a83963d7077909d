# a, *b, c = of lists of every storage, tuples and their subclasses, and what they raise.
from collections import namedtuple


class Mine(list):
    def __iter__(self):
        return iter("mine")


class Pair(tuple):
    def __iter__(self):
        return iter("pair")


Point = namedtuple("Point", "x y z")


def head(source):
    first, *rest = source
    return first, rest


def both(source):
    a, b, *rest, z = source
    return a, b, rest, z


def tail(source):
    *rest, y, z = source
    return rest, y, z


def alone(source):
    *rest, = source
    return rest


def attempt(function, source):
    try:
        print(function.__name__, function(source))
    except (TypeError, ValueError) as error:
        print(function.__name__, type(error).__name__, error)


sources = [
    [1, 2, 3, 4, 5], [1.5, 2.5, 3.5], [True, False, True, True], ["a", 2, None, 4.0], [], [1], [[]],
    (1, 2, 3, 4), (), ("x",), Mine([1, 2, 3]), Pair((1, 2)), Point(1, 2, 3), "text", range(4), {1: 2, 3: 4, 5: 6},
    (x * x for x in range(5)), iter([]), 5, None,
]
for source in sources:
    for function in (head, both, tail, alone):
        attempt(function, source)

original = [1, 2, 3]
*copy, = original
copy.append(4)
print(original, copy, copy is original)
first, *rest = original
rest.append("text")
print(first, rest, original)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def keeps():
    a, *b, c = [Noisy("a"), Noisy("b"), Noisy("c")]
    print("unpacked", a.name, [item.name for item in b], c.name)


keeps()
try:
    a, b, c, *d = [Noisy("x"), Noisy("y")]
except ValueError as error:
    print(error)
for k, (x, *y) in enumerate([(1, 2, 3), [4], "ab"]):
    print(k, x, y)
