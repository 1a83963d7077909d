# Sums of lists: a left operand that nobody else has becomes the sum.
def gen(n):
    base = [1, 2, 3]
    for i in range(n):
        x = [i] + base
        y = x + [i + 0.5]
        z = y
        w = y + ["s"] + x
        yield x, y, z, w, z is y
        base = base[:2] + [i]
    try:
        yield [1] + base + None
    except TypeError as error:
        yield str(error), base


def plain(n):
    out = []
    acc = [0]
    for i in range(n):
        acc = acc + [i]
        other = acc
        acc = acc + acc[-2:]
        if len(acc) > 12:
            acc = acc[3:] + acc[:2]
        out.append((other, list(acc)))
    return out[-3:]


class L(list):
    pass


print(list(gen(5)))
print(plain(60))
a = L([1])
b = a + [2]
print(type(b), a, b, (L([3]) + [4]), [5] + L([6]), type([5] + L([6])))
x = [1, 2]
it = iter(x)
next(it)
x = x + [3]
print(list(it), x)


def doubled(x):
    x = x + x
    return x


print(doubled([1, 2]), doubled([1.5]), doubled(["a"]))


def nested(k):
    return [k] if k == 0 else nested(k - 1) + [k] + nested(k - 1)


print(nested(4))
