# list, tuple, sorted, str.join, min and max of generators, and sum of generator functions: items of
# other types in the middle, empty ones, errors, functions that are replaced.


def gen(n, at=-1, value=None):
    for i in range(n):
        yield value if i == at else i * 7 % 13


def lists(n, at=-1, value=None):
    return (
        list(x + 1 for x in gen(n, at, value)),
        tuple(gen(n, at, value)),
        sorted(x for x in gen(n, at, value)),
        sorted(-x for x in gen(n, at, value)),
    )


def extremes(xs):
    return max(x * 2 for x in xs), min(x * 2 for x in xs)


def floats(xs):
    return max(x + 0.5 for x in xs), min(x + 0.5 for x in xs), sum(x + 0.5 for x in xs)


def sums(n, at=-1, value=None):
    return sum(gen(n, at, value)), max(gen(n, at, value)), list(gen(n, at, value))


def text(xs, sep=", "):
    return sep.join(str(x) for x in xs), "".join(x for x in map(str, xs))


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        t = error.__traceback__.tb_next
        lines = []
        while t:
            lines.append((t.tb_frame.f_code.co_name, t.tb_lineno - t.tb_frame.f_code.co_firstlineno))
            t = t.tb_next
        return type(error).__name__, str(error), lines


for n in (1, 10, 100):
    print(lists(n)[0][:9], lists(n)[1][-9:], lists(n)[2][:9], lists(n)[3][-9:])
    print(extremes(range(n)), floats(range(n)), sums(n)[:2], text(range(n))[0][-9:])
print(lists(12, 7, 2.5), lists(9, 3, True), sums(9, 4, 10**30), sums(12, 11, 0.5))
print(extremes([3, -8, 2**60, 1]), extremes([1, 2.5, -1]), extremes([True, False]))
print(extremes(["b", "a", "c"]), attempt(extremes, [1, "x", 2]), attempt(extremes, []))
print(floats([1.0, 2.0, float("nan"), 3.0]), floats([float("nan"), 1.0]), floats([0.0, -0.0, -1.0]))
print(floats([1, 2**80, 5.5]), attempt(floats, [1.5, None]), attempt(floats, []))
print(attempt(lists, 5, 3, "x"), attempt(sums, 5, 2, "x"))
print(text(["a", 1, None, 2.5]), text([]), attempt(text, [1], 5), attempt(text, range(3), b","))


def sets(n, at=-1, value=None):
    first = set(x % 5 for x in gen(n, at, value))
    return type(first).__name__, sorted(first), sorted(frozenset(gen(n, at, value))), len(set(gen(n)))


def hashed(n, at):
    log = []

    class Item:
        def __init__(self, i): self.i = i
        def __hash__(self):
            if self.i == at:
                raise ValueError(f"hash {self.i}")
            log.append(self.i)
            return self.i % 2
        def __eq__(self, other): return self.i % 4 == other.i % 4
        def __del__(self):
            if self.i != at: # that the traceback holds
                log.append(-self.i)

    def items():
        try:
            for i in range(n):
                yield Item(i)
        finally:
            log.append("closed")

    try:
        made = set(items())
        log.append(len(made))
        del made
        log.append(len(frozenset(Item(i) for i in range(n))))
    except ValueError as error:
        log.append(str(error))
    return log


def unhashable(n, at):
    return attempt(lambda: set([x] if x == at else x for x in range(n)))


for n in (1, 10, 100):
    print(sets(n))
print(sets(9, 4, 2.0), sets(9, 4, True), attempt(sets, 9, 4, "x"), sets(9, 4, 10**30))
print(hashed(5, -1), hashed(5, 3))
print(unhashable(4, 9), unhashable(4, 2), frozenset(x for x in ()), set(c for c in ""))


class Text(str):
    def join(self, items):
        return "mine", list(items)


print(text([1, 2], Text("-")))


def join_others(xs):
    return attempt(",".join, (x for x in xs)), attempt(lambda: ",".join(x for x in xs))


print(join_others("abc"), join_others(["a", 1]), join_others([]))


class Dying:
    def __init__(self, n, log):
        self.n, self.log = n, log

    def __del__(self):
        self.log.append(self.n)

    def __lt__(self, other):
        return self.n < other.n


def order(n):
    log = []
    items = list(Dying(i, log) for i in range(n))
    log.append("made")
    del items
    first = sorted(Dying(-i, log) for i in range(n))[0].n
    log.append("sorted")
    tuple(Dying(i, log) for i in range(n))
    return log, first


print(order(3))


def stopping(n):
    for i in range(n):
        if i == 3:
            raise KeyError(i)
        yield i


def caught(f, n):
    try:
        return f(stopping(n)), list(x for x in stopping(n)), max(x for x in stopping(n))
    except KeyError as error:
        return repr(error)


print([caught(f, n) for f in (list, tuple, sum, max) for n in (2, 5)])


# Other functions of these names; another function in the place of the generator.
def uses(n):
    return list(i for i in range(n)), sum(make(n)), max(make(n)), tuple(make(n))


def make(n):
    for i in range(n):
        yield i


for _ in range(3):
    print(uses(4))
make = lambda n: [n, 5, 1]
print(uses(4))
make = lambda n: 5
print(attempt(uses, 4))
list = lambda xs: ["mine", *xs]
make = range
print(uses(4))


class Both:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            yield i


make = Both
print(uses(3))
