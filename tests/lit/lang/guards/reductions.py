# sum, any and all of generator expressions: items of other types than the profile saw, totals beyond
# 64 bits, errors in the expression and in the truth of an item, sum rebound.


def dot(a, b, n):
    return sum(a[i] * b[i] for i in range(n))


def count(xs, k):
    return sum(1 for x in xs if x > k)


def anyover(xs, k):
    return any(x > k for x in xs)


def allover(xs, k):
    return all(x > k for x in xs)


def squares(n):
    return sum(i * i for i in range(n))


def guarded(xs):
    try:
        return sum(x * 2 for x in xs)
    except TypeError as e:
        tb = e.__traceback__
        names = []
        while tb:
            names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno)); tb = tb.tb_next
        return str(e), names


class Truth:
    def __init__(self, v): self.v = v
    def __bool__(self):
        if self.v is None: raise RuntimeError("no truth")
        return self.v
    def __del__(self): out.append("del")


out = []


def objects(xs):
    try:
        return any(Truth(x) for x in xs)
    except RuntimeError as e:
        return str(e)


for k in range(3):
    print(dot([1.0, 2.5, 1e100, -1e100], [1.0, 2.0, 1.0, 1.0], 4), dot([1, 2], [3.5, 4], 2), dot([], [], 0), dot([0.1] * 10, [1.0] * 10, 10))
    print(count([1, 2, 3], 1), anyover([1, 2, 3], 2), allover([1, 2, 3], 2), anyover([], 1), allover([], 1))
    print(squares(10), squares(0))
    print(guarded([1, 2, 3]))


print(dot([1, 2], [3, 4], 2), dot([1, 2.5, 3], [1, 2, 10**30], 3), dot([1.5, "a"], [2, 2], 1))
print(squares(5_000_000))
print(guarded([2**62, 2**62, 5]), guarded([1, "a"]), guarded([1.5, 2, None]), guarded([1.5, 2]), guarded([True, 2]))
print(objects([False, False, True, False]), out); out.clear()
print(objects([False, None, True]), out); out.clear()
print(dot([float("inf"), 1.0], [1.0, 1.0], 2), dot([-0.0], [1.0], 1), dot([1e308, 1e308], [1.0, 1.0], 2))


def nested(n):
    return sum(sum(i * j for j in range(i)) for i in range(n))


print(nested(10), nested(50))


def closure(n, k):
    f = lambda: sum(k + i for i in range(n))
    return f()


print(closure(5, 2), closure(5, 2.5))
old = sum


def sum(x): return "mine", list(x)
print(squares(3))


sum = old
print(squares(4))


def many(n):
    return [sum(i for i in range(k)) for k in range(n)]


print(many(6))


def above(xs, k):
    return sum(x > k for x in xs)


def vowels(text):
    return sum(c in "aeiou" for c in text)


class Odd:
    """Compares to what is no bool."""
    def __init__(self, answer): self.answer = answer
    def __gt__(self, k): return self.answer


for k in range(3):
    print(above([1, 2, 3], 1), above([1.5, 2], 1), above([], 0), vowels("a compiler"), vowels(""))
print(above([Odd(True), Odd(3), Odd(2.5), Odd(10**30), Odd(False)], 0), above(range(10**5), 10))
try:
    above([Odd(True), Odd("x")], 0)
except TypeError as e:
    print(e)
