# a[i:j] = b[k:l]: from list to list where that is the same, in loops that change what the lists are.
class Sliced:
    def __getitem__(self, key):
        print("get", key)
        return [key.start, "sliced"]

    def __setitem__(self, key, value):
        print("set", key, value)


class Index:
    def __index__(self):
        print("index")
        return 1


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def prefix(a, b, n):
    a[:n + 1] = b[n::-1]
    return a


def move(a, i, j, b, k, l, step):
    a[i:j] = b[k:l:step]
    return a


for make in (lambda: [1, 2, 3, 4, 5], lambda: [0.5, 1.5, 2.5, 3.5, 4.5], lambda: [True, False, False, True, True],
             lambda: ["a", "b", "c", "d", "e"], lambda: list(range(200))):
    for n in (0, 1, 3, 4, 7, -1, -2, 2**48 - 1, 2**63 - 1, 2**63):
        a = make()
        print(n, attempt(prefix, a, a, n)[:9], end=" ")
        print(attempt(prefix, make(), [9, 8, 7], n)[:9], attempt(prefix, make(), list("xyz"), n)[:9])
    a = make()
    print([attempt(move, a, *args)[:12] for args in ((1, 3, a, 0, 2, 1), (0, None, a, 1, None, 2), (2, 4, a, 4, 2, -1), (3, 1, a, 0, 2, 1),
                                                     (1, 4, a, 0, 3, 1), (0, 2, a, None, None, 0), (None, None, a, None, None, -1))])
    print(len(a), attempt(move, a, 0, 2, (7, 8), 0, 2, 1)[:6], attempt(move, a, 0, 2, "pq", 0, 2, 1)[:6],
          attempt(move, a, 0, 2, 5, 0, 2, 1), attempt(move, 5, 0, 2, a, 0, 2, 1), attempt(move, a, 0, 2, a, "x", 2, 1),
          attempt(move, a, None, 2, a, Index(), 3, 1)[:6], attempt(move, a, 0.5, 2, a, 0, 2, 1))
print(attempt(move, Sliced(), 0, 2, [1, 2], 0, 2, 1) is None, attempt(move, [1, 2, 3], 0, 2, Sliced(), 0, 2, 1))
print(attempt(move, bytearray(b"abcdef"), 0, 2, b"xyz", 1, 3, 1), attempt(move, (1, 2), 0, 1, [1], 0, 1, 1))


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, len(target))


target = [Loud("a"), Loud("b"), Loud("c")]
move(target, 0, 2, [1, 2, 3], 0, 2, 1)
print(len(target), target[:2])
move(target, 1, 3, target, 0, 2, 1)
print(target)


def flips(perm):
    count = 0
    first = perm[0]
    while first:
        perm[:first + 1] = perm[first::-1]
        count += 1
        first = perm[0]
        if count == 5:
            perm[-1] = "x"
    return count, perm


print(flips([3, 1, 4, 2, 5, 0, 6]), flips([6, 5, 4, 3, 2, 1, 0]))
