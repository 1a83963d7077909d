# Each operator on two machine ints at the edges: small ints have 49 bits, registers 64.
edges = [0, 1, 2, 3, 7, 47, 48, 62, 63, 64, 65]
for bits in (31, 32, 47, 48, 49, 53, 62, 63, 64):
    edges += [2**bits - 1, 2**bits, 2**bits + 1]
edges += [-x for x in edges if x]


def power_of_two(n):
    x = 1
    for i in range(n):
        x += x
    return x


def typed(n, d):
    """The number as a local that is known to be an int, for every operator."""
    x = 1
    for i in range(n):
        x += x
    y = 1
    for i in range(d):
        y += y
    a = x - 1
    b = 1 - y
    print(x + y, x - y, x * y, x // y, x % y, a // b if b else None, a % b if b else None)
    print(a * b, a & b, a | b, a ^ b, ~a, -b, a < b, a == x - 1, y // x, y % x, b // x, b % x)
    print(x / y, a / y, y / x, b / x, b / 3)
    if d < 8:
        print(x << d, b << d, x >> d, b >> d, 3**d, b**d)


for n in (0, 31, 46, 47, 48, 49, 61, 62, 63, 64):
    for d in (0, 3, 47, 48, 62, 63):
        typed(n, d)

checksum = 0
for a in edges:
    for b in edges:
        for result in (a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b):
            checksum = (checksum * 31 + result) % 1000000007
        if b:
            for result in (a // b, a % b):
                checksum = (checksum * 31 + result) % 1000000007
        if 0 <= b < 70:
            for result in (a << b, a >> b, a**b):
                checksum = (checksum * 31 + result) % 1000000007
print(checksum)
