# Ints whose bounds are known are computed without tests: at the edges of what is known, results are
# still right.
import sys

BIG = 2**48


def sums(n, k):
    total = 0
    for i in range(n):
        total += i + k
        total -= k
    return total


print(sums(10, 1), sums(10, BIG - 1), sums(10, -BIG), sums(3, BIG), sums(3, 2**62), sums(3, -2**63), sums(3, 2**63))


def products(n, k):
    out = []
    for i in range(n):
        out.append((i * k) * (i + k))
    return out[-2:]


print(products(5, 3), products(5, BIG - 1), products(5, -BIG), products(70000, 70000), products(3, 2**62))


def divided(numbers, d):
    out = []
    for x in numbers:
        if x >= 0:
            out.append((x // d, x % d))
        else:
            out.append((x // d, x % d, -x // d))
    return out


print(divided([0, 1, 7, -1, -7, BIG - 1, -BIG], 2))
print(divided([0, 1, 7, -1, -7, BIG, -BIG], 3), divided([5, -5], -3))
try:
    divided([1], 0)
except ZeroDivisionError as error:
    print(error)


def compared(x, low, high):
    if low <= x < high:
        return x - low, high - x, x + 1, x * 2
    if x > high:
        return x - 1, x - high
    if not x >= low:
        return x + 1, low - x
    return x


for x in (5, 0, -1, 10, 11, BIG - 1, -BIG, 2**62, 2**63 - 1, -2**63, 2**63):
    print(compared(x, 0, 10), compared(x, -2**63, 2**63 - 1))


def countdown(n):
    if n < 2:
        return 1
    return countdown(n - 1) + countdown(n - 2)


print(countdown(15), countdown(-2**63), countdown(True))


def deep(n, limit):
    if n > limit:
        return n
    return deep(n + n + 1, limit)


print(deep(1, 100), deep(1, 2**47), deep(3, 2**62), deep(2, 2**70), deep(-BIG, -BIG - 1), deep(1, 2**100))


def shifts(n, s):
    out = 0
    for i in range(n):
        out ^= (i << s) | (i >> 1) & 0xFF
    return out


print(shifts(100, 3), shifts(100, 50), shifts(10, 62), shifts(10, 100))


def growing(n):
    a, b = 1, 1
    for i in range(n):
        a, b = b, a + b
    return a, a % 1000, a // 3


print(growing(30), growing(70), growing(90), growing(95), growing(200))


def down(start, stop, step):
    out = []
    for i in range(start, stop, step):
        out.append(i - 1)
        if len(out) == 3:
            break
    return out


print(down(BIG - 1, -BIG, -BIG), down(-BIG, BIG - 1, BIG - 1), down(2**62, 0, -2**61), down(-2**63, 2**63 - 1, 2**62))


def nested(n):
    count = 0
    for i in range(n):
        for j in range(i, n):
            if (i + j) % 3 == 0 and j - i < 5:
                count += i * j - (j // 2)
    return count


print(nested(60))


def while_loop(limit):
    i = 0
    steps = 0
    while i < limit:
        i += i // 2 + 1
        steps += 1
    return i, steps


print(while_loop(1000), while_loop(2**48), while_loop(2**62), while_loop(2**63), while_loop(2**80))
print(sys.maxsize)
