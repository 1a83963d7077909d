# Calls that leave specialised code go on in general code: at their beginning, or where a loop goes
# round again. tests/lit/command/general_code.test takes a profile of the cases with ints alone.
import sys
import traceback

only_ints = sys.argv[1:] == ["ints"]


def case(function, *arguments, ints=False):
    if ints or not only_ints:
        print(function.__name__, function(*arguments))


def total(values, start):
    result = start
    for value in values:
        result = result + value
    return result


def grid(rows, columns, step):
    cells = []
    for row in range(rows):
        line = []
        for column in range(columns):
            line.append(row * step + column)
        cells.append(line)
    sums = []
    for line in cells:
        sums.append(total(line, 0))
    return sums


case(total, [1, 2, 3] * 100, 0, ints=True)
case(total, [1.5, 2.5] * 100, 0.0)
case(total, ["a", "b"] * 3, "")
case(total, [1, 2, 3.5, 4] * 10, 0)
case(total, [1, 1 << 70, -1] * 3, 5)
case(total, [[1], [2]], [])
case(grid, 40, 30, 1, ints=True)
case(grid, 3, 4, 0.5)
case(grid, 2, 2, 1 << 63)
case(grid, 2, 2, True)


# One loop after the other, each with other types, and variables that are not bound yet.
def phases(n, mixed):
    count = 0
    while count < n:
        count += 1
        if mixed and count == n // 2:
            count += 0.5
    seen = []
    for k in range(n):
        if k == 3:
            late = k if not mixed else "late"
        if k > 3:
            seen.append(late)
        if mixed and k == 5:
            del late
            late = [k]
    try:
        return count, seen, last
    except NameError as error:
        return count, seen, str(error)
    last = 1


case(phases, 100, False, ints=True)
case(phases, 8, False)
case(phases, 8, True)


# Loops in handlers and with-statements; exceptions behind the exit have the right lines.
class Closing:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        print("closed", kind and kind.__name__)
        return False


def guarded(items):
    product = 1
    with Closing():
        for item in items:
            try:
                product *= item
            except TypeError:
                for character in item:
                    product = str(product) + character
            if product == "6!?":
                raise ValueError(product)
    return product


case(guarded, [1, 2, 3] * 20, ints=True)
case(guarded, [1.5, 2, 3])

def places_of_error():
    try:
        guarded([1, 2, 3, {"!": 1, "?": 2}, 4])
    except ValueError as error:
        places = [(entry.name, entry.line) for entry in traceback.extract_tb(error.__traceback__)]
        return error, places, type(error.__context__).__name__


case(places_of_error)


# Closures: cells stay shared, free variables stay free.
def counter(step):
    count = 0

    def run(n):
        nonlocal count
        for k in range(n):
            count += step
        return count

    return run, lambda: count


def counted(step):
    run, look = counter(step)
    try:
        return run(5), run(30), look()
    except TypeError as error:
        return error, look()


case(counted, 1, ints=True)
case(counted, 0.25)
case(counted, 1 << 62)
case(counted, "x")


# *args, **kwargs and defaults are registers as others.
def gathered(first, *rest, scale=2, **named):
    result = first * scale
    for value in rest:
        result += value * scale
    for name in named:
        result += named[name]
    return result


def gather():
    return gathered(1, 2, 3, scale=1.5, x=1), gathered("a", "b", y="c"), gathered(0.5, 1, z=2)


def gather_ints():
    return [gathered(k, 2, 3, x=4) for k in range(50)][-1]


case(gather_ints, ints=True)
case(gather)


# Objects end when they should.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __radd__(self, other):
        return other

    def __del__(self):
        print("end of", self.name)


def ends(n, item):
    held = 0
    for k in range(n):
        local = Noisy("local") if k == 1 and item else None
        held = held + (item or k)
        item = None
    return held


case(ends, 50, 0, ints=True)
if not only_ints:
    case(ends, 3, Noisy("item"))


# A guard that fails again and again: interpreted ever longer, and right.
def alternating(n):
    value = 1
    for k in range(n):
        if k % 2 and n > 100:
            value = float(value)
        else:
            value = int(value) + 1
        value = value * 3 % 1000003
        if k % 100 == 50:
            value = (value + (1 << 64)) % 1000003
    return value


case(alternating, 50, ints=True)
case(alternating, 5000)


# Deep recursion that leaves at every level.
def deep(n, leaf):
    result = leaf
    for k in range(1):
        if n:
            result = deep(n - 1, leaf) + leaf
    return result


case(deep, 50, 1, ints=True)
case(deep, 50, 0.5)
case(deep, 50, "ab")


# The caller looks at the frames.
def whoami(values):
    names = []
    for value in values:
        value + 1
        names = [sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno]
    return names


def outer(values):
    for value in values:
        value + 1
        found = whoami(values)
    return found


case(outer, [1, 2] * 20, ints=True)
case(outer, [1, 2.5])

# A module's own loop.
mode = 0
items = [1, 2, 3] * 20 + ([] if only_ints else [0.5, "a", 7])
kept = ""
for item in items:
    try:
        mode = mode + item
    except TypeError:
        kept += item
print(mode, kept)
