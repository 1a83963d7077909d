# collections: defaultdict, Counter, namedtuple, OrderedDict, ChainMap and what is below them.
import _collections
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, namedtuple


def show(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


D = defaultdict
for args, keywords in (((5,), {}), ((None, [(1, 2)]), {"a": 3}), ((list, {1: 2}), {}), ((1, 2, 3), {}), ((list, 1), {}), ((), {"k": 1})):
    show(D, *args, **keywords)
x = D(list)
x[1].append(2)
x["n"]
print(x, x.get("missing"), "missing" in x, len(x), x == {1: [2], "n": []})
show(lambda: D()[5])
show(lambda: x | {3: 4})
show(lambda: {3: 4} | x)
show(lambda: x | [1])
print(x.copy(), x.__copy__(), x.__reduce__()[:4], repr(D(D)), D[int])
x.default_factory = None
show(lambda: x[9])
show(D.__missing__, x, 7)
del x.default_factory
print(x.default_factory, D.fromkeys([1]))
x |= {5: 6}
print(type(x), x)
nested = D(lambda: D(int))
nested["a"]["b"] += 1
print({k: dict(v) for k, v in nested.items()})
y = D()
y[1] = y
print(y)


class Factory:
    def __call__(self):
        return y

    def __repr__(self):
        return repr(y)


y.default_factory = Factory()
print(y, y[7] is y)


class Sub(D):
    def __repr__(self):
        return "Sub " + super().__repr__()


print(Sub(int), Sub(int).copy(), Sub(int) | {1: 2})

counts = {}
show(_collections._count_elements, counts, "abca")
print(counts)
show(_collections._count_elements, 5, "a")
show(_collections._count_elements, counts, 5)
show(_collections._count_elements, {1: "a"}, [1])


class Ten(dict):
    def get(self, key, default=None):
        return 10


ten = Ten()
_collections._count_elements(ten, "aab")
print(ten)
c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], c + Counter("az"), c - Counter("aab"), c & Counter("ab"), c.total(), sorted(c.elements()))

getter = _collections._tuplegetter(1, "doc")
print(getter, getter.__doc__, getter.__reduce__())
for args in (((1, 2), tuple), ((1,), tuple), ([1], list), (None, tuple)):
    show(getter.__get__, *args)
show(getter.__set__, (1,), 2)
show(getter.__delete__, (1,))
show(_collections._tuplegetter, "a", 1)
show(_collections._tuplegetter, 1)

Point = namedtuple("Point", "x y", defaults=[0])
p = Point(1)
print(p, p.x, p._replace(y=5), p._asdict(), Point._fields, Point._make([3, 4]), p == (1, 0), hash(p) == hash((1, 0)))
show(Point)
show(Point, 1, 2, 3)
show(namedtuple, "P", "a a")
show(setattr, p, "x", 5)
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, o.popitem(), o.popitem(last=False), o == OrderedDict(b=2), list(reversed(OrderedDict(x=1, y=2))))
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["b"] = 9
print(m, m["a"], dict(m), m.parents, len(m))
u = UserDict(a=1)
u["b"] = 2
print(u, "a" in u)
