# Lists change how they store their items, and their length, while native code walks them.
def walk(items, change):
    out = []
    for item in items:
        out.append(item)
        if len(out) == 2:
            change(items)
        if len(out) > 8:
            break
    return out


def make_float(items):
    items[3] = 3.5


def make_object(items):
    items[2] = "two"


def make_big(items):
    items[2] = 2**60


def grow(items):
    items.extend([7, 8.5])


def shrink(items):
    del items[1:4]


def clear(items):
    items.clear()


def reverse(items):
    items.reverse()


def replace(items):
    items[:] = ["a", "b", "c"]


for change in (make_float, make_object, make_big, grow, shrink, clear, reverse, replace):
    print(change.__name__, walk([0, 1, 2, 3, 4], change), walk([0.5, 1.5, 2.5, 3.5], change),
          walk(["a", "b", "c", "d"], change), walk([True, False, True, False, True], change))


def indexed(items, change):
    total = []
    for i in range(len(items)):
        if i == 2:
            change(items)
        total.append(items[i])
        items[i] = items[-1]
    return total, items


for change in (make_float, make_object, make_big, grow, reverse):
    print(change.__name__, indexed([0, 1, 2, 3, 4], change), indexed([0.5, 1.5, 2.5, 3.5], change),
          indexed([True, False, False, True, True], change))
for change in (shrink, clear, replace):
    for items in ([0, 1, 2, 3, 4], [0.5, 1.5, 2.5, 3.5, 4.5], list("abcde"), [False] * 5):
        try:
            print(indexed(items, change))
        except IndexError as error:
            print(change.__name__, error, items)


def stored(values):
    items = [0] * len(values)
    for i in range(len(values)):
        items[i] = values[i]
        items[-1 - i] = items[i]
    return items


print(stored([1, 2, 3, 4]), stored([1, 2.5, 3, 4]), stored([True, False, 1, 2]),
      stored([1, None, 2**50, 2**63]), stored([1.0, 2, float("inf"), -0.0]))


def bounds(items, n):
    out = []
    for i in range(-n, n):
        try:
            out.append(items[i])
        except IndexError as error:
            out.append(str(error))
        try:
            items[i] = i
        except (IndexError, TypeError) as error:
            out.append(str(error))
    return out


for items in ([1, 2], [1.5], [None], [True, False], (1, 2), []):
    print(bounds(items, 3))


class Items:
    def __getitem__(self, key):
        return ("get", key)

    def __setitem__(self, key, value):
        print("set", key, value)


class CountedList(list):
    def __getitem__(self, key):
        return ("counted", super().__getitem__(key))


def polymorphic(containers):
    for container in containers:
        for i in range(2):
            print(container[i], end=" ")
        try:
            for i in range(2):
                container[i] = i
        except TypeError as error:
            print(error)
    print()


polymorphic([[1, 2], (3, 4), "ab", {0: "zero", 1: "one"}, b"xy", range(5, 7), Items(), [0.5, 1.5],
             CountedList([8, 9]), bytearray(b"mn"), [[], {}]])
print([1, 2][True], (5, 6)[False], [1, 2][-1], [[1, 2][i] for i in (0, -1, -2)])


def flags(n, odd):
    marks = [True] * n
    for i in range(0, n, 2):
        marks[i] = False
        if i == n - odd:
            marks[i] = 7
    return [i for i in range(n) if marks[i]], marks[-3:], sum(1 for m in marks if m is True)


print(flags(10, 3), flags(10, 2))
