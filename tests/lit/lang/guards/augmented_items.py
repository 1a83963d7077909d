# `rows[i][j] += x` needs rows[i] twice, and counts it once at most: where the sum takes the row out of
# its place, or raises, the row stays until it has got the item.
from array import array


class Row(list):
    pass


class Taking:
    """Whose sum takes the row away."""

    def __init__(self, rows, value):
        self.rows = rows
        self.value = value

    def __radd__(self, other):
        self.rows[:] = [None]
        return other + self.value


class Failing:
    def __radd__(self, other):
        raise ValueError("no sum")


class Grid:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, k):
        if isinstance(k, tuple):
            return self.rows[k[0]][k[1]]
        return self.rows[k]


def add(rows, i, j, x):
    rows[i][j] += x


def scale(grid, n, k):
    for i in range(n):
        grid[i][0] *= k
        grid[i][1] -= grid[0][0] * k


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def make(kind):
    return [kind([1.0, 2.0]), kind([3.0, 4.0])]


def doubles(items):
    return array("d", items)


for k in range(200):
    rows = make(list)
    add(rows, k & 1, 1, 0.5)
    scale(Grid(make(doubles)), 2, 1.5)
print(rows)
for kind in (list, Row, doubles):
    rows = make(kind)
    row = rows[0]
    print(attempt(add, rows, 0, 1, Taking(rows, 10.0)), rows, row)
    rows = make(kind)
    print(attempt(add, rows, 1, 0, Failing()), attempt(add, rows, 1, 5, 1.0), attempt(add, rows, 2, 0, 1.0), rows)
    print(attempt(add, rows, 0, 0, "a"), attempt(add, rows, 0, 0, Taking(rows, "a")), rows)
    grid = Grid(make(kind))
    print(attempt(scale, grid, 2, 2), attempt(scale, grid, 3, 0.5), grid.rows, grid[1, 0])
rows = [[1.0, 2.0], (3.0, 4.0), {0: 5, 1: 6}, "ab", None]
print([attempt(add, rows, i, 1, 1.0) for i in range(-6, 6)], rows)
print(attempt(scale, Grid(rows), 5, 2.0), rows)
ring = []
ring.append(ring)
print(attempt(add, ring, 0, 0, [1]), len(ring), ring[0] is ring)
