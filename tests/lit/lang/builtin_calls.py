# Calls that the runtime answers without detours, and those that look alike.
class A:
    def __init__(self, x):
        self.x = x

    def m(self):
        return "A.m"

    @classmethod
    def c(cls):
        return cls.__name__

    @staticmethod
    def s():
        return "s"

    @property
    def p(self):
        return "p"

    value = 5


class B(A):
    def __init__(self, x):
        super().__init__(x)
        self.own = super().m

    def m(self):
        return super().m() + "B"

    @classmethod
    def c(cls):
        return "B" + super().c()

    @staticmethod
    def s():
        return "B.s"

    def rest(self):
        return super().s(), super().p, super().value, super().__class__.__name__, super().__self__ is self

    def missing(self):
        try:
            return super().nothing()
        except AttributeError as e:
            return str(e)

    def __getattr__(self, name):
        return "fallback " + name


class L(list):
    def append(self, item):
        super().append(item * 2)


b = B(3)
print(b.m(), B.c(), b.c(), b.rest(), b.missing(), b.own(), b.other)

items = L()
items.append(2)
list.append(items, 5)
print(items)


class Text:
    def __str__(self):
        return "text"


class NotText:
    def __str__(self):
        return 5


class S(str):
    pass


print(str(Text()), str(5), str(b"x"), str(), type(str(S("q"))).__name__, S(7), str("a"), str(2**70), str(True))
try:
    str(NotText())
except TypeError as e:
    print(e)
print("%d %s|%5d|%-5s|%%|%s %d" % (1, 2, 3, 4, True, True), "%s" % 7, "%d" % 3.9, "%s" % (None,), "%d" % -(2**65))
for form, args in (("%d", "x"), ("%d %d", 1), ("%d", (1, 2)), ("%s", (1, 2)), ("%(a)s %s", {"a": 1}), ("%", 1), ("%s %", 1)):
    try:
        print(form % args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print("%(a)d-%(b)s" % {"a": 1, "b": 2}, "%s" % {"a": 1}, "%d%%" % 5)
print(f"{5}{-3}{True}{2**70}{5:>3}{5!r}{5!s}")

# Tuples as keys: same items, equal items, no equal ones.
nan = float("nan")
d = {(1, 2): "ints", (1.5, "x"): "mixed", (nan, 1): "nan", ((1, 2), 3): "nested", (): "empty"}
print(d[1, 2], d[1.0, 2.0], d[True, 2], d[1.5, "x"], d[nan, 1], d[(1, 2), 3], d[()], (2, 1) in d, (0.0,) in {(-0.0,): 1})


class K:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("eq")
        return self.n == other.n

    def __hash__(self):
        return 1


k = K(1)
d = {(k, 1): "k"}
print(d[k, 1], d.get((K(1), 1)), d.get((K(2), 1)))


# isinstance with classes that lie about themselves.
class Liar:
    @property
    def __class__(self):
        return int


print(isinstance(Liar(), int), isinstance(Liar(), str), isinstance(5, (str, int)), isinstance(True, int), isinstance(b, A))


class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == 5


class M(metaclass=Meta):
    pass


print(isinstance(5, M), isinstance(6, M), isinstance(M(), M))


# Truth of containers.
def truths(*values):
    return [1 if v else 0 for v in values]


class Falsy(list):
    def __bool__(self):
        return False


print(truths([], [0], "", "a", {}, {1: 1}, (), (0,), 0, None, Falsy([1]), L([1]), L(), set(), b"", b"a", 0.0, range(0)))


# Class methods reached in every way.
class Base:
    @classmethod
    def make(cls, *args):
        return cls.__name__, args

    @classmethod
    def mro(cls):
        return "own mro"

    wrapped = classmethod(len)


class Derived(Base):
    def __init__(self):
        self.shadow = 1

    @classmethod
    def shadow(cls):
        return "class"


class WithMeta(type):
    def make(cls):
        return "meta make"

    @property
    def data(cls):
        return lambda: "meta data"


class Made(Base, metaclass=WithMeta):
    @classmethod
    def data(cls):
        return "class data"


class Guarded(Base):
    def __getattribute__(self, name):
        return lambda *a: ("guarded", name)


print(Base.make(1), Derived.make(), Derived().make(2), Made.make(3), Made.data(), Guarded().make(), Derived.mro())
try:
    Derived().shadow()
except TypeError as e:
    print(e)
print(Derived.shadow(), dict.fromkeys([1]), int.from_bytes(b"a"), type(b).c())
try:
    Base.wrapped()
except TypeError as e:
    print(e)
Base.make = staticmethod(lambda *a: ("static", a))
print(Derived.make(4), Derived().make(5))
