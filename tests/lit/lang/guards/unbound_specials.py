# Special methods of built-in classes and of base classes, called as the class has them, in hot
# functions, while classes, metaclasses and objects change.


class Frozen:
    def __init__(self, a, b):
        object.__setattr__(self, "a", a)
        object.__setattr__(self, "b", b)

    def __setattr__(self, name, value):
        raise AttributeError(f"frozen {name}")


class Base:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"{type(self).__name__}({self.n})"


class Child(Base):
    def __init__(self, n):
        Base.__init__(self, n + 1)
        self.twice = n * 2


class Problem(Exception):
    def __init__(self, text):
        Exception.__init__(self, text, len(text))


class Table(dict):
    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value * 2)


class Slots:
    __slots__ = ("a", "__dict__")


def store(o, name, value):
    object.__setattr__(o, name, value)


def names_of(cls):
    return cls.__init__, cls.__repr__, cls.__eq__, cls.__call__


def outcome(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


table = Table()
for i in range(400):
    frozen, child, problem = Frozen(i, -i), Child(i), Problem("x" * (i % 5))
    table[i % 7] = i
    store(frozen, "c", i)
    outcome(names_of, Base)
print(frozen.a, frozen.b, frozen.c, child, child.twice, problem.args, table)
print(outcome(setattr, frozen, "a", 1))

# Other objects, names and counts of arguments.
slots = Slots()
for o in (slots, frozen, child, problem, table, 5, "text", None, Base, print, [], object()):
    print(outcome(store, o, "a", 3), outcome(store, o, "new", 4), outcome(store, o, "__class__", 5), end=" ")
    print(outcome(store, o, "".join(["z", "z"]), 6), outcome(store, o, 7, 8))
print(slots.a, slots.new, slots.zz, frozen.a, child.new, sorted(vars(child)))
for args in ((), (slots,), (slots, "a"), (slots, "a", 1, 2)):
    print(outcome(object.__setattr__, *args))
for o, args in ((5, (2,)), ("a", (1,)), ([1], ([2],)), ({}, ("k",))):
    print(outcome(lambda: int.__add__(o, *args)), outcome(lambda: list.__add__(o, *args)),
          outcome(lambda: tuple.__len__(o)), outcome(lambda: str.upper(o)))

# A data descriptor, of a base and of the class.
seen = []


class Recorder:
    def __get__(self, o, cls):
        return ("got", o is None)

    def __set__(self, o, value):
        seen.append(value)


Frozen.b = Recorder()
print(Frozen(1, 2).b, seen)
Frozen.b = 10
frozen = Frozen(3, 4)
print(frozen.b, vars(frozen), seen)
del Frozen.__setattr__
frozen.a = 5
print(frozen.a, vars(frozen))


# The attribute of the class, and one of its metaclass, come and go.
class Meta(type):
    def __call__(cls, *args):
        return type.__call__(cls, *args)


class Made(metaclass=Meta):
    def __init__(self, n):
        self.n = n

    def plain(self):
        return "plain"


def ask(cls):
    return cls.plain, cls.__init__


def call(o):
    return type(o).plain(o)


made = Made(1)
for i in range(400):
    first = ask(Made)
    call(made)
print(ask(Made) == first == (Made.__dict__["plain"], Made.__dict__["__init__"]))
Meta.plain = lambda cls: "of the metaclass"
print(call(made), ask(Made)[0] is first[0])
Meta.plain = property(lambda cls: lambda o: "hidden")
print(call(made))
del Meta.plain
print(call(made))
Meta.__init__ = lambda cls, *args: None
print(ask(Made)[1] is first[1])
Meta.__init__ = property(lambda cls: "hidden")
print(ask(Made)[1])
del Meta.__init__
Made.__init__ = object.__init__
print(ask(Made)[1] is object.__init__)
del Made.__init__
print(ask(Made)[1] is object.__init__, Made().plain())


class Descriptor:
    def __get__(self, o, cls):
        return "low"


Meta.plain = Descriptor()
print(call(made))
for i in range(50):
    ask(Made)
Descriptor.__set__ = lambda self, o, value: None
print(outcome(lambda: ask(Made)[0]))
del Meta.plain

Base.__init__ = lambda self, n: setattr(self, "n", -n)
print(Child(5))
del Base.__init__
print(outcome(Child, 5))
