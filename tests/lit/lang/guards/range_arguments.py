# Arguments of range() that a counted loop does not expect.
import builtins


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        print("__index__", self.value)
        return self.value


def loop(*bounds):
    out = []
    if len(bounds) == 1:
        for i in range(bounds[0]):
            out.append(i)
            if len(out) > 3:
                break
    elif len(bounds) == 2:
        for i in range(bounds[0], bounds[1]):
            out.append(i)
            if len(out) > 3:
                break
    else:
        for i in range(bounds[0], bounds[1], bounds[2]):
            out.append(i)
            if len(out) > 3:
                break
    return out, type(out[0]) if out else None


big = 2**48
for bounds in [(3,), (True,), (False,), (-5,), (2**100,), (0, True), (True, 3), (False, 5, True),
               (Index(2),), (Index(1), Index(6), Index(2)), (5, 0, -2), (5, 0), (0, 5, -1),
               (big - 2, big + 2), (big, big + 3), (-big - 2, -big + 1), (big + 2, big - 3, -1),
               (2**63 - 2, 2**63 + 5), (-2**63 - 1, -2**63 + 2), (0, 2**64, 2**62),
               (0, -2**64, -2**62), (2**100, 0, -2**99), (0, big - 1, big // 2),
               (-big, big - 1, big - 1), (0, 10, big - 1), (10, 0, -big),
               (1.0,), ("3",), (None,), (0, 2.5), (0, 5, 0), (0, 5, False), (0, 5, 1.0), (5, 5, 5)]:
    try:
        print(bounds if not hasattr(bounds[0], "value") else "indexes", *loop(*bounds))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def changing(bounds):
    total = 0
    for stop in bounds:
        for i in range(stop):
            total += i
    return total


print(changing([10, 20, True, 3]))
try:
    print(changing([10, 20, 3.0]))
except TypeError as error:
    print(error)


def steps(values):
    for step in values:
        try:
            print([i for i in range(0, 10, step)])
            for i in range(0, 10, step):
                print(i, end=" ")
            print()
        except ValueError as error:
            print(error)


steps([3, -3, 0, 7, True, 100])


def bounds_rebound(n):
    total = 0
    step = 1
    for i in range(0, n, step):
        n = 3
        step = 50
        total += i
    return total, n, step, i


print(bounds_rebound(100))


class Subclass:
    def __new__(cls, n):
        return iter("abc")


def replaced(rounds):
    out = []
    for i in range(rounds):
        if i == 1:
            builtins.range = Subclass
        if i == 2:
            builtins.range = range_before
        for j in range(2):
            out.append(j)
    return out


range_before = range
print(replaced(4))
try:
    class Range(range):
        pass
except TypeError as error:
    print(error)
