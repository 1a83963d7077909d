# Places that look for one key share a hint where its entry was; the dict changes between them.
import sys

class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        if isinstance(other, Key):
            return self.name == other.name
        return NotImplemented

class Counting(dict):
    def __missing__(self, key):
        return 100

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value + 1)

class Loud:
    """Changes the dict while a sum is made of its value."""

    def __init__(self, change):
        self.change = change

    def __add__(self, other):
        self.change()
        return 1000 + other

def count(d, keys):
    for k in keys:
        if k in d:
            d[k] += 1
        else:
            d[k] = 1
    return d

def count_missing(d, keys):
    for k in keys:
        if k not in d:
            d[k] = 0
        d[k] = d[k] + 1
    return d

def named(record, n):
    for _ in range(n):
        record["hits"] += 1
        record["last"] = record["hits"] * 2
    return record["hits"], record["last"]

def add(d, k, n):
    d[k] += n

def deletes(d, k):
    d[k] += 1
    del d[k]
    try:
        d[k] += 1
    except KeyError as error:
        return error.args
    return d[k]

words = "the cat and the dog and the bird".split()
print(count({}, words * 20), count_missing({}, words * 20))
print(count({}, [k % 7 for k in range(100)]), count({}, [1, 1.0, True, "1", 2.0, 2]))
print(count_missing({}, [(k % 3, "x") for k in range(20)]))
print(sorted((k.name, v) for k, v in count({}, [Key(w) for w in words * 5]).items()))

print(count({}, [0.0, -0.0, 0, 1.5, 1.5]))

# Records with the keys in other places, of other kinds.
print([named(r, 50) for r in ({"hits": 0, "last": 0}, {"last": 0, "a": 1, "hits": 5},
                              {1: 2, "b": 0, "hits": 1.5, "last": None},
                              dict.fromkeys(["hi" + "ts", "la" + "st"], 0), Counting(hits=1, last=1))])
print([deletes(d, 3) for d in ({1: 1, 2: 2, 3: 3, 4: 4}, Counting({3: 5}), {3: 0})])

# The dict changes in the middle of `d[k] += n`.
d = {k: k for k in range(8)}

def remove():
    del d["k"]

def move():
    d.clear()
    for k in range(20):
        d[k] = -k
    d["k"] = "other"

def shuffle():
    del d[0]
    del d["k"]
    d["first"] = 1
    d["k"] = "again"

for change in (remove, move, shuffle, d.clear, lambda: d.update((k, 0) for k in range(100, 400))):
    d["k"] = Loud(change)
    add(d, "k", 5)
    print(d["k"], len(d), list(d)[:3], list(d)[-2:])

# Namespaces, whose values are mirrored.
counter = 0

def bump(names):
    names["counter"] += 1
    return counter

print([bump(globals()) for _ in range(5)], counter, vars(sys).get("counter"))

# Lists, tuples and others in the same places.
print(count_missing({}, [1, 2]), [add(x, 0, 1) or x for x in ([1, 2], bytearray(b"a"), {0: 1}, Counting())])
for wrong in ((1, 2), "ab", None, frozenset()):
    try:
        add(wrong, 0, 1)
    except TypeError as error:
        print(error)
for wrong in ([], {}, {"a": []}):
    try:
        add(wrong, "a", 1)
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)

# Values die when they are replaced, keys live on.
class Dies:
    def __init__(self, name, log):
        self.name, self.log = name, log

    def __add__(self, n):
        return Dies(self.name + n, self.log)

    def __del__(self):
        self.log.append(self.name)

def replaced(log):
    table = {"a": Dies(0, log)}
    for k in range(4):
        table["a"] += 1
        log.append("-")
    return log

print(replaced([]))

def many(n):
    """Grows and moves all the time."""
    table = {}
    for k in range(n):
        key = k * k % 1013
        if key in table:
            table[key] += k
        else:
            table[key] = k
        if k % 17 == 0:
            del table[key]
    return len(table), sum(table.values())

print(many(5000))
