# Methods of built-in types that are called without a frame of the caller: what looks at frames all
# the same, what raises in them, and receivers and arguments that change in a hot loop.
import sys
import traceback

value = "global"


class Looker:
    """Equal to nothing; notes who compares."""

    seen = set()

    def __eq__(self, other):
        Looker.seen.add(sys._getframe(1).f_code.co_name)
        return False

    def __hash__(self):
        Looker.seen.add("hash in " + sys._getframe(1).f_code.co_name)
        return hash("key")

    def __index__(self):
        Looker.seen.add("index in " + sys._getframe(1).f_code.co_name)
        return 1


class Text(str):
    def startswith(self, prefix):
        return "own startswith"


def search(items, wanted):
    return items.count(wanted), items.index(wanted, 0, len(items))


def lookUp(table, key):
    return table.get(key), table.setdefault(key, 1), table.pop(key)


def starts(text, prefix):
    return text.startswith(prefix)


def joined(separator, items):
    return separator.join(items)


def evaluated(n):
    value = "local"
    items = ["value", "len(value)"]
    text = ",".join(map(str, map(eval, items)))
    more = []
    more.extend(map(eval, ["value"]))
    items.sort(key=eval) if n < 0 else None
    return text, more


def raising(text, part, index):
    return text.index(part, index)


def loop(function, cases, times=300):
    for i in range(times):
        for case in cases:
            result = function(*case)
    return result


print(loop(search, [([1, 2, "a"], 2)]))
print(search([Looker(), 5], 5), sorted(Looker.seen))
Looker.seen.clear()
print(loop(lookUp, [({"key": 2}, "key") for _ in range(1)], 1))
table = {"other": 1}
print(loop(lookUp, [(table, "key"), (table, "other")]), table)
print(lookUp({Looker(): 1}, "key"), sorted(Looker.seen))
Looker.seen.clear()
print(loop(starts, [("word", "w"), ("word", "x"), ("word", ("x", "wo"))]))
print(starts(Text("word"), "w"), starts(b"word", b"w"), starts(bytearray(b"word"), b"x"))
for wrong in (5, None, b"w", ("a", 5)):
    try:
        print(starts("word", wrong))
    except TypeError as error:
        print(error)
print(loop(joined, [(",", ["a", "b"]), (",", "abc"), (",", ("x",)), (",", iter("xy"))]))
print(joined("-", (str(sys._getframe(0).f_code.co_name == "<genexpr>") for _ in range(2))))
print(loop(evaluated, [(1,)]))
print("xyx".count("x", Looker()), sorted(Looker.seen))
try:
    loop(raising, [("abc", "c", 0), ("abc", "c", None), ("abc", "a", 1)])
except ValueError as error:
    print([(entry.name, entry.line) for entry in traceback.extract_tb(error.__traceback__)], error)
for arguments in ((), ("a", 1, 2, 3), (1,)):
    try:
        "abc".find(*arguments)
    except TypeError as error:
        print(error)
try:
    "abc".find("a", 1, 2, 3)
except TypeError as error:
    print(error)
try:
    [].append()
except TypeError as error:
    print(error)


class Ending:
    def __del__(self):
        print("end in", sys._getframe(1).f_code.co_name)


def forget(items, table):
    items.pop(0)
    items.clear()
    table.clear()
    print("forgot")


forget([Ending(), Ending()], {1: Ending()})
