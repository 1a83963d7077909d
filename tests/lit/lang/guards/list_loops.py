# Loops over lists that were always lists of numbers.
def total(xs):
    s = 0
    for x in xs:
        s += x
    return s


def lengths(xs):
    n = 0
    for x in xs:
        if x:
            n += 1
    return n


def names(xs):
    seen = []
    for x in xs:
        seen.append(x)
    return seen


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for k in range(200):
    total([k, k + 1, 3]), lengths([True, False, k > 3]), names([1.5, k * 0.5])
print(total([1.5, 2.5]), total([1, 2.5, 3]), total([1 << 60, 1 << 60, -1]), total([True, True]))
print(total((1, 2)), total({3: 4, 5: 6}), total(range(4)), attempt(total, ["a"]), attempt(total, 3))
print(lengths(["", "a"]), lengths([0, 1, 2]), lengths("abc"), attempt(lengths, None))
print(names([1, 2]), names(["x"]), names([]), names(iter([0.5, 1.5])), names([2.5, None]))


class Odd(list):
    def __iter__(self):
        return iter([9, 9])


class Plain(list):
    def __del__(self):
        print("gone", len(self))


print(total(Odd([1, 2])), total(Plain([1, 2, 3])), total(Plain()))
cleared = ["a", "b"]
cleared.clear()
print(total(cleared), names(cleared))


# The list changes while the loop runs.
def growing(xs, limit):
    n = 0
    for x in xs:
        n += x
        if len(xs) < limit:
            xs.append(x + 1)
    return n


def turning(xs):
    s = 0
    for x in xs:
        s += x
        if x == 2:
            xs[3] = 7.5
        if x == 7.5:
            xs.append("end")
    return s


def shrinking(xs):
    s = 0
    for x in xs:
        s += x
        if x % 2:
            xs.pop()
    return s


for _ in range(50):
    growing([1, 2, 3], 6), turning([1, 3, 4, 5]), shrinking([2, 4])
print(growing([1], 10), attempt(turning, [1, 2, 3, 4, 5]), shrinking(list(range(10))))


# An iterator that others hold stays at its end.
def drain(it):
    s = 0
    for x in it:
        s += x
    return s


base = [1, 2, 3]
held = iter(base)
for _ in range(50):
    drain([1, 2])
print(drain(held), base.append(4), drain(held), next(held, "ended"))


# A generator's loop, whose step would have a handler if it could raise.
def primes():
    found = []
    n = 2
    while True:
        for p in found:
            if p * p > n:
                found.append(n)
                yield n
                break
            if n % p == 0:
                break
        else:
            found.append(n)
            yield n
        n += 1


def sum_of_primes(source, most):
    total = 0
    for p in source:
        if p > most:
            return total
        total += p


print(sum_of_primes(primes(), 3000))
