# Short lists take the memory of others that died: of each length and kind of item, grown, shrunk,
# cleared and extended, and of a class derived from list.
import gc
import sys
import weakref


class Box:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Box({self.value})"


class MyList(list):
    pass


def make(kind, count):
    return [kind(i) for i in range(count)]


def display(a, b, c):
    return [a], [a, b], [a, b, c], [a, b, c, a], [b, c, a, b, c, a, b, c, a, b, c, a, b, c, a, b, c]


def change(items, step):
    if step % 6 == 0:
        items.append(Box("new"))
    elif step % 6 == 1 and items:
        items.pop()
    elif step % 6 == 2:
        items.extend([1, 2.5, "x"])
    elif step % 6 == 3:
        items.clear()
        items.append(True)
    elif step % 6 == 4:
        items[:1] = []
    else:
        items *= 2
    return items


total = 0
for round in range(300):
    for kind in (int, float, bool, str, Box):
        for count in (0, 1, 2, 3, 5, 16, 17, 40):
            items = make(kind, count)
            total += len(change(items, round + count)) + len(MyList(items))
    for items in display(Box(round), round, "text"):
        total += len(change(items, round))
print(total)
print(display(Box(1), 2, "three")[3], display(1, 2, 3)[2], display(1.5, 2, None)[1])
print(sys.getsizeof([Box(1)]) - sys.getsizeof([]), sys.getsizeof([Box(1), 2]) - sys.getsizeof([]))

# Items end from the last to the first, and may look at what is left, or keep the list's items.
order = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        order.append(self.name)
        kept.append([self.name, kept[-1:]])
        gc.collect()


kept = []
for _ in range(3):
    several = [Loud("a"), Loud("b"), [Loud("c"), Loud("d")], MyList([Loud("e")])]
    del several
print(order, len(kept))

deep = []
for _ in range(100000):
    deep = [deep]
del deep

owner = MyList([1, 2])
seen = weakref.ref(owner)
cycle = [owner, None]
cycle[1] = cycle
del cycle, owner
gc.collect()
print(seen())
