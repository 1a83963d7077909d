# Loops find out before they begin where the items of lists lie. What is wrong about it then leaves
# where the item is used, and what a signal's handler does in the middle is seen.
import signal


def total(rows, i, n):
    s = 0
    for k in range(n):
        s += rows[i][k]
    return s


def column(rows, j):
    s = 0.0
    for i in range(len(rows)):
        s += rows[i][j]
    return s


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


ints = [[i * j for j in range(50)] for i in range(50)]
floats = [[i + j / 8 for j in range(50)] for i in range(50)]
for i in range(40):
    total(ints, i, 50)
    column(floats, i)
print(total(ints, 7, 50), column(floats, 7))
# Rows of other kinds, rows that are none, indices that are outside.
print(attempt(total, floats, 3, 50), attempt(total, [[True, False]], 0, 2))
print(attempt(total, [(1, 2, 3)], 0, 3), attempt(total, ["ab"], 0, 1), attempt(total, [None], 0, 1))
print(attempt(total, [None], 0, 0), attempt(total, [], 0, 0), attempt(total, None, 0, 0))
print(attempt(total, ints, 50, 1), attempt(total, ints, -1, 50), attempt(total, ints, -51, 1))
print(attempt(total, ints, 3, 51), attempt(total, [[1, 2, "x"]], 0, 3))
print(attempt(column, ints, 3), attempt(column, floats + [[1]], 3), attempt(column, floats, -1))
print(attempt(column, [[1.5], [None]], 0), attempt(column, [[2.5], 3], 0))


# Storing through one name is seen through the other; ints that do not fit change the storage.
def running(a, b):
    for k in range(1, len(a)):
        a[k] = a[k] + b[k - 1]
    return a


x = list(range(10))
for _ in range(20):
    running(list(range(20)), list(range(20)))
print(running(x, x))
big = [1 << 46] * 8
print(running(big, big))
print(attempt(running, [1, 2, 3], [1]), attempt(running, [1, "a"], [2, 3]))


# Attributes and globals.
class Board:
    def __init__(self, n):
        self.cells = [0] * n
        self.size = n

    def fill(self, step):
        for k in range(0, self.size, step):
            self.cells[k] += 1
        return sum(self.cells)


class Other(Board):
    @property
    def cells(self):
        return self.hidden

    @cells.setter
    def cells(self, value):
        self.hidden = value


b = Board(60)
print([b.fill(s) for s in range(1, 20)][-1])
b.cells = [1.5] * 60
print(b.fill(7))
b.cells = (1, 2)
print(attempt(b.fill, 1))
del b.cells
print(attempt(b.fill, 1))
print(Other(10).fill(3))

table = [0] * 30


def count(n):
    for k in range(n):
        table[k] += k
    return table[n - 1]


print([count(30) for _ in range(20)][-1])
table = [0.5] * 30
print(count(30))
del table
print(attempt(count, 3))
table = {2: 5, 1: 4, 0: 3}
print(count(3))


# A handler changes the list while the loop runs.
def wait(flags):
    n = 0
    while flags[0] == 0:
        n += 1
    return flags[0]


def ring(change):
    flags = [0, 0, 0]
    signal.signal(signal.SIGALRM, lambda *_: change(flags))
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    return attempt(wait, flags)


def set_item(flags):
    flags[0] = 7


def grow(flags):
    flags.extend(range(10_000))
    flags[0] = 8


def other_storage(flags):
    flags[:] = ["x", 1]


print(wait([3]), ring(set_item), ring(grow), ring(other_storage), ring(list.clear))
