# enumerate() and zip() in for loops make no objects: left early and in the middle of a step, with
# generators run in line below them, raising, replaced, started elsewhere.
import sys


def count(n, stop=-1):
    for i in range(n):
        if i == stop:
            raise ValueError(i)
        yield i * 2


def odd(source):
    for x in source:
        if x % 3:
            yield x


def numbered(n, big):
    total = 0
    for i, x in enumerate(odd(count(n))):
        if i == big:
            total += 2**70
        total += i * x
    return total


def started(xs, start):
    return [(i, x) for i, x in enumerate(xs, start)]


def pairs(a, b):
    total = 0
    for x, y in zip(a, b):
        total += x * y
    return total


def generated(n, m, stop):
    total = 0
    try:
        for x, y, z in zip(count(n), odd(count(m, stop)), count(n + 1)):
            total += x - y + z
    except ValueError as error:
        t = error.__traceback__
        lines = []
        while t:
            lines.append((t.tb_frame.f_code.co_name, t.tb_lineno - t.tb_frame.f_code.co_firstlineno))
            t = t.tb_next
        return "error", total, lines
    return total


def mixed(xs, ys):
    out = []
    for pair in zip(xs, ys):
        out.append(pair)
        if len(out) > 5:
            break
    else:
        out.append("else")
    return out[-3:]


def nested(n):
    total = 0
    for i, (x, y) in enumerate(zip(count(n), odd(count(n)))):
        for j, z in enumerate(count(i % 4)):
            if z == 4:
                continue
            total += x * j - y + z
    return total


def summed(n):
    return sum(a * b for a, b in zip(odd(count(n)), count(n))), max(i for i, x in enumerate(count(n)))


class Dying:
    def __init__(self, n, log):
        self.n, self.log = n, log

    def __del__(self):
        self.log.append(self.n)


def dying(n, log):
    for i in range(n):
        yield Dying(i, log)


def left(n, stop):
    log = []
    for i, (x, y) in enumerate(zip(dying(n, log), dying(n + 2, log))):
        if x.n == stop:
            break
    log.append("loop")
    del x, y
    return log


def uneven(n):
    log = []
    for x, y in zip(dying(n + 1, log), dying(n, log)):
        pass
    log.append("loop")
    x = y = None
    return log


class Looks:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.n += 1
        return self

    def __next__(self):
        if self.n > 20:
            raise StopIteration
        self.n += 1
        return self.n


for n in (5, 30, 200):
    print(numbered(n, -1), numbered(n, n // 2), pairs(range(n), range(5, n)))
    print(pairs([1.5] * n, range(n)), pairs([2] * n, [3] * (n + 2)), pairs(Looks(3), Looks(n % 7)))
    print(generated(n, n, -1), generated(n, n - 1, n // 3), generated(3, n, -1))
    print(mixed("abc", range(n)), mixed(count(n), count(4)), mixed({1: 2}, {3}))
    print(nested(n), summed(n), left(n % 9, 2), uneven(n % 4))
print(pairs([1, 2, 3, 10**30, 5], [1, 1, 1, 1.5, 2]))
for start in (0, 7, -3, 2**60, True):
    print(started("ab", start))
for bad in ((5, 0), ("ab", "x"), ("ab", 1.5)):
    try:
        print(started(*bad))
    except TypeError as error:
        print(error)
for bad in ((5, [1]), ([1], None), ([1], Looks)):
    try:
        pairs(*bad)
    except TypeError as error:
        print(error)
for a, b in (([1, 2, "x"], [1, 2, None]), ([1, 2], [3, 4])):
    try:
        print(pairs(a, b))
    except TypeError as error:
        print(error)


# Another function of that name, in the middle of the loop and before it.
def replaced(n):
    global zip, enumerate
    out = []
    for i, x in enumerate(count(n)):
        if i == 2:
            enumerate = lambda xs: [("mine", xs)]
            zip = lambda *xs: [xs]
        out.append((i, x))
    for i, x in enumerate([1]):
        out.append((i, x))
    for a in zip([1], [2]):
        out.append(a)
    del zip, enumerate
    return out


for _ in range(3):
    print(replaced(4))


# A generator that is begun before its loop, or comes to it again.
def again(n):
    g, h = count(n), count(n)
    next(h)
    out = []
    for _ in range(3):
        for x, y in zip(g, h):
            out.append((x, y))
            if len(out) % 2 == 0:
                break
    return out


print(again(20))


def unpack_wrongly(n):
    for a, b in zip(count(n), count(n), count(n)):
        pass


for wrong in (unpack_wrongly,):
    try:
        wrong(5)
    except ValueError as error:
        print(error)


def deep(n):
    total = 0
    for i, x in enumerate(count(n)):
        if i == 15:
            total += len(sys._getframe(0).f_code.co_name)
            x = float(x)
        total += x
    return total


print(deep(10), deep(40))
