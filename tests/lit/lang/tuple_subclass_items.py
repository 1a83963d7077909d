# Items of tuples of other classes, with and without a __getitem__ of their own; objects that are
# only equal to themselves.
from collections import namedtuple


class Own(tuple):
    def __getitem__(self, index):
        return ("own", index)


class Plain(tuple):
    pass


class Node:
    pass


class Child(Node):
    __hash__ = None


class Equal(Node):
    def __eq__(self, other):
        return True


class Differs(Node):
    def __ne__(self, other):
        return "differs"


def items(values, indices):
    result = []
    for index in indices:
        try:
            result.append(values[index])
        except Exception as error:
            result.append(f"{type(error).__name__}: {error}")
    return result


Point = namedtuple("Point", "x y")
INDICES = (0, 1, -1, -2, 2, -3, 10**30, True, "x", slice(1))
for kind in (Plain, Own, lambda pair: Point(*pair), tuple):
    print(items(kind((1, 2.5)), INDICES))

Plain.__getitem__ = lambda self, index: index
print(items(Plain((1, 2)), (0, 5)))
del Plain.__getitem__
print(items(Plain((1, 2)), (0, 5)))


def same(pairs):
    return [(a == b, a != b) for a, b in pairs]


a, b = Node(), Node()
print(same([(a, a), (a, b), (a, Child()), (Child(), a), (a, None), (a, 1), (1, a), (a, "a")]))
print(same([(a, Equal()), (Equal(), a), (a, Differs()), (Differs(), a), (object(), object())]))
print(a in [b, a], [b, 1].count(a), [b, a].index(a), (a, b) == (a, b), (a, b) == (b, a))
try:
    print(a < b)
except TypeError as error:
    print(error)
Node.__eq__ = lambda self, other: True
print(same([(a, b), (a, None)]))
del Node.__eq__
print(same([(a, b), (a, a)]))
