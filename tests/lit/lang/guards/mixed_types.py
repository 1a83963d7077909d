# A local that is an int, then a float, a bool, a big int, a string, in the middle of a loop.
def mixed(rounds):
    x = 0
    out = []
    for i in range(rounds):
        if i == 3:
            x = 1.5
        elif i == 5:
            x = True
        elif i == 7:
            x = 2**64
        elif i == 9:
            x = "s"
        x = x + x
        out.append(x)
    return out


def float_int(rounds):
    x = 1.0
    n = 3
    for i in range(rounds):
        x = x * n + i
        n = n + 1
        x = x / 2
    return x, x // n, x % n, n / 4, n // 2.0, n % 2.5, -x, +x, x > n, n >= x, x == n, n - x, 2**-n


def big_as_float(n):
    x = 1
    for i in range(n):
        x += x
    big = x + 1
    return big + 0.5, big * 1.0, big - 0.25, 0.5 + big, big > float(x), big == float(x), big / 1.0


def bools(rounds):
    flag = False
    count = 0
    for i in range(rounds):
        flag = not flag
        count += flag
        if flag and i > 3:
            flag = i % 2 == 0
    return flag, count, flag + flag, -flag, ~count, flag is True, flag & True, type(flag & flag)


def nan_and_zero(rounds):
    zero = 0.0
    infinity = 1e308
    for i in range(rounds):
        zero = -zero
        infinity = infinity * 10.0
    nan = infinity - infinity
    seen = []
    for x in (zero, infinity, -infinity, nan):
        for y in (zero, -zero, infinity, nan, 1):
            seen.append((x < y, x <= y, x == y, x != y, x > y, x >= y, bool(x)))
    return zero, infinity, nan, nan != nan, nan is nan, not nan, sum(map(sum, seen))


def truth(rounds):
    n = 5
    x = 2.0
    out = ""
    for i in range(rounds):
        out += "n" if n else "-"
        out += "x" if x else "-"
        n -= 1
        x -= 0.5
        if not n:
            out += "!"
    return out


def integral(rounds):
    total = 0
    x = 0.0
    for i in range(rounds):
        x += 0.1
        total += x > 0.5
        total += (x // 0.3) != 0
    return x, total, round(x % 0.3, 12), divmod(x, 0.25)


print(mixed(12))
print(float_int(10))
print(big_as_float(52), big_as_float(53), big_as_float(54), big_as_float(62), big_as_float(63))
print(bools(9))
print(nan_and_zero(3), nan_and_zero(4))
print(truth(8))
print(integral(20))
