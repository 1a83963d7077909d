# Variables of inner loops are unbound at first: whether they are is known where native code is left.
import sys


def agrees(result, expected):
    """Calls that go on in native code show no variables."""
    return result in ([], expected)


def show(results, expected):
    print(all(map(agrees, results, expected)) or results)


def variables(names=("i", "j", "k")):
    found = sys._getframe(1).f_locals
    return [(name, found[name]) for name in names if name in found]


def run(rows, columns, leave):
    total = 0
    for i in range(rows):
        if i == leave:
            total = (total + 1) << 61
            total += total + total + total  # leaves
            return variables()
        for j in range(columns):
            total += 1
            for k in range(j):
                total += k
    return "stayed"


for leave in (0, 1, 2):
    show([run(3, columns, leave) for columns in (0, 1, 2, 3)],
         [[("i", leave), ("j", columns - 1), ("k", columns - 2)][:1 + columns if leave else 1]
          for columns in (0, 1, 2, 3)])
print(run(3, 3, 3))


def deleted(n, leave):
    total = 0
    for i in range(n):
        for j in range(i):
            total += j
        if i == leave:
            total = (total + 1) << 61
            total += total + total + total
            return variables()
        if i > 1:
            del j
            j = i * 10
    return "stayed", total


show([deleted(5, leave) for leave in range(6)],
     [[("i", 0)], [("i", 1), ("j", 0)], [("i", 2), ("j", 1)], [("i", 3), ("j", 2)], [("i", 4), ("j", 3)],
      ("stayed", 10)])


def rebound(n, leave):
    total = 0
    for i in range(n):
        for j in range(2):
            total += i
        if i == 1:
            j = "text"
        if i == 2:
            j = 2**60
        if i == leave:
            total = (total + 1) << 61
            total += total + total + total
            return variables()
    return "stayed", total


show([rebound(5, leave) for leave in range(6)],
     [[("i", 0), ("j", 1)], [("i", 1), ("j", "text")], [("i", 2), ("j", 2**60)], [("i", 3), ("j", 1)],
      [("i", 4), ("j", 1)], ("stayed", 20)])


def swallowed(n):
    total = 0
    for i in range(n):
        try:
            for j in range(i):
                total += 10 // (j - 1)
        except ZeroDivisionError:
            total += 1
    total = (total * total + 1) << 60
    total += total * 15
    return variables(), total


for n, names, total in [(0, [], 18446744073709551616), (1, [("i", 0)], 18446744073709551616),
                        (2, [("i", 1), ("j", 0)], 1863121151444664713216),
                        (4, [("i", 3), ("j", 1)], 14480694097861998018560)]:
    found, computed = swallowed(n)
    print(agrees(found, names), computed == total)


def generate(n):
    for i in range(n):
        for j in range(i):
            yield i * j


print(list(generate(4)))


def late(n):
    for i in range(n):
        for j in range(i):
            pass
    try:
        return j
    except UnboundLocalError as error:
        return str(error)


print(late(0), late(1), late(3))


# Floats and bools that inner loops make.
def floats(rows, columns, leave):
    total = 0
    for i in range(rows):
        if i == leave:
            total = (total + 1) << 61
            total += total + total + total  # leaves
            return variables(("x", "y", "small"))
        for j in range(columns):
            x = j * 0.5
            small = x < 1.0
            if not small:
                y = x / (j - 1)
            total += 1
    try:
        return "stayed", x, small, y
    except UnboundLocalError as error:
        return str(error)


show([floats(2, columns, 0) for columns in (0, 1, 2)], [[], [], []])
show([floats(2, columns, 1) for columns in (0, 1, 2, 3, 4)],
     [[], [("x", 0.0), ("small", True)], [("x", 0.5), ("small", True)], [("x", 1.0), ("y", 1.0), ("small", False)],
      [("x", 1.5), ("y", 0.75), ("small", False)]])
print([floats(2, columns, 2) for columns in (0, 1, 2, 3, 4)])


def deleted_floats(values):
    out = []
    for v in values:
        for k in range(3):
            x = v + k
        out.append(x)
        if v > 2.0:
            del x
            x = "text" if v > 5.0 else v
        if v > 7.0:
            del x
            try:
                print(x)
            except UnboundLocalError as error:
                out.append(str(error))
    return out


print(deleted_floats([0.5, 1.5, 2.5, 6.5, 7.5, 1.0, float("nan")]))
print(deleted_floats([0.5, 1.5, 2, 2.5]))
