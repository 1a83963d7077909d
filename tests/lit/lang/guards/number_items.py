# Ints in registers that are looked for in dicts and sets, and numbers that lists get as they are.


class Odd:
    """Equal to the int 7, and changes the dict while that is found out."""

    def __init__(self, table):
        self.table = table

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if self.table is not None:
            self.table, table = None, self.table
            table[1000] = "changed"
        return other == 7


class Counted(dict):
    def __contains__(self, key):
        return key % 3 == 0


def known(table, n, step):
    found = 0
    k = -2
    while k < n:
        if k in table:
            found += 1
        if k not in table:
            found += 100
        k += step
    return found


small = {k * 3: k for k in range(60)}
large = {k * 5 - 7: k for k in range(3000)}
for table in (small, large, {-1: 0, -2: 1}, {}, {1.0: 0, True: 1, 2.5: 2}, {"a": 1, 3: 2}, {1: 2, (1, 2): 3}):
    print(known(table, 400, 1), end=" ")
print()
for table in ({1, 3, 5}, frozenset((2, 4)), [1, 2, 3], (4, 5), range(10), Counted(), {1.0, "x"}, set()):
    print(known(table, 20, 1), end=" ")
print()

odd = {}
odd[Odd(odd)] = 1
print(known(odd, 20, 1), len(odd), known({Odd(None), 3}, 20, 1))
for wrong in ("abc", 5, None):
    try:
        known(wrong, 10, 1)
    except TypeError as error:
        print(error)


def chain(start, table):
    """Beyond 49 and 64 bits."""
    k = start
    steps = 0
    while k not in table:
        table[k] = steps
        k = k * 37 + 11
        if k in table or steps > 20:
            break
        steps += 1
    return steps, k in table, len(table), table.get(k, "none")


for start in (1, -1, -2, 1 << 47, (1 << 48) - 1, 1 << 60, 1 << 70):
    print(chain(start, {}))
print(chain(5, {5.0: "float"}), chain(True, {1: "int"}))


def found_then_loaded(table, keys):
    """One search for both, with the dict changed in between."""
    total = 0
    for k in range(keys):
        if k in table:
            if k == 50:
                del table[k]
                table[k] = 5
            if k == 60:
                table.clear()
                table.update({j: 1 for j in range(100)})
            total += table[k]
            table[k] = total % 7
    return total, len(table)


print(found_then_loaded({k: k for k in range(80)}, 90), found_then_loaded({}, 90))


def emptied(table, n):
    hits = 0
    for k in range(n):
        if k in table:
            del table[k]
            hits += k not in table
        table[k + 3] = k
    return hits, len(table), sorted(table)[:5]


print(emptied({}, 2000), emptied({k: 0 for k in range(500)}, 1000))


# Lists.
def numbers(n, unit):
    return [k * unit for k in range(n)]


for unit in (1, 0.5, 1 << 45, 1 << 60, True, "ab", 1j):
    items = numbers(12, unit)
    print(items[:2], items[-1], sum(items[1:], type(items[0])()) if unit != "ab" else "")


def collected(n, change):
    ints, floats, mixed, flags = [], [], [], []
    for k in range(n):
        ints.append(k * 3)
        floats.append(k / 4)
        mixed.append(k if k % 5 else k + 0.5)
        flags.append(k % 3 == 0)
        if k == change:
            ints.append("text")
            floats.append(1 << 80)
            flags.append(None)
            ints.append(1 << 48)
    return ints[-3:], floats[-3:], mixed[-3:], flags[-3:], len(ints), len(flags)


print(collected(40, -1), collected(40, 20), collected(40, 39), sep="\n")
print([k * k for k in range(1 << 24, (1 << 24) + 3)], [k ** 9 for k in range(100, 300, 77)])
print([k > 3 for k in range(6)], [k / 3 for k in range(3)], [-k for k in range(3)])


class Collector(list):
    def append(self, item):
        super().append(item * 2)


def into(target, n):
    for k in range(n):
        target.append(k)
        target.append(k * 0.5)
    return target


print(into(Collector(), 3), into([], 3), into([None], 2), into(bytearray and [1], 2))


# Sets.
def members(n, key):
    seen = set()
    again = 0
    for k in range(n):
        item = key(k)
        if item in seen:
            again += 1
        seen.add(item)
    return again, len(seen)


for key in (lambda k: k % 50, lambda k: str(k % 50), lambda k: k % 50 - 2, lambda k: (k % 7, k % 3), lambda k: k / 2 % 9,
            lambda k: k % 9 if k % 2 else float(k % 9), lambda k: frozenset((k % 5,)), lambda k: 1 << (k % 60 + 20)):
    print(members(300, key), end=" ")
print({k * 31 % 97 for k in range(300)} ^ {k * 17 % 89 for k in range(100)})


class Sets(set):
    def add(self, item):
        super().add(-item)


def filled(target, n):
    for k in range(n):
        target.add(k)
    return sorted(target)


print(filled(set(), 5), filled(Sets(), 5), filled({-1, 3}, 5))
for wrong in ([], {}, None):
    try:
        filled(wrong, 3)
    except AttributeError as error:
        print(error)
try:
    members(10, lambda k: [k])
except TypeError as error:
    print(error)
a, b = {k * 7 % 101 for k in range(80)}, {k * 3 % 91 for k in range(60)}
print(a | b, a & b, a - b, a ^ b, a <= b, a >= {7, 14}, a.isdisjoint(b), sep="\n")


# A number of a list that is gone when an exception goes through a loop which has made it.
def settled(a, b):
    b *= b
    try:
        b ^= (-0.5 if a <= a else b)
    finally:
        try:
            a = ((a - 255) | (not 0))
        finally:
            for i in [0 for k in range(4)]:
                i = (1e10 + (+1))


for _ in range(3):
    try:
        settled(10, 10)
    except TypeError as error:
        print(error)
