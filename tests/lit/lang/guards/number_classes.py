# isinstance() of numbers in registers and built-in classes: other values, subclasses, other functions
# and classes of these names.


def describe(x):
    y = x + 1
    if isinstance(y, tuple):
        return "tuple"
    if isinstance(y, bool):
        return "bool", y
    if isinstance(y, int):
        return "int", y
    return "other", y


def real(x):
    y = x * 0.5
    return isinstance(y, float), isinstance(y, int), y


def flag(a, b):
    c = a < b
    return isinstance(c, int), isinstance(c, bool), isinstance(c, float)


class Row:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.items[key[0]][key[1]]
        return self.items[key]


def total(row, n):
    s = 0
    for i in range(n):
        s += row[i]
    return s


class Int(int):
    pass


class Odd:
    """Denies its type."""

    def __add__(self, other):
        return self

    @property
    def __class__(self):
        return int


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


row = Row(list(range(20)))
for k in range(200):
    describe(k), real(k * 1.5), flag(k, 100), total(row, 20)
print(describe(1), describe(1.5), describe(True), describe(Int(4)), describe(1 << 80), attempt(describe, (1,)))
print(describe(Odd())[0], real(3), real(2.5), real(1 << 70), flag(1, 2), flag("a", "b"), flag({1}, {1, 2}))
print(total(row, 5), Row([[1, 2], [3, 4]])[1, 0], attempt(total, row, 21), Row("abc")[True], attempt(row.__getitem__, "a"))


# Other classes, and another function, of these names.
int = float
print(describe(1), real(3), flag(1, 2))
int = Int
print(describe(1), real(3))
del int
tuple = (dict, list)
print(describe(1), total(row, 3))
tuple = 5
print(attempt(describe, 1))
del tuple


def isinstance(x, kind):
    return kind.__name__


print(describe(1), real(3), flag(1, 2), attempt(total, row, 3))
del isinstance
print(describe(1), real(3), flag(1, 2), total(row, 3))
