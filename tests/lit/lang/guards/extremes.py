# min() and max() of generator expressions, of nothing too, with and without a default.
def best(values, by):
    return max(v * by for v in values), min((v * by for v in values), default=None)


def least(values, default):
    return min((abs(v) for v in values), default=default)


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__, *error.args


for _ in range(60):
    best([1, 2, 3], 2), least([1.5, -0.5], 0.0), least([], 0.0)
print(best([1, 2, 3], 2), best([1.5, 2], 2), best([2**61, 5], 4), attempt(best, [], 2), best("ab", 2))
print(least([], 7), least([], None), least([], default="none"), least([1, -0.25], 0), least([-(2**64), 3], 1.0))
print(attempt(best, [1, None], 2), attempt(least, [1, "a"], 2), attempt(least, None, 2))
print(attempt(best, [1, 2.5, "a"], 2), least([True, False], 5), least([float("nan"), 1.0], 0))


def chosen(rows, fallback):
    out = []
    for row in rows:
        out.append(max((x for x in row if x > 2), default=fallback))
    return out


print(chosen([[1, 2], [3, 9, 4], [], [2, 3]], -1), chosen([[1, 2.5], [], [3, "a" * 0 or 7]], 0.5))


def pairs(n):
    return max((i % 7, i) for i in range(n)), min(((-i % 5, str(i)) for i in range(n)), default=())


print([attempt(pairs, n) for n in (0, 1, 10, 40)])


def rebound(values):
    global max
    first = max((v for v in values), default=0)
    max = lambda *values, default: ("mine", list(values[0]), default)
    second = max((v for v in values), default=0)
    del max
    return first, second


print(rebound([1, 2]), rebound([]), rebound([2.5]))


def stepping(values):
    for v in values:
        seen.append(v)
        yield v


seen = []
print(attempt(lambda: max((v / (v - 3) for v in stepping([1, 2, 3, 4])), default=0)), seen)
print(attempt(lambda: max(1, 2, default=3)))
