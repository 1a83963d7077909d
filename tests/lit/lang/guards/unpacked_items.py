# What is unpacked stops being a tuple or list of so many items, or of such items.
class Point(tuple):
    def __iter__(self):
        return iter(("x", "y", "z"))


class Plain(tuple):
    pass


class Items(list):
    def __iter__(self):
        return iter([7, 8, 9])


class Sequence:
    def __getitem__(self, index):
        if index > 2:
            raise IndexError
        return index * 10


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)

    def __repr__(self):
        return f"<{self.name}>"


def weighted(source):
    a, b, c = source
    return a * 100 + b * 10 + c


def swapped(source):
    a, b, c = source
    return c, b, a


def first(source):
    a, b, c = source
    return a is b


def nested(rows):
    out = []
    for (x, y), z in rows:
        out.append((z, x, y))
    for i, (x, y, z) in enumerate(out):
        out[i] = x + y + z
    return out


def attempt(function, source):
    try:
        return function(source)
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__} at {error.__traceback__.tb_next.tb_lineno}: {error}"


def total(sources):
    sum = 0
    for source in sources:
        try:
            a, b, c = source
        except ValueError:
            sum -= 1
        else:
            sum += a + b + c
    return sum


usual = [(1, 2, 3), [4, 5, 6], (7, 8, 9)]
others = [(0.5, 1.5, 2.5), [0.5, 1.5, 2.5], [True, False, True], (True, False, True), [1, 2.5, 3],
          (2**60, 2**48, -(2**48)), [2**60, 2**48, 1], (2**48 - 1, -(2**48), 0), Plain((1, 2, 3)),
          Point((1, 2, 3)), Items([1, 2, 3]), range(3), Sequence(), (i for i in range(3)),
          {1: 1, 2: 2, 3: 3}]
wrong = [(), [], (1, 2), [1, 2], (1, 2, 3, 4), [1, 2, 3, 4], [1.5], "ab", "abcd", {1: 2}, 5, None, iter(())]

for _ in range(30):
    for source in usual:
        weighted(source), swapped(source), first(source)
print(nested([((1, 2), 3)] * 3), nested([([1, 2], 3)] * 3), total(usual * 10))
for source in others:
    print(attempt(weighted, source) if not isinstance(source, Point) else attempt(swapped, source),
          end=" ")
for source in others + [("a", "b", "c"), ["a", "b", "c"], "abc", b"abc"]:
    print(attempt(swapped, source), attempt(first, source))
for source in wrong:
    print(attempt(weighted, source), "|", attempt(swapped, source))
print(nested([((1.5, 2), 3), ([1, 2], 2.5)]), attempt(nested, [((1, 2, 3), 4)]))
print(total([(1, 2, 3), (1, 2), [1, 2, 3, 4], (0.5, 1, 2), [2**60, 0, 0], (1, 2, 3)]))


def changing(source, change):
    sum = 0
    for i in range(6):
        a, b, c = source
        sum += a + b + c
        if i == 3:
            change(source)
    return sum


def make_float(source):
    source[1] = 0.5


def make_big(source):
    source[2] = 2**70


def make_true(source):
    source[0] = True


def extend(source):
    source.append(4)


def shorten(source):
    source.pop()


def spoil(source):
    source[1] = "b"


for change in (make_float, make_big, make_true, extend, shorten, spoil):
    print(change.__name__, attempt(lambda source: changing(source, change), [1, 2, 3]))
    print(change.__name__, attempt(lambda source: changing(source, change), [1.5, 2.5, 3.5]))


def drop(make):
    source = make([Loud("a"), Loud("b"), Loud("c")])
    a, b, c = source
    del source
    print("unpacked")
    b = None
    print("without b")
    return c


def looked_at(source):
    found = 0
    for _ in range(3):
        a, b, c = source
        if a is b:
            found += 1
        if c is None:
            found += 10
    return found


for make in (tuple, list):
    print(drop(make))
    thing = object()
    print(looked_at(make([thing, thing, None])), looked_at(make([1, 2, 3])))


def taken_out(source):
    a, b, c = source
    source.clear()
    print("cleared")
    return a


print(taken_out([Loud("p"), "q", "r"]))
