# Instances that die with what holds them: lists and trees of them, finalisers and weak references in
# the middle, and objects that live on.
import gc
import weakref


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


class Loud(Node):
    def __init__(self, name, left, right):
        super().__init__(left, right)
        self.name = name

    def __del__(self):
        log.append(self.name)


log = []


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def line(count, first=None):
    node = first
    for i in range(count):
        node = Node(i, node)
    return node


def left_line(count, first=None):
    node = first
    for i in range(count):
        node = Node(node, i)
    return node


for i in range(30):
    tree(8)
for count in (10, 1000, 300000):
    line(count)
    left_line(count)
    loud = Loud("end", 1, 2)
    both = line(count, left_line(count, loud))
    del loud
    log.append(count)
    both = None
print(log)

log = []
top = Node(Loud("a", Loud("b", None, None), 3), Node(Loud("c", None, None), Loud("d", None, None)))
kept = top.right.right
refs = [weakref.ref(top, lambda ref: log.append("top")), weakref.ref(kept)]
top = None
print(log, refs[0]() is None, refs[1]() is kept, kept.name)
kept = None
print(log, refs[1]() is None)


# An object that lives on, and a class that gets its finaliser late.
class Reviver:
    def __init__(self, inner):
        self.inner = inner

    def __del__(self):
        saved.append(self)


saved = []


def make(count):
    for i in range(count):
        Node(Reviver(Node(i, None)), None)
        if i == count - 2:
            Node.__del__ = lambda self: log.append(self.left)


log = []
make(5)
del Node.__del__
print(len(saved), [r.inner.left for r in saved], [type(x).__name__ for x in log])
saved.clear()


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def moved(count):
    """The counts of what is made here go over to the attributes."""
    pair = Pair(Loud("x", 1, 2), None)
    for i in range(count):
        pair.b = Pair(pair.a, Loud("y%d" % i, 1, 2))
        pair.a = Loud("x%d" % i, 1, 2)
    return pair


log = []
pair = moved(4)
print(log)
pair = None
print(log)
gc.collect()
print(len(gc.garbage))
