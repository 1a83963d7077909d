# Methods that classes inherit from built-in types, on objects of those classes, of the built-in types and of
# others, in hot loops; and bound methods, built-in ones and classes that are called as values.
import random
import sys
from collections import OrderedDict, deque


class Table(dict):
    def twice(self, key):
        return self.get(key, 0) * 2

    def __missing__(self, key):
        return "missing in " + sys._getframe(1).f_code.co_name


class Items(list):
    def __len__(self):
        return 1000


class Text(str):
    pass


class Queue(deque):
    pass


class Generator(random.Random):
    def twice(self):
        return self.random() * 2


class Fixed(random.Random):
    def random(self):
        return 0.25

    def getrandbits(self, k):
        return (1 << k) - 1


def got(table, key):
    return table.get(key, None)


def item(table, key):
    return table.__getitem__(key)


def added(items, value):
    items.append(value)
    return items.pop()


def starts(text, prefix):
    return text.startswith(prefix)


def starts_as_str(text, prefix):
    return str.startswith(text, prefix)


def moved(queue):
    queue.rotate(1)
    queue.append(queue.popleft())
    return queue[0]


def drawn(generator):
    return round(generator.random(), 6), generator.getrandbits(7)


def length(number):
    return number.bit_length()


def called(function, argument):
    return function(argument)


def ordered(table, key):
    table.move_to_end(key)
    return next(iter(table))


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, n):
        self.count += n
        return self.count

    def pair(self, *arguments):
        return arguments

    def forever(self, start):
        while True:
            yield start
            start += 1


def outcome(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__ + ": " + str(error)


def loop(function, rows, rounds=60):
    """The distinct outcomes, in the order of their coming."""
    seen = []
    for i in range(rounds):
        # The first row is the usual one.
        row = rows[0] if i % 7 else rows[i // 7 % len(rows)]
        result = outcome(function, *row)
        if result not in seen[-40:]:
            seen.append(result)
    return seen


def main():
    table = Table(a=1)
    print(loop(got, [(table, "a"), ({"a": 2}, "a"), (table, []), (5, "a"), (OrderedDict(a=3), "a")]))
    print(loop(item, [(table, "a"), (table, "b"), ({}, "c"), ([7], 0)]))
    print(loop(Table.twice, [(table, "a"), (table, "x"), ({"a": 4}, "a")]))
    print(loop(dict.get, [(table, "a"), ([], "a"), (table,), (table, "b", 3, 4)]))
    print(loop(added, [(Items(), 1), ([], 2), (Items(), table), (deque(), 3), (set(), 4)]))
    print(loop(starts, [(Text("abc"), "a"), (Text("abc"), ("b", "ab")), (Text("abc"), 1), (b"abc", b"a")]))
    print(loop(starts_as_str, [(Text("x"), "x"), ("y", "x"), (5, "x")]))
    print(loop(moved, [(Queue([1, 2, 3]),), (deque([4, 5]),), (deque(),), (Items([1]),)]))
    print(loop(drawn, [(Generator(3),), (random.Random(4),), (Fixed(5),), (random,), (None,)], 16))
    print(loop(Generator.twice, [(Generator(3),), (Fixed(5),)], 8))
    for bits in -1, 0, 1, 31, 32, 33, 64, True, 5.0, 2**64, "7":
        print(bits, outcome(random.Random(1).getrandbits, bits))
    print(loop(length, [(5,), (True,), (2**70,), (1.5,), (Text("5"),), (-9,)]))

    counter = Counter()
    print(loop(called, [(counter.add, 1), (len, "abc"), (table.get, "a"), (counter.pair, 2), (int, "12"),
                        (list, "ab"), (dict, [(1, 2)]), (float, "1.5"), (tuple, 5), (type, 1), (type, "s"),
                        (bool, []), (object, 1), (complex, "1j"), (KeyError, "k"), (Counter, 1), (range, 3),
                        (super, 1), (type(len), 1), (counter.add, "x"), (Items, "xy"), (Text, 5)], 160))
    first = counter.forever(7)
    print([called(first.__next__.__self__.send, None) for _ in range(3)])
    print([next(called(counter.forever, i)) for i in range(5)])

    table = OrderedDict.fromkeys("abc")
    rows = [ordered(table, "abc"[i % 3]) for i in range(9)]
    table.move_to_end = lambda key: rows.append(key)
    rows += [ordered(table, "abc"[i % 3]) for i in range(3)]
    del table.move_to_end
    rows += [ordered(table, "abc"[i % 3]) for i in range(3)]
    print(*rows)

    module = type(sys)("module")
    module.value = lambda x: x + 1
    results = []
    for i in range(12):
        if i == 5:
            module.value = str
        if i == 7:
            module.__dict__.clear()
            module.__dict__["value"] = len
        if i == 9:
            module.other = 1
        if i == 11:
            del module.value
        results.append(outcome(lambda: module.value("ab" if i > 6 else i)))
    print(results)


main()
