# next(generator) in hot loops: ends, values that generators return, errors, other iterators.
import sys


def count(n):
    for k in range(n):
        yield k
    return "end", n


def fails(n):
    yield from range(n)
    raise ValueError(n)


def drain(iterator):
    items = []
    while True:
        try:
            items.append(next(iterator))
        except StopIteration as stop:
            return items[-2:], len(items), stop.value, next(iterator, "none")
        except ValueError as error:
            trace, names = error.__traceback__, []
            while trace:
                names.append(trace.tb_frame.f_code.co_name)
                trace = trace.tb_next
            return items, str(error), names


class Counter:
    def __init__(self):
        self.k = 0

    def __next__(self):
        self.k += 1
        if self.k > 4:
            raise StopIteration(self.k)
        return self.k


def chained(n):
    yield -1
    value = yield from count(n)
    yield value
    return [value]


for _ in range(30):
    results = [drain(g) for g in (count(40), count(0), fails(3), chained(3), iter([1, 2]), iter("ab"))]
print(results)
results = []
for iterator in (Counter(), map(str, (1, 2)), (x for x in (1, 2)), zip((1,), (2,))):
    results.append(drain(iterator))
print(results)


# Not started, running, finished, thrown into; in a generator, where StopIteration becomes an error.
def itself():
    try:
        next(me)
    except ValueError as error:
        yield str(error)
    yield next(me)


me = itself()
print(next(me))
try:
    next(me)
except ValueError as error:
    print(error)
print(next(me, "over"))


def first_of(generators):
    for g in generators:
        yield next(g)


try:
    print(list(first_of([count(2), count(0), count(1)])))
except RuntimeError as error:
    print(error, repr(error.__cause__))


def deep(n):
    yield n
    yield next(deep(n + 1))


def dig(n):
    return next(nested(n))


def nested(n):
    yield dig(n + 1)


try:
    dig(0)
except RecursionError as error:
    print(type(error).__name__)
try:
    next(5)
except TypeError as error:
    print(error)
old = next
next = lambda iterator, *rest: ("mine", old(iterator, *rest))
g = count(2)
print([next(g) for _ in range(2)])
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
next = old


# Sums of small and large ints, bools and floats, one after the other.
def mixed(*items):
    for item in items:
        yield item


big = 1 << 62
for items in ((1, big, big, big), (big, -big, True), (big, big, 1.5), (1 << 63, 1 << 64, -(1 << 65), 3),
              (-(1 << 63), -1), (True, True), (0.5, 1 << 70), (big,) * 9, (-big,) * 9):
    print(sum(mixed(*items)), sum(items), sum(list(items), big), sum(items, True))


class Whole(int):
    def __radd__(self, other):
        return Whole(int(other) + int(self) + 1)


print(sum(mixed(big, big, Whole(3), 4)), sum([Whole(1), 2, Whole(big)]))
