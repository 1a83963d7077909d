# Attributes of classes that their metaclass computes, in hot loops, while metaclass and class change; and what
# deques and ordered dicts do without a frame of their caller.
import sys
from collections import OrderedDict, deque


class Plain:
    """Plain."""


class Meta(type):
    @property
    def title(cls):
        return cls.__name__.upper()


class Other(type):
    __slots__ = ()

    def __getattr__(cls, name):
        return "fallback " + name


class Made(metaclass=Meta):
    title = "hidden"
    late = "of the class"


class Fallen(metaclass=Other):
    pass


def name_of(value):
    return type(value).__name__


def title_of(cls):
    return cls.title


def late_of(cls):
    return cls.late


def abstract_of(cls):
    return cls.__abstractmethods__


def collect(function, values, change=None, rounds=30):
    seen = []
    for i in range(rounds):
        if change and i == rounds // 2:
            change()
        try:
            result = function(values[i % len(values)])
        except AttributeError as error:
            result = str(error)
        if result not in seen:
            seen.append(result)
    return seen


class Named(Plain):
    pass


def rename():
    Named.__name__ = "Renamed"


def hide():
    Meta.title = property(lambda cls: "new " + cls.__name__)


def drop():
    del Meta.title


def become_data():
    Meta.late = property(lambda cls: "of the metaclass")


print(collect(name_of, [Named(), 1, "a", None, Made(), Fallen(), Named], rename))
print(collect(title_of, [Made], hide))
print(collect(title_of, [Made, Fallen], drop))
print(collect(late_of, [Made], become_data))
print(collect(abstract_of, [Made, Fallen, int]))
print(collect(lambda cls: cls.__doc__, [Plain, Made, Named], lambda: setattr(Plain, "__doc__", "new")))
print(collect(lambda cls: cls.__module__, [Plain, int, deque]))


class Seen:
    def __init__(self):
        self.callers = set()

    def __eq__(self, other):
        self.callers.add(sys._getframe(1).f_code.co_name)
        return False

    def __hash__(self):
        self.callers.add(sys._getframe(1).f_code.co_name)
        return 1


def count(queue, value):
    return queue.count(value)


def popped(table, key):
    return table.pop(key, "default")


class Loud(OrderedDict):
    def __missing__(self, key):
        return "missing in " + sys._getframe(1).f_code.co_name


seen = Seen()
queue = deque([seen, 1, 1, "a"])
table = OrderedDict([(seen, 1)])
for i in range(40):
    results = count(queue, 1), count(queue, "a"), count(queue, seen)
    results += popped(table, i), popped(Loud(), i), popped(table, seen) if i == 39 else None
print(results, sorted(seen.callers))
