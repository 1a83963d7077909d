# Tuples that are compared or looked into without being made.
def below(values, stop):
    count = 0
    for i in range(stop):
        a, b = values[i % len(values)], values[(i + 1) % len(values)]
        count += ((a, i) < (b, i)) + ((a, b) == (b, a)) + ((a, i) >= (a, 3)) + ((a, b) != (a, b))
    return count


print(below([1, 2, 3], 1000))
print(below([1, 2.5, 3], 100), below(["a", "b", "aa"], 100), below([2**70, 2**70 + 1], 100))
print(below([True, 1, 1.0], 100), below([(1, 2), (1, 3)], 100), below([[1], [2]], 100))

nan = float("nan")
print(below([nan], 10), (nan, 1) == (nan, 1), (nan, 1) == (0.5, 1), (nan,) < (nan,))


def mixed(values):
    results = []
    for value in values:
        for other in values:
            try:
                results.append((value, 1) < (other, 1))
            except TypeError as error:
                results.append(str(error))
    return results


print(mixed([1, "a", None, 2.5, (1,), [1]]))


def lengths(n):
    k = (1, 2, 3)
    return [(n, 2) < k, (n, 2) == k, (n, 2, 3) == k, (n, 2, 3, 4) > k, () < (n,), k != (n, 2)]


print(lengths(1), lengths(2))


class Loud:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        print(self.name, "==", other)
        return NotImplemented if self.name == "deaf" else self.name == str(other)

    def __lt__(self, other):
        print(self.name, "<", other)
        return "an object, not a bool"

    def __del__(self):
        print("end of", self.name)

    def __repr__(self):
        return "<" + self.name + ">"


def answers():
    y = Loud("y")
    print((Loud("x"), 1) < (y, 2))
    print((Loud("first"), Loud("last")) == 3)
    print(bool((Loud("z"), 1) < (3, 2)), (Loud("deaf"), 1) == (4, 1), 5 in (Loud("5"), Loud("6")))
    print("behind")


answers()


class Faulty:
    def __eq__(self, other):
        raise ValueError("not to be compared")


def caught(values):
    count = 0
    for value in values:
        try:
            if (value, count) == (1, count) or value in (7, 8):
                count += 1
        except ValueError as error:
            print(error, count)
    return count


print(caught([1, 7, 2, Faulty(), 8, 1]))


class Anything:
    def __eq__(self, other):
        self.seen = other
        return True

    def __gt__(self, other):
        self.seen = other
        return True


class Pair(tuple):
    def __eq__(self, other):
        return "a pair's answer"

    __hash__ = None


def others(k, n):
    return [(n, n + 1) == k, k == (n, n + 1), (n, 2**60) < k if isinstance(k, Anything) else None]


keeper = Anything()
print(others(keeper, 1), keeper.seen, others(Pair((1, 2)), 1), others([1, 2], 1), others((1, 2), 1))


class Swapper:
    """Changes what the tuple's items came from while they are compared."""

    def __init__(self, box):
        self.box = box

    def __eq__(self, other):
        self.box.clear()
        return True


def changed():
    box = [Loud("first"), Loud("second")]
    swapper = Swapper(box)
    return (swapper, box[0], box[1]) == (0, 0, "second")


print(changed())


def searched(values, a, b):
    found = []
    for value in values:
        if value in (a, b, 3):
            found.append(value)
        if value not in (b, "x"):
            found.append(value)
    return found


print(searched([1, 2, 3, 4], 1, 2), searched([1.0, True, "x", nan], 1, nan))
print(searched([2**80, "x", None], 2**80, None), searched([[1]], [1], 2))


def large(i):
    a = (1 << 62) + i
    return (a * 4, a) < (a * 4, a + 1), a in (a + 1, a), (a, a) == (a, a)


print([large(i) for i in range(3)])


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


def points(n, step):
    count = 0
    p = Point(1, 2)
    for i in range(n):
        q = Point(i * step, i)
        count += (p < q) + (q < p) * 10 + (p == q) * 100
    return count


print(points(500, 1), points(5, 0.5), points(3, 2**60))
Point.__lt__ = lambda self, other: True
print(points(50, 1))
