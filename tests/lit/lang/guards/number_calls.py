# abs, min, max, float, int, len and math.sqrt of numbers in registers: other arguments, other
# functions of these names, and results that registers do not hold.
import math
from math import sqrt

INF = float("inf")
NAN = float("nan")


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def distance(a, b):
    return abs(a - b)


def least(a, b, c):
    return min(a, b, c) + 0


def most(a, b):
    return max(a, b) + 0


def whole(x):
    return int(x) + 1


def real(n):
    return float(n) * 2


def root(x):
    return sqrt(x) + math.sqrt(x)


def below(x, n):
    return x < n, x == n, n >= x


def size(xs):
    n = 0
    while n < len(xs):
        xs[n] += 1
        n += 1
    return n


for k in range(300):
    distance(k, 2), least(k, 3, 4), most(1.5 * k, 2.5), whole(k * 1.5), real(k), root(k * 1.0)
    below(k * 1.5, k), size([1, 2, 3])
print(distance(3, 5), distance(-(1 << 62), 1 << 62), distance(1 << 70, 0), distance(1.5, 2))
print(attempt(distance, "a", 1), distance(True, 3), distance(2 + 4j, 5))
print(least(3, 2, 2.0), least(2.0, 2, 3), least(1 << 80, 2, 5), attempt(least, 1, "a", 2))
print(most(1.0, NAN), most(NAN, 1.0), most(-0.0, 0.0), most(0.0, -0.0), most(2, True), most(1, 1.0))
print(whole(2.9), whole(-2.9), whole(1e300), attempt(whole, NAN), attempt(whole, INF), whole("41"))
print(whole(2.0**61), whole(2.0**62), whole(-(2.0**63)), whole(True))
print(real(5), real((1 << 53) + 1), attempt(real, 1 << 2000), real("1.5"), real(1 << 62))
print(root(16.0), root(-0.0), attempt(root, -1.0), root(INF), root(NAN), root(4), attempt(root, "4"))
print(below(2.0**53, (1 << 53) + 1), below(NAN, 1), below(INF, 1 << 70), below(1 << 60, 2.0**60))
print(below("a", "b"), attempt(below, "a", 1), below(True, 1.0))
print(size([]), size([1.5]), attempt(size, "ab"), attempt(size, None), attempt(size, [1, "b"]))


class Sized(list):
    def __len__(self):
        return 1


print(size(Sized([1, 2, 3])))


# Bools count as ints.
def tally(xs, limit):
    n = 0
    for x in xs:
        n += x > limit
        n = n * 2 - (x == limit) + (True & (x < 2)) + (not x)
    return n


print(tally([1, 2, 3], 1), tally([0.5, 2.5], 2.5), tally([1 << 70], 3), attempt(tally, ["a"], 1))


# The names mean something else from the middle on.
def sums(n):
    s = 0
    for k in range(n):
        if k == n - 3:
            globals()["abs"] = lambda x: x * 100
            globals()["max"] = lambda *xs: len(xs)
            globals()["sqrt"] = math.cos
        s += abs(-k) + max(k, 2, 1) + sqrt(k * 1.0)
    return s


print(f"{sums(300):.6f}")
del abs, max
sqrt = math.sqrt
print(f"{sums(50):.6f}")


# What is indexed before its length is asked for.
def capitals(words):
    return sum(len(w) for w in words if w[0].isupper())


print(capitals(["Ab", "cd", "Efg"] * 20), capitals([["A"]]), attempt(capitals, ["a", ""]), attempt(capitals, [5]))
