# Methods of str, bytes, set, list and dict where only such objects were seen; then others come.
import sys


class Loud(str):
    def isdigit(self):
        return "loud"

    def startswith(self, *prefixes):
        return ("loud", prefixes)


class Other:
    def isdigit(self):
        return "other"

    def strip(self):
        return " other "

    def discard(self, item):
        return item


def digits(texts):
    return [text.isdigit() for text in texts]


print(digits(["1", "a"] * 50)[:3])
print(digits(["1", Loud("1"), b"1", Other(), "x"]))
try:
    digits(["1", 5])
except AttributeError as error:
    print(error)


# Arguments: plain ones, others, too many, and defaults that are left out.
def begins(text, prefix, *rest):
    if rest:
        return text.startswith(prefix, *rest)
    return text.startswith(prefix)


class Index:
    def __index__(self):
        print("asked by", sys._getframe(1).f_code.co_name)
        return 2


def parts(text, separator, most):
    return text.split(separator, most)


def stripped(text):
    return text.strip().lower().split()


for k in range(60):
    begins("abc", "a")
    parts("a b c", " ", 1)
    stripped("  A b ")
print(begins("abc", "a"), begins("abc", ("x", "a")), begins(Loud("abc"), "a"))
print(parts("a b c d", " ", 1), parts("a b c d", None, Index()), stripped(" A b "))
for bad in (lambda: begins("abc", 1), lambda: begins("abc", "a", "b"), lambda: parts("a", "", 1)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    stripped(Other())
except AttributeError as error:
    print(error)


# Between the look-up and the call the arguments leave native code, or raise.
def shifted(text, n):
    return text.center(n * n - n * n + 7, "*")


def sliced(text, values):
    total = 0
    for value in values:
        total += len(text.ljust(value + 1, "-"))
    return total


for k in range(60):
    shifted("abc", k)
    sliced("abc", [k, k])
print(shifted("abc", 1 << 40), sliced("abc", [1, True, 9]))
try:
    sliced("abc", [1, 2.5])
except TypeError as error:
    print(error)
try:
    sliced("abc", [1, None])
except TypeError as error:
    print(error)


# The object goes away while its method is called.
class Holder:
    pass


def replaced(holder, text):
    holder.text = text + "!"
    return holder.text.replace("!", drop(holder))


def drop(holder):
    holder.text = "gone"
    return "?"


for k in range(60):
    replaced(Holder(), "text")
print(replaced(Holder(), "text"))


def discarded(values, items):
    for item in items:
        values.discard(item)
    return len(values)


for k in range(60):
    discarded({1, 2, 3}, [1, 5])


class Same:
    def __init__(self, log):
        self.log = log

    def __hash__(self):
        return 2

    def __eq__(self, other):
        self.log.append(sys._getframe(1).f_code.co_name)
        return other == 2


log = []
print(discarded({1, 2, 3}, [Same(log)]), log)
print(b"a,b".split(b","), [data.hex() for data in [b"1", b"2"] * 40][-1])


# Lists of several storages and dicts; then subclasses and others.
class Stack(list):
    def extend(self, items):
        super().extend(reversed(list(items)))
        return "stack"


class Table(dict):
    def setdefault(self, key, value=None):
        return "table", key

    def items(self):
        return [("table", len(self))]


class Bag:
    def __repr__(self):
        return "Bag()"

    def extend(self, items):
        return "bag", items

    def setdefault(self, key, value):
        raise KeyError(key)

    def items(self):
        return ()


def extended(lists, items):
    return [(each.extend(items), each) for each in lists]


print(extended([[1], [0.5], [True], ["x"], []] * 3, [2])[:5])
print(extended([[1], Stack([3]), Bag(), []], (4, 5)), extended([[1]], (x * x for x in range(3))))
try:
    extended([[1]], 5)
except TypeError as error:
    print(error)


def grouped(table, pairs):
    for key, value in pairs:
        table.setdefault(key, []).append(value)
    return sorted(table.items(), key=str)


print(grouped({}, [("a", 1), ("b", 2), ("a", 3)] * 2))
for table, pairs in [({}, [(1, 2), ((), 3)]), ({}, [([], 1)]), (Table(), [(1, 2)]), (Bag(), [(1, 2)])]:
    try:
        print(grouped(table, pairs))
    except Exception as error:
        print(type(error).__name__, error)


class Key:
    def __hash__(self):
        print("hash", sys._getframe(1).f_code.co_name, end=" ")
        return 7

    def __eq__(self, other):
        print("eq", end=" ")
        return True


def changed(numbers, item):
    numbers.insert(1, item)
    numbers.reverse()
    numbers.remove(item)
    numbers.sort()
    return numbers.index(item) if item in numbers else numbers.count(item), numbers


for _ in range(3):
    print(changed([3, 1, 2], 5), changed([2.5, 1.5], 0.5), changed(["b", "a", "b"], "b"))
print(grouped({}, [(Key(), 1), (Key(), 2)])[0][1])
try:
    print(changed([3, 1, 2], "x"))
except TypeError as error:
    print(error)
