# Numbers that native code keeps in registers leave 48 and 64 bits in the middle of a loop.
def add(start, rounds):
    x = 0
    for i in range(rounds):
        x = x + 4611686018427387904 if i > 3 else start + x
    return x


def doubled(rounds):
    x = 1
    for i in range(rounds):
        x += x
    return x


def tripled(rounds):
    x = 1
    for i in range(rounds):
        x *= -3
    return x


def fallen(rounds):
    x = 0
    for i in range(rounds):
        x -= 9007199254740993
    return x


def crossing():
    out = []
    for shift in (47, 48, 62, 63, 64):
        x = 1
        n = 0
        while n < shift:
            x = x + x
            n += 1
        out.append((x, -x, ~x, x - 1, x + 1, -x - 1, x // -1, -x // -1, x % 7, -x % 7, -x % -1))
    return out


def powers():
    x = 3
    out = []
    for i in range(60):
        y = 1
        for j in range(i):
            y = y * x
        out.append(y == x**i)
        if i > 0 and y != x**i:
            print("wrong at", i)
    return all(out), y, (-3) ** 41, 2**63, (-2) ** 63, 2**62


def shifted(rounds):
    x = 1
    last = 0
    for i in range(rounds):
        x = x << 1
        last = -x << 2
    return x, last, x >> 3, last >> 200, -1 >> 63, -1 >> 64, 1 >> 10000


def negated():
    x = -1
    for i in range(70):
        x = -x * 2 if x < 0 else -x * 2
    y = -1
    while y > -9223372036854775808:
        y = y * 2
    return x, y, -y, -(-y), abs(y), y // -1, y % -1, y - 1, ~y


def factorial(n):
    f = 1
    for i in range(1, n + 1):
        f *= i
    return f


def fibonacci(n):
    a = 0
    b = 1
    for i in range(n):
        a, b = b, a + b
    return a


print(add(1, 10))
print([doubled(n) for n in (46, 47, 48, 49, 61, 62, 63, 64, 65)])
print([tripled(n) for n in (29, 30, 31, 39, 40, 41)])
print([fallen(n) for n in (15, 16, 1023, 1024, 1025)])
for row in crossing():
    print(row)
print(powers())
print(shifted(46), shifted(47), shifted(48), shifted(62), shifted(63), shifted(70))
print(negated())
print(factorial(14), factorial(20), factorial(21), factorial(30))
print([fibonacci(n) for n in (70, 71, 92, 93, 94, 100)])
