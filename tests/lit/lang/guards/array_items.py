# Items of arrays, bytearrays and bytes are numbers in registers, of the kind that a profile saw.
# Other kinds, subclasses, what does not fit and what is outside go the general way.
import signal
import weakref
from array import array


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def total(a, n):
    s = 0
    for i in range(n):
        s += a[i]
    return s


def fill(a, n, value):
    for i in range(n):
        a[i] = value
    return a


def last(a):
    return a[-1], len(a)


def scale(a, factor):
    for i in range(len(a)):
        a[i] *= factor
    return a


def over(items):
    s = 0
    for x in items:
        s += x
    return s


class Bytes(bytes):
    def __getitem__(self, i):
        return 7


class ByteArray(bytearray):
    def __setitem__(self, i, value):
        print("set", i, value)

    def __iter__(self):
        return iter([1, 2])


class Doubles(array):
    def __getitem__(self, i):
        return 0.5

    def __len__(self):
        return 2


# One kind each: what a profile sees first.
doubles = array("d", [i / 4 for i in range(40)])
for _ in range(30):
    total(doubles, 40)
    fill(array("d", [0.0] * 10), 10, 2.5)
    last(doubles)
    scale(array("i", range(20)), 3)
    over(bytearray(b"some bytes"))
print(total(doubles, 40), fill(array("d", [0.0] * 3), 3, 2.5), last(doubles))
print(scale(array("i", range(5)), 3), over(bytearray(b"some bytes")))

# All kinds, at their edges.
for code, least, most in [
    ("b", -128, 127), ("B", 0, 255), ("h", -32768, 32767), ("H", 0, 65535),
    ("i", -(2**31), 2**31 - 1), ("I", 0, 2**32 - 1), ("l", -(2**63), 2**63 - 1),
    ("L", 0, 2**64 - 1), ("q", -(2**63), 2**63 - 1), ("Q", 0, 2**64 - 1),
]:
    a = array(code, [least, most])
    print(code, total(a, 2), last(a), over(a))
    print(fill(a, 1, most), fill(a, 1, least), fill(a, 1, True))
    for wrong in (least - 1, most + 1, 2**70, 1.0, None):
        print(attempt(fill, a, 1, wrong))
    print(attempt(scale, a, 2), attempt(scale, a, -1), a)
for code in ("f", "d", "e", "Zd"):
    a = array(code, [1.5, -2.25])
    print(code, total(a, 2), last(a), over(a))
    print(fill(a, 1, 7), fill(a, 1, True), fill(a, 1, 1e30 if code != "e" else 2.0))
    print(attempt(fill, a, 1, "x"), attempt(fill, a, 1, 2**2000), attempt(fill, a, 1, None))
print(fill(array("f", [0.0]), 1, 1e300), attempt(fill, array("w", "ab"), 1, "c"))
print(attempt(total, array("w", "ab"), 2), attempt(over, array("w", "ab")))

# Other containers.
for items in (b"abc", bytearray(b"abc"), [1, 2, 3], (1, 2, 3), memoryview(b"abc"), range(3),
              Bytes(b"abc"), ByteArray(b"abc"), Doubles("d", [1, 2, 3]), {0: 1, 1: 2, 2: 3}, "abc", None):
    print(attempt(total, items, 3), attempt(over, items), attempt(last, items), attempt(fill, items, 1, 5))

# Outside.
for items in (doubles, array("i", [1]), b"ab", bytearray(b"ab"), array("d")):
    print(attempt(total, items, 41), attempt(fill, items, 41, 1))


def at(items, i):
    return items[i]


for i in range(30):
    at(b"0123456789" * 3, i)
print([attempt(at, b"abc", i) for i in (0, 2, -1, -3, 3, -4, 2**60, 2**70, True)])
print([attempt(at, bytearray(b"abc"), i) for i in (0, -3, 3, -4, slice(1))])


# NaNs of all sorts, and numbers that registers can't hold.
def same(a, b, n):
    for i in range(n):
        b[i] = a[i]
    return b


for _ in range(30):
    same(doubles, array("d", [0.0] * 40), 40)
