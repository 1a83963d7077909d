# Items of instances, and calls of them, run functions of their class directly. Types, classes and
# functions change in the middle; exceptions come out of them; frames and counts are what they were.
import sys
import traceback


class Grid:
    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.cells = [0.0] * (width * height)

    def __getitem__(self, place):
        x, y = place
        return self.cells[y * self.width + x]

    def __setitem__(self, place, value):
        x, y = place
        self.cells[y * self.width + x] = value
        return "nobody sees this"

    def __delitem__(self, place):
        x, y = place
        self.cells[y * self.width + x] = -1.0

    def __call__(self, factor):
        return self.cells[1] * factor


class Halves:
    def __init__(self, parts):
        self.parts = parts

    def __getitem__(self, i):
        if i >= len(self.parts):
            raise IndexError("no part %d" % i)
        return self.parts[i] / 2

    def __setitem__(self, i, value):
        self.parts[i] = value * 2


class Refusing:
    """What is no operator may return NotImplemented."""

    def __getitem__(self, i):
        return NotImplemented

    def __call__(self):
        return NotImplemented


def relax(grid, rounds):
    for _ in range(rounds):
        for y in range(1, grid.height - 1):
            for x in range(1, grid.width - 1):
                grid[x, y] = 0.25 * (grid[x, y - 1] + grid[x, y + 1] + grid[x - 1, y] + grid[x + 1, y])
    return grid[grid.width // 2, grid.height // 2]


def add_up(items, count):
    total = 0
    missing = 0
    for i in range(count):
        try:
            total += items[i]
        except IndexError:
            missing += 1
    return total, missing


def shift(items, count):
    for i in range(count - 1):
        items[i] = items[i + 1]
    return items.parts[:3]


def call_all(things, n):
    total = 0
    for i in range(n):
        total += things[i % len(things)](i)
    return total


def clear(grid, n):
    for i in range(n):
        del grid[i % grid.width, 1]
    return grid[0, 1]


def first(o):
    return o[0]


def functions():
    return [getattr(Grid, name) for name in ("__getitem__", "__setitem__", "__delitem__", "__call__")]


def main():
    grid = Grid(12, 12)
    for i in range(12):
        grid[i, 0] = 1.0
    for _ in range(30):
        value = relax(grid, 3)
    print("%.12f" % value)
    before = [sys.getrefcount(f) for f in functions()]
    print("%.6f" % call_all([grid, Grid(3, 3)], 300))
    halves = Halves([float(i) for i in range(50)])
    for _ in range(40):
        result = add_up(halves, 52)
    print(result, shift(halves, 50))
    print(clear(grid, 600), [first(Refusing()) for _ in range(300)][-1], Refusing()())

    # Other types than those that were seen.
    odd = Grid(12, 12)
    odd.cells = [i % 5 for i in range(144)]
    print(relax(odd, 2))
    odd.cells = [complex(i, 1) for i in range(144)]
    print(relax(odd, 1))
    odd.cells = list(map(str, range(144)))
    try:
        relax(odd, 1)
    except TypeError as e:
        print(e, [entry.name for entry in traceback.extract_tb(e.__traceback__)])
    odd.cells = [0.5] * 20
    try:
        relax(odd, 1)
    except IndexError as e:
        entries = traceback.extract_tb(e.__traceback__)
        print(e, [(entry.name, entry.line) for entry in entries])
    try:
        grid[1]
    except TypeError as e:
        print(e)
    print(add_up([1, 2, 3], 5), add_up({i: i for i in range(9)}, 9), add_up("", 2))
    print(add_up(Halves([1, 2, 10**30]), 4), shift(Halves([3, 4, 5, 6]), 4))
    print("counts are as they were:", [sys.getrefcount(f) for f in functions()] == before)

    # An attribute of the object is no special method of it.
    halves = Halves([1.0, 2.0])
    halves.__getitem__ = lambda i: "own"
    print(add_up(halves, 3))

    # The functions are replaced while they are used.
    get = Halves.__getitem__

    def once(self, i):
        Halves.__getitem__ = get
        return 1000

    Halves.__getitem__ = once
    print(add_up(Halves([1.0, 2.0, 3.0]), 3))
    Halves.__getitem__ = lambda self, i: i * 10
    print(add_up(Halves([]), 3))
    del Halves.__getitem__
    try:
        add_up(Halves([1.0]), 1)
    except TypeError as e:
        print(e)
    Halves.__getitem__ = get

    class Sub(Halves):
        def __getitem__(self, i):
            return super().__getitem__(i) + 1

    print(add_up(Sub([1.0, 2.0]), 3), add_up(Halves([1.0, 2.0]), 3))
    Grid.__call__ = None
    try:
        call_all([grid], 2)
    except TypeError as e:
        print(e)


main()
