# Loops that call functions which only compute with numbers keep what they know of lists. That such
# a function is called is tested; it may leave in the middle, or raise.
import sys


def weight(i, j):
    k = i + j
    return 1.0 / (k * (k + 1) / 2 + i + 1)


def dot(xs, i):
    s = 0.0
    for j in range(len(xs)):
        s += weight(i, j) * xs[j]
    return s


def summed(xs, i):
    return sum(weight(i, j) * xs[j] for j in range(len(xs)))


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


xs = [k / 4 for k in range(40)]
for i in range(30):
    dot(xs, i), summed(xs, i)
print(dot(xs, 3), summed(xs, 3))
# Ints that need more than 64 bits in the middle; zero divisors; other types.
print(dot(xs, 2**40), summed(xs, 2**40), dot([1.0], 2**70), summed([1.0], 2**70))
print(attempt(dot, xs, -1), attempt(summed, xs, -1), attempt(dot, [1.0, 2.0], -2))
print(attempt(dot, xs, "a"), attempt(summed, xs, None), attempt(dot, [1, 2.5, True], 1))


def modulus(x, m):
    return (x * 31 + 7) % m


def buckets(counts, values, m):
    for v in values:
        counts[modulus(v, m)] += 1
    return counts


print([buckets([0] * 7, range(40), 7) for _ in range(20)][-1])
print(attempt(buckets, [0] * 7, range(10), 9), attempt(buckets, [0] * 7, [1, 2], 0))
print(buckets([0] * 7, [2**60, 2**61, 2**62, -(2**63), 5], 7))


class Key:
    def __init__(self, counts):
        self.counts = counts

    def __mul__(self, other):
        self.counts.clear()
        self.counts.extend(["a", "b", "c"])
        return 3


counts = [0] * 7
print(attempt(buckets, counts, [1, 2, Key(counts), 4], 7), counts)

# The global becomes another function, in the middle of the loop.
plain = weight


def shrinking(i, j):
    del xs[4:]
    return 2.0


def replacing(i, j):
    xs[:] = ["x"] * len(xs)
    return 1.5


class Switch(list):
    def __getitem__(self, k):
        global weight
        if k == 5:
            weight = self.other
        return list.__getitem__(self, k)


def mixed(i, switch):
    s = 0.0
    for j in range(10):
        s += switch[j] + weight(i, j) * xs[j]
    return s


for other in (shrinking, replacing, float.__add__, None, lambda i, j: 0.25, lambda i: 1.0):
    for f in (dot, summed):
        xs = [k / 4 for k in range(40)]
        weight = other
        print(attempt(f, xs, 3), len(xs), end=" ")
    weight = plain
    xs = [k / 4 for k in range(40)]
    switch = Switch([1.0] * 10)
    for _ in range(3):
        mixed(1, [1.0] * 10)
    switch.other = other
    print(attempt(mixed, 1, switch), len(xs))
    weight = plain


# What the function refers to goes away while it is called.
def forgetful(n):
    def local(x):
        return x * 3 % 11

    total = 0
    for i in range(n):
        total += local(i)
        if i == n - 2:
            local = lambda x: x
    return total


print([forgetful(n) for n in range(2, 30, 5)])
print(sys.getrefcount(weight) < 20)
