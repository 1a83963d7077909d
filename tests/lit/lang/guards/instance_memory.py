# Instances whose memory is used again, and what may change between two of one place.
import abc
import gc
import weakref


class Item:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def churn(count):
    kept = []
    for i in range(count):
        item = Item(i, [i])
        if i % 100 == 0:
            kept.append(item)
    return sum(item.a + item.b[0] for item in kept)


def names(item):
    return sorted(vars(item))


def make(a, b):
    return Item(a, b)


print(churn(3000))
grown = make(1, 2)
for k in range(40):
    setattr(grown, f"x{k}", k)
print(len(vars(grown)), names(make(3, 4)))
for i in range(200):
    item = make(i, i)
    item.c = item.d = item.e = item.f = i
    del item.a
print(names(item), names(make(5, 6)), churn(1000))

# Cycles through instances, dictionaries instead of slots, weak references.
for i in range(2000):
    first, second = make(None, 1), make(None, 2)
    first.a, second.a = second, first
    if i % 3 == 0:
        vars(first)["z"] = first
print(gc.collect() >= 0, churn(1000))
seen = []
for i in range(300):
    item = make(i, i)
    watch = weakref.ref(item, lambda _, i=i: seen.append(i))
    keep = watch
    del item
print(len(seen), watch())

# Deep structures die one after the other.
chain = None
for i in range(100000):
    chain = make(chain, i)
del chain

# Objects that are looked at, or revived, when they die.
dead = []


class Last(Item):
    def __del__(self):
        dead.append(self.a)


for i in range(3):
    make(Last(i, i), 0)
print(dead)


class Back(Item):
    def __del__(self):
        dead.append(self)


make(Back(7, 8), 0)
print(dead[-1].a, dead[-1].b)
Item.__del__ = lambda self: dead.append("item")
make(1, 2)
del Item.__del__
print(dead[-1])


# Another layout, another class, a class that can't be instantiated.
class Other:
    def __init__(self, a, b):
        self.b, self.a = a, b


for i in range(100):
    item = make(i, i)
    item.__class__ = Other
    item.c = i
print(type(item).__name__, names(item))


class Slotted:
    __slots__ = ("a", "b", "__dict__")

    def __init__(self, a, b):
        self.a, self.b, self.c = a, b, a


plain, Item = Item, Slotted
for i in range(100):
    item = make(i, [i])
print(item.a, item.b, item.c)
Item = plain


def attempt():
    try:
        return make(1, 2).a
    except TypeError as error:
        return error


print(attempt())
Item.__abstractmethods__ = frozenset({"f"})
print(attempt())
Item.__abstractmethods__ = ()
print(attempt())
Item.__abstractmethods__ = frozenset({"f"})
print(attempt())
del Item.__abstractmethods__
print(attempt())
