# Annotations are hints: each is a lie at some point of a hot loop.
def square(n: int) -> int:
    return n * n


def scale(x: float, factor: float) -> float:
    return x * factor + 1


def total(items: list[int], count: int) -> int:
    result: int = 0
    for i in range(count):
        result += items[i]
    return result


def halved(items: list[float]):
    for i in range(len(items)):
        items[i] = items[i] / 2
    return items


def measured(value) -> float:
    half: float = value / 2
    other: int = value
    return half * 2 + other * other


def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Number:
    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        return f"{self.value}*{getattr(other, 'value', other)}"

    def __add__(self, other):
        return Number(f"{self.value}+{other}")

    def __truediv__(self, other):
        return self

    def __repr__(self):
        return f"Number({self.value})"


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def sums(values):
    # calls of functions of the module, with what they do and do not expect
    result = 0
    for value in values:
        result = result + square(value)
    return result


print(sums(range(1000)), sums([1, 2.5, True, 10**10, 10**30]))
for value in [3, 2.5, True, 10**20, Number("n"), [1], "text", None, 1j]:
    print(attempt(square, value), attempt(scale, value, 2.0), attempt(scale, 2.0, value), attempt(measured, value))
print(sum(scale(i, 0.5) for i in range(1000)), sum(scale(float(i), 0.5) for i in range(1000)))
for items in [[1, 2, 3], [1.5, 2, 3], [True, False, 4], (1, 2, 3), range(3), {0: 7, 1: 8, 2: 9}, "abc",
              [2**63, 1, 2], [Number(1), 2, 3], bytes(3), [1, 2]]:
    print(attempt(total, items, 3))
for items in [[1.0, 2.0], [1, 2], [1.5, 2, True], {0: 1, 1: 3}, [Number(1), 2.0], (1.0,), ["a"]]:
    print(attempt(halved, items))
print(fib(20), attempt(fib, 10.0), attempt(fib, True), attempt(fib, "x"))
print(square.__annotations__, total.__code__.co_flags, measured.__code__.co_flags)

normal = square


def square(n: int) -> int:
    return "redefined" * n


print(normal(5), attempt(square, 2))
globals()["fib"] = lambda n: n + 0.5
print(fib(10))
values = [square, scale]
scale = lambda x, factor: (x, factor)
print(scale(1, 2), values[1](1.0, 2.0))
