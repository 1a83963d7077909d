# Generators that are methods, in loops over them: overridden, replaced, found in the instance, static,
# with an object that the loop alone keeps.


class Grid:
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def cells(self):
        for y in range(self.height):
            for x in range(self.width):
                yield x * 10 + y

    def around(self, cell):
        x = cell // 10
        y = cell % 10
        if x > 0:
            yield cell - 10
        if x + 1 < self.width:
            yield cell + 10
        if y > 0:
            yield cell - 1
        if y + 1 < self.height:
            yield cell + 1

    @staticmethod
    def fixed(n):
        for i in range(n):
            yield i * 100

    @classmethod
    def named(cls, n):
        for i in range(n):
            yield cls.__name__ + str(i)

    def failing(self, at):
        for i in range(self.width):
            if i == at:
                raise LookupError(at)
            yield i


class Torus(Grid):
    def around(self, cell):
        yield from super().around(cell)
        yield -1


def total(grid):
    result = 0
    for cell in grid.cells():
        for other in grid.around(cell):
            result = result * 3 + other
            result %= 1000003
    return result


def texts(grid, n):
    out = []
    for i in grid.fixed(n):
        out.append(i)
    for name in grid.named(n):
        out.append(name)
    return out


def failed(grid, at):
    seen = []
    try:
        for i in grid.failing(at):
            seen.append(i)
    except LookupError as error:
        trace = error.__traceback__
        names = []
        while trace:
            names.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
            trace = trace.tb_next
        return seen, names
    return seen


grid = Grid(7, 5)
print(total(grid), texts(grid, 3), failed(grid, 4), failed(grid, 10))
print(total(Torus(4, 4)), texts(Torus(1, 1), 2), failed(Torus(3, 3), 1))
print(total(Grid(7.5, 5)) if False else total(Grid(1, 1)))

own = Grid(3, 3)
own.around = lambda cell: iter([cell, 1, 2])
print(total(own))
own.cells = lambda: (i for i in range(20))
print(total(own))
own.around = lambda cell: [cell]
print(total(own))


def replacing(grid, n):
    result = 0
    for i in range(n):
        if i == n // 2:
            Grid.cells = lambda self: iter([1, 2, 3])
        for cell in grid.cells():
            result += cell
        if i == n - 2:
            Grid.cells = original
    return result


original = Grid.cells
print(replacing(Grid(3, 3), 6), total(grid))


class Gone:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("gone", self.n)

    def items(self):
        for i in range(self.n):
            yield self.n - i


def consume(n, stop):
    result = 0
    for x in Gone(n).items():
        result += x
        if x == stop:
            break
    print("behind", result)


consume(3, 0)
consume(4, 2)


class Changing:
    def __init__(self):
        self.step = 1

    def values(self, n):
        at = 0
        while at < n:
            yield at
            at += self.step


def changes(thing, n):
    out = 0
    for v in thing.values(n):
        out += v
        if v == 10:
            thing.step = 2.5
        elif v > 30:
            thing.step = 7
    return out


print(changes(Changing(), 100), changes(Changing(), 5))
print(type(grid.cells()).__name__, sum(1 for _ in grid.cells()))
