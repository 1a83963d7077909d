# Truth, length, `in`, iter() and steps of loops of instances: methods that change, are missing, give
# something else than they should, or raise.
class Bag:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return Steps(self.items)


class Steps:
    def __init__(self, items):
        self.items = items
        self.place = 0

    def __iter__(self):
        return self

    def __next__(self):
        place = self.place
        if place >= len(self.items):
            raise StopIteration
        self.place = place + 1
        return self.items[place]


class Switch:
    def __init__(self, isOn):
        self.isOn = isOn

    def __bool__(self):
        return self.isOn

    def __repr__(self):
        return "a switch"


def isTrue(x):
    if x:
        return "true"
    return "false"


def boolOf(x):
    return not x, bool(x), x and "and", x or "or"


def size(x):
    return len(x)


def has(x, item):
    if item in x:
        return "in", item not in x
    return "out", item not in x


def total(x):
    result = 0
    for item in x:
        result += item
    return result


def attempt(function, *args):
    try:
        return function(*args)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


bag, on, off = Bag([1, 2, 3]), Switch(True), Switch(False)
for i in range(300):
    x = isTrue(bag), isTrue(on), isTrue(off), size(bag), has(bag, i % 5), total(bag), total(bag.items)
    y = boolOf(bag), boolOf(on), boolOf(off)
print(x, y[2][0], isTrue(Bag([])), total(Bag([])), has(Bag([]), 1))
for other in (1, 0, None, "text", "", [1], (), 2.5, {}, iter([1, 2]), range(3), (i for i in (4, 5))):
    kind = type(other).__name__
    print(kind, isTrue(other), attempt(size, other), attempt(has, other, "t"), attempt(total, other))

for answer in (True, 0, 5, -1, 2**70, 2.5, None, "x", [], Bag([])):
    Switch.__bool__ = lambda self: answer
    Bag.__len__ = lambda self: answer
    Bag.__contains__ = lambda self, item: answer
    Bag.__iter__ = lambda self: answer
    print(attempt(isTrue, on), attempt(boolOf, on), attempt(isTrue, bag), attempt(size, bag))
    print(attempt(has, bag, 1), attempt(total, bag))


class Flag:
    def __bool__(self):
        print("asked")
        return False


Bag.__contains__ = lambda self, item: Flag()
print(has(bag, 1))
Bag.__len__ = lambda self: Flag()
print(attempt(size, bag))
del Bag.__len__, Switch.__bool__, Bag.__contains__
Bag.__iter__ = lambda self: iter(self.items)
print(isTrue(bag), isTrue(off), attempt(size, bag), has(bag, 2), total(bag))
Bag.__bool__ = lambda self: False
Bag.__len__ = lambda self: 1
print(isTrue(bag), attempt(size, bag))
Bag.__bool__ = None
Bag.__contains__ = None
Bag.__iter__ = None
print(attempt(isTrue, bag), attempt(has, bag, 1), attempt(total, bag))
on.__bool__ = lambda: False
print(isTrue(on))


class Ended(StopIteration):
    pass


def stepsThatRaise(error):
    def step(self):
        self.place += 1
        if self.place > 3:
            raise error
        return self.place

    return step


for error in (StopIteration(7), Ended(), ValueError("no more"), KeyboardInterrupt("stop"), StopIteration):
    Steps.__next__ = stepsThatRaise(error)
    print(attempt(total, Steps([])))
Steps.__next__ = lambda self: self.missing
print(attempt(total, Steps([])))
del Steps.__next__
print(attempt(total, Steps([])))


class Changing:
    def __init__(self):
        self.left = 3

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left == 1:
            Changing.__next__ = lambda self: (_ for _ in ()).throw(StopIteration())
        return self.left


for i in range(2):
    print(attempt(total, Changing()))
import builtins
print(attempt(builtins.len, Bag([])), attempt(lambda: builtins.len(Switch(1))))
