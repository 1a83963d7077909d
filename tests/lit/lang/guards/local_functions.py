# Generator expressions that run inside of their function, whose function object is in its frame.
import gc
import sys
import traceback


def scaled(rows, factor):
    return [sum(x * factor for x in row) for row in rows]


print(scaled([[1, 2], [3], []], 2), scaled([[1.5, 2.5], [0.5]] * 50, 2.0)[-1])
print(scaled([[1, 2], [3, 2.5, 4], [2**60, 2**60], [True]], 3))
try:
    scaled([[1, 2], [3, None]], 2)
except TypeError as error:
    print(error, [frame.name for frame in traceback.extract_tb(error.__traceback__)])


def caller():
    return sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name


def frames(n):
    return list(caller() for _ in range(n))


print(frames(2), set(frames(60)))


def collected(n):
    return sum(len([gc.collect(0)]) + i for i in range(n))


print(collected(3), collected(5))


class Falling:
    def __init__(self, limit):
        self.limit = limit

    def __mul__(self, other):
        if other > self.limit:
            raise ValueError(f"{other} is too much")
        return other


def guarded(values, by):
    try:
        return any(by * value > 5 for value in values)
    except ValueError as error:
        return str(error)


print([guarded(range(8), 1), guarded(range(3), 2.5), guarded([0.5] * 60, 1.5)])
print([guarded(range(n), Falling(4)) for n in (3, 5, 6, 9)])


def stepped(values):
    kept = []
    for value in (v + len(kept) for v in values):
        kept.append(value)
        if value == 7:
            break
    return kept


print(stepped([1, 2, 3]), stepped([5, 6, 7]), stepped([1.5, 2, 3]), stepped([2**62, 2**62, 1]))


def nested(rows, by):
    return sum(sum(x * by for x in row) for row in rows)


print(nested([[1, 2], [3, 4]], 2), nested([[1, 2], [3.5, 4]], 2), nested([[1], [2**61, 2**61]], 4))


def builtins_of(values):
    total = sum(abs(v) for v in values)
    globals()["abs"] = lambda v: v * 100
    total += sum(abs(v) for v in values)
    del globals()["abs"]
    return total


print([builtins_of([1, -2]) for _ in range(3)])


def own_builtins(values):
    before = sum(pow(v, 2) for v in values)
    globals()["__builtins__"] = {**vars(kept_builtins), "pow": lambda a, b: -a}
    try:
        after = sum((lambda v: pow(v, 2))(v) for v in values)
    finally:
        globals()["__builtins__"] = kept_builtins
    return before, after


kept_builtins = __import__("builtins")
print(own_builtins([1, 2, 3]), own_builtins([1, 2.5]))


def rebound(values, by):
    result = sum(v * by for v in values)
    by = "a"
    return result, max(by for v in values)


print(rebound([1, 2, 3], 2), rebound([1, 2.5], 2))
print(scaled([[1] * 5] * 80 + [[1j]], 2)[-2:])
