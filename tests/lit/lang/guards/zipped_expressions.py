# Generator expressions over zip() and enumerate() that a built-in function or a loop consumes: left
# in the middle of a step, raising there, with iterators that run code, replaced on the way.


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def exact(a, b):
    return sum(x * y for x, y in zip(a, b))


def smooth(a, b):
    return sum(x * y for x, y in zip(a, b)), min(x - i for i, x in enumerate(a))


def weighted(xs, start):
    return sum(i * x for i, x in enumerate(xs, start))


def differ(a, b):
    return any(x != y for x, y in zip(a, b))


def largest(a, b, c):
    return max(x + y - z for x, y, z in zip(a, b, c))


def joined(names):
    return ",".join(f"{i}{name}" for i, name in enumerate(names))


def both(a, b):
    return [i + x * y for i, (x, y) in enumerate(p for p in zip(a, b))], set(
        (i, x) for i, x in enumerate(y for x, y in zip(a, b))
    )


def rows(matrix, columns):
    return [[sum(x * y for x, y in zip(row, col)) for col in columns] for row in matrix]


def noisy(items, log):
    for x in items:
        if x is None:
            raise ValueError("none")
        yield x
    log.append("end")


class Dying:
    def __init__(self, n, log):
        self.n, self.log = n, log

    def __mul__(self, other):
        if other.n == 3:
            raise KeyError(self.n)
        return self.n * other.n

    def __del__(self):
        self.log.append(self.n)


class Source:
    def __init__(self, items, name, log):
        self.items, self.name, self.log = items, name, log

    def __iter__(self):
        return Closing(self.items, self.name, self.log)


class Closing:
    """An iterator that says when it ends and when it is let go."""

    def __init__(self, items, name, log):
        self.items, self.name, self.log = iter(items), name, log

    def __iter__(self):
        return self

    def __next__(self):
        self.log.append(self.name)
        return next(self.items)

    def __del__(self):
        self.log.append(-ord(self.name))


def lines_of(error):
    found = []
    t = error.__traceback__
    while t:
        code = t.tb_frame.f_code
        found.append((code.co_name, t.tb_lineno - code.co_firstlineno))
        t = t.tb_next
    return found


def attempt(function, *args):
    try:
        return function(*args)
    except (TypeError, ValueError, KeyError) as error:
        return type(error).__name__, str(error), lines_of(error)


floats = [0.5 + i for i in range(40)]
for n in range(60):
    print(dot(floats[:n], floats), weighted(floats, n), largest(floats, floats[n % 30 :], floats))
    print(differ(floats, floats[:n]), joined("abc"), both(floats[:3], floats[n % 20 :]))
    if n % 10 == 0:
        print(rows([floats[:3], floats[2:5]], [floats[:3], floats[n % 30 :]]))

# Other items from somewhere in the middle on.
for other in (3, True, 2**70, "x", None, 1 + 2j, [1.5]):
    for at in (0, 1, 7):
        mixed = floats[:at] + [other] + floats[at + 1 :]
        print(attempt(dot, mixed, floats), attempt(dot, floats, mixed), attempt(dot, mixed, mixed))
        print(attempt(weighted, mixed, 2), attempt(differ, mixed, floats))
        print(attempt(largest, floats, mixed, floats), attempt(both, mixed[:9], floats))
        print(attempt(rows, [mixed], [floats, mixed]))
print(attempt(joined, [1, None]), attempt(dot, 5, floats), attempt(dot, floats, None))
print(attempt(weighted, floats, "x"), attempt(weighted, floats, 2**62), attempt(largest, (), (), ()))

# Iterators that run code, end in the middle of a step, raise.
for a, b in (((1.5, 2.5, 3.5), (1.0, 2.0)), ((1.5,), (1.0, 2.0, 3.0)), ((1.5, 2, 3.5), (1, 2.5, 3))):
    log = []
    print(dot(Source(a, "a", log), Source(b, "b", log)), log)
    log = []
    print(attempt(dot, noisy([*a, None], log), noisy([*b, 1, 1, 1], log)), log)
    print(attempt(dot, noisy([*a, 1, 1, 1], log), noisy([*b, None], log)), log)
    print(attempt(largest, noisy(a, log), Source(b, "c", log), noisy(a, log)), log)
log = []
print(attempt(dot, [Dying(i, log) for i in range(3)], [Dying(i, log) for i in range(3)]), log)
result = attempt(dot, [Dying(i, log) for i in range(5)], [Dying(i, log) for i in range(5)])
print(result, sorted(log))

ints = list(range(40))
for k in range(30):
    log = []
    print(exact(ints, ints[:k]), exact(Source(ints[:k], "a", log), Source(ints, "b", log)))
    print(attempt(smooth, floats, Source(floats[: k + 1], "b", log)), len(log), log[-3:])
for big in (2**48, 2**70, -(2**62)):
    log = []
    print(exact(ints, [*ints[:9], big, 5]), exact([*ints[:9], big, 5], ints))
    print(attempt(exact, noisy([*ints[:5], big, 4, None], log), noisy(ints, log)), log)
    print(exact(Source([*ints[:5], big, 4], "a", log), Source(ints, "b", log)), log)
for at in (0, 1, 5):
    log = []
    print(attempt(smooth, floats, noisy([*floats[:at], None], log)), log)
    print(attempt(smooth, Source(floats[:at], "a", log), Source(floats, "b", log)), log)


def changing(xs, ys):
    def grown(x):
        if len(xs) < 8:
            xs.append(x + 1)
            ys.append(x)
        return x

    return sum(grown(x) * y for x, y in zip(xs, ys))


print(changing([1.5], [2.5]), changing([1.5, 2.0], [2]), changing([1], [2]))


def replaced(xs):
    global zip
    out = []
    for k in range(3):
        out.append(dot(xs, xs))
        zip = lambda *args: [(1.0, 2.0)]
    del zip
    return out


print(replaced(floats[:5]), dot(floats[:5], floats))
