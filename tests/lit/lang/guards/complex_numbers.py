# Complex numbers whose parts are in registers: in loops, parameters, items and attributes, left in
# the middle of a step for NaN, infinities, other types and errors.
import sys

INF = float("inf")
NAN = float("nan")


def escapes(c, limit):
    z = 0
    for i in range(limit):
        z = z * z + c
        if abs(z) > 2:
            return i, z
    return limit, z


def power(c, limit):
    z = 0j
    for i in range(limit):
        z = z**2 + c
        if z.real * z.real + z.imag * z.imag > 4.0:
            return i
    return z


def squares(values):
    return [value**2 - value for value in values]


def polynomial(x, factors):
    result = 0
    for factor in factors:
        result = result * x + factor
    return result


def divided(values, by):
    total = 0j
    for value in values:
        total += value / by - by / value + 1.5 / value - value / 2 + 3 / value
    return total


class Wave:
    def __init__(self, start, turn):
        self.now = start
        self.turn = turn

    def step(self, count):
        for k in range(count):
            self.now *= self.turn
            if self.now == 1:
                self.now = -self.now
        return self.now


def butterfly(even, odd, turn):
    out = [0] * (2 * len(even))
    w = 1 + 0j
    for k in range(len(even)):
        t = w * odd[k]
        out[k] = even[k] + t
        out[k + len(even)] = even[k] - t
        w *= turn
    return out


def signs(z):
    a, b = -z, +z
    return a, b, not z, a == b, z != 1.0, z == z.real, bool(a * 0.0)


def made(real, imag):
    z = complex(real, imag) * complex(imag)
    return z, z.real, z.imag


def last(values):
    for value in values:
        found = value * 2 - 1
        if found.imag < -1e9:
            continue
    pair = found, value
    return found, pair


def items(values):
    seen = {}
    for value in values:
        seen[value * 1j, value] = value - 1j
        if (value * 1j, value) not in seen:
            raise KeyError(value)
    return len(seen), sum(seen.values())


def stepping(start):
    z = start
    for _ in range(3):
        z = z * 1j + 1
        yield z


class Flexible(complex):
    def __mul__(self, other):
        return "flexible"


class Raising:
    def __rmul__(self, other):
        raise ValueError(other)


def report(kind, work):
    try:
        print(kind, work())
    except Exception as error:
        print(kind, type(error).__name__, error)


def main(count):
    for k in range(count):
        result = escapes(complex(-0.5 + k % 7 / 10, 0.25), 30), escapes(1 + 1j, 9)
    print(result)
    for k in range(count):
        result = power(complex(-0.25, k % 5 / 10), 20), polynomial(0.5 + 1j, [1, 2j, 3.5, -1 - 1j])
    print(result, squares([0.5j, 1 - 1j]))
    for k in range(count):
        result = squares([complex(k, -0.0), 1j]), divided([1 + 2j, 3 - 1j, -2.5 + 0.5j], 0.5 - 3j), signs(complex(k, -k))
    print(result)
    for k in range(count):
        wave = Wave(1j, 0.6 + 0.8j)
        result = wave.step(10), butterfly([1 + 1j, 2j], [3 - 1j, k + 0j], 1j)
    print(result)
    for k in range(count):
        result = made(k / 2, 3), made(1, 2.5), last([1j, k + 2j]), items([1 + 2j, 3j])
    print(result)
    for k in range(count):
        result = list(stepping(1 - 1j)), max(abs(z) for z in (1 + 1j, k * 1j))
    print(result)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

# What no profile of the calls above saw.
report("int", lambda: escapes(1, 5))
report("float", lambda: escapes(-0.75, 50))
report("wild", lambda: escapes(1e200 + 1e200j, 5))
report("infinite", lambda: escapes(complex(INF, 1), 5))
report("nan", lambda: escapes(complex(NAN, 1), 5))
report("nans", lambda: escapes(complex(1, NAN), 2))
report("subclass", lambda: escapes(Flexible(0.1, 0.2), 3))
report("text", lambda: escapes("c", 3))
report("power", lambda: power(1e160 + 1e160j, 3))
report("power", lambda: power(-2, 3))
report("power", lambda: power(complex(-0.0, 0.0), 3))
report("squares", lambda: squares([1j, 1e200 + 1j]))
report("squares", lambda: squares([1j, complex(INF, 1)]))
report("squares", lambda: squares([complex(-0.0, 0.0), complex(0.0, -0.0), complex(-1.0, -0.0), 3, 1.5]))
report("polynomial", lambda: polynomial(1j, [1, "a"]))
report("polynomial", lambda: polynomial(1j, [1 << 70, 2j, 1 << 2000]))
report("polynomial", lambda: polynomial(1j, [1j, Raising()]))
report("polynomial", lambda: polynomial(Raising(), [1j, 2j]))
report("polynomial", lambda: polynomial(INF, [1j, 2j]))
report("polynomial", lambda: polynomial(True, [1j, False]))
report("zero", lambda: divided([1j, 0j], 1j))
report("zero", lambda: divided([1j, 2j], 0j))
report("zero", lambda: divided([1j, 2j], 0))
report("infinite", lambda: divided([1 + 1j, complex(INF, 2)], 2 - 1j))
report("infinite", lambda: divided([1 + 1j], complex(INF, INF)))
report("tiny", lambda: divided([5e-324 + 5e-324j], 5e-324j))
report("wave", lambda: Wave(1 + 0j, 1j).step(9))
report("wave", lambda: Wave(2, 1j).step(9))
report("wave", lambda: Wave(1e300, 1e300j).step(2))
report("wave", lambda: Wave(Flexible(2), 1j).step(2))
report("butterfly", lambda: butterfly([1, 2.5], [3, 4], 1))
report("butterfly", lambda: butterfly([1j, 2j], [3j, None], 1j))
report("butterfly", lambda: butterfly([complex(INF, 0)], [complex(INF, 0)], 1j))
report("signs", lambda: [signs(z) for z in (0j, complex(-0.0, -0.0), 1, True, 2.5, complex(NAN, 0), complex(0, INF))])
report("made", lambda: [made(NAN, 1), made(1 << 60, -0.0)])
report("made", lambda: made("1", 2))
report("made", lambda: made(1 << 2000, 2))
report("last", lambda: last([]))
report("last", lambda: last([1j, 2]))
report("last", lambda: last([1j, None]))
report("items", lambda: items([1j, "b"]))
nan = complex(NAN, NAN)
report("items", lambda: items([nan, nan]))
report("stepping", lambda: [list(stepping(z)) for z in (1, 2.5, complex(INF, INF), True)])
report("stepping", lambda: list(stepping([])))
complex = lambda real, imag=0: "rebound"
report("rebound", lambda: made(1.0, 2.0))
abs = lambda z: 3 if z != 0 else 0
report("rebound", lambda: escapes(1j, 4))
