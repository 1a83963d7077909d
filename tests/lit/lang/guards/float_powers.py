# Powers of floats are the C library's to the last bit, which x * x is not always.
import math


def square(x):
    return x ** 2


def power(x, y):
    return x**y


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def compare(count):
    wrong = differs = 0
    state = 12345
    for k in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        x = (state / 65536.0 - 16384.0) * (1.0 + k * 1e-7)
        wrong += square(x) != math.pow(x, 2.0)
        wrong += power(x, 2.0) != math.pow(x, 2.0)
        wrong += power(x, 3.0) != math.pow(x, 3.0)
        differs += square(x) != x * x
    return wrong, differs > 0


print(compare(40000))
for x in (0.0, -0.0, 1e-200, 1e-160, 1e160, -3.5, float("inf"), float("nan"), 5e-324):
    print(attempt(square, x), attempt(power, x, -1.0), attempt(power, x, 0.5), attempt(power, x, 0.0))
print(square(3), square(True), power(2, -2), power(-8.0, 1.5).real < 1e9, power(2.0, 10))
