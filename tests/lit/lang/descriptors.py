class Typed:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return f"<{owner.__name__}.{self.name}>"
        return instance.__dict__.get(self.name, 0)

    def __set__(self, instance, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name} must be int")
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        instance.__dict__.pop(self.name)


class NonData:
    def __get__(self, instance, owner):
        return "from the class"


class C:
    n = Typed()
    soft = NonData()

    def __init__(self):
        self._x = 1

    @property
    def x(self):
        "The x."
        return self._x

    @x.setter
    def x(self, value):
        self._x = value * 2

    @x.deleter
    def x(self):
        self._x = None

    def __getattr__(self, name):
        if name.startswith("auto_"):
            return name[5:]
        raise AttributeError(name)


c = C()
c.n = 5
c.x = 10
print(c.n, C.n, c.x, C.x.__doc__, c.soft, c.auto_made)
c.__dict__["soft"] = "from the instance"
c.__dict__["n"] = 6
print(c.soft, c.n)
del c.x
del c.n
print(c.x, c.n)
for action in (lambda: setattr(c, "n", "a"), lambda: c.other, lambda: setattr(C(), "x", None)):
    try:
        action()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


class Slots:
    __slots__ = ("a", "b")


s = Slots()
s.a = 1
print(s.a, hasattr(s, "b"), hasattr(s, "__dict__"))
try:
    s.c = 1
except AttributeError as error:
    print(error)


class Log:
    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)

    def __getattribute__(self, name):
        return "all " + name

    def __delattr__(self, name):
        print("delete", name)


log = Log()
log.a = 1
print(log.b)
del log.a