nans = array("d", bytes.fromhex("ffffffffffffffff ffffffffffffff7f 000000000000f87f 000000000000f8ff"))
kept = [at(nans, i) for i in range(4)]
print(kept, same(nans, array("d", [0.0] * 4), 4), over(nans))
singles = array("f", bytes.fromhex("ffffffff ffffff7f"))
print([at(singles, i) for i in range(2)], over(singles))


# Attributes, rows, globals; one array through two names.
class Matrix:
    def __init__(self, n):
        self.n = n
        self.data = array("d", [1.0] * (n * n))
        self.rows = [array("d", [i * 1.0] * n) for i in range(n)]

    def trace(self):
        s = 0.0
        for i in range(self.n):
            s += self.data[i * self.n + i] + self.rows[i][i]
        return s

    def smooth(self):
        data, n = self.data, self.n
        for i in range(1, n):
            self.data[i] = data[i - 1] + self.data[i]


m = Matrix(8)
for _ in range(30):
    m.trace()
    Matrix(8).smooth()
m.smooth()
print(m.trace(), list(m.data[:9]))
m.rows[3] = [30.0] * 8
m.rows[4] = array("f", [40.0] * 8)
print(m.trace())
m.data = [2] * 64
print(m.trace())
m.data = array("d", [1.0] * 60)
print(attempt(m.trace))

flags = bytearray(100)


def mark(step):
    for i in range(0, 100, step):
        flags[i] ^= 1
    return sum(flags)


for step in range(1, 30):
    mark(step)
print(mark(7))
flags = bytearray(50)
print(attempt(mark, 7), flags[49])
flags = array("b", bytes(100))
print(mark(7))
flags = [0] * 100
print(mark(7))


# The size changes in the middle, by the loop itself and by a signal's handler.
def shrink(a):
    s = 0
    for i in range(len(a)):
        s += a[i]
        if i == 5:
            del a[3:]
    return s


print(attempt(shrink, bytearray(range(20))), attempt(shrink, array("i", range(20))))


def growing(a):
    s = 0
    for x in a:
        s += x
        if len(a) < 12:
            a.append(x + 1)
    return s


for _ in range(20):
    growing(array("i", [1, 2, 3]))
print(growing(array("i", [1, 2, 3])), growing(bytearray(b"\1\2")), attempt(growing, bytearray([255])))


def wait(a):
    s = 0
    i = 0
    while i < 100000000:
        s += a[i]
        i += 1
    return i


def cut(number, frame):
    del waiting[10:]


waiting = bytearray(1000)
attempt(wait, waiting)
signal.signal(signal.SIGVTALRM, cut)
waiting = bytearray(50000000)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.002)
print(attempt(wait, waiting), len(waiting))

# The end of a loop lets the array go, whose weak references have callbacks.
ended = []


def walk(make):
    s = 0
    for x in make():
        s += x
    ended.append(s)
    return s


def referred():
    a = array("i", [1, 2, 3])
    references.append(weakref.ref(a, lambda r: ended.append("gone")))
    return a


references = []
for _ in range(20):
    walk(lambda: array("i", [4, 5]))
ended.clear()
walk(referred)
print(ended)



# Appending numbers to whatever there is room in.
def push(a, items):
    for x in items:
        a.append(x)
    return a


for _ in range(30):
    push(bytearray(), [1, 2, 3])
print(push(bytearray(), range(20)), push(array("i"), range(20)), push(array("d"), [1, 2.5, True]))
print(push(array("f"), [0.1, 3]), push([], [1, 2.5]), push(ByteArray(), [65]))
for target, item in [
    (bytearray(b"abc"), 256), (bytearray(b"abc"), -1), (bytearray(b"abc"), 1.5), (array("b", b"abc"), 128),
    (array("H", b"ab"), -1), (array("Q", [1, 2, 3]), -1), (array("q", [1, 2]), 2**63), (array("i", [1, 2]), 0.5),
    (array("I", [1, 2]), 2**32 - 1), (array("d", [1.0, 2.0]), "x"), (array("w", "abc"), 1), (b"", 1),
]:
    print(attempt(push, target, [1, 1, item]), target)

# Lent buffers: items may change, sizes not.
lent = bytearray(b"abcdef")
with memoryview(lent) as view:
    fill(lent, 3, 120)
    view[4] = 121
    print(lent, total(lent, 6), attempt(lent.append, 1))
