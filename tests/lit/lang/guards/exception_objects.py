# Exceptions made in hot loops, while their classes change; what a handler sees of them.
import sys
import weakref


class AppError(Exception):
    def __init__(self, code):
        super().__init__("code %d" % code)
        self.code = code


class Deeper(AppError):
    pass


class Silent(Exception):
    pass


class Many(ValueError):
    def __init__(self, *args, **kwargs):
        super().__init__(*args)
        self.a = self.b = self.c = args
        self.__dict__.update(kwargs)


class Slotted(Exception):
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


def risky(k):
    if k % 4 == 0:
        raise Deeper(k)
    if k % 4 == 1:
        raise Silent
    if k % 4 == 2:
        raise Silent(k, "two")
    raise Many(k, 1)


def run(n):
    total = 0
    for k in range(n):
        try:
            risky(k)
        except AppError as error:
            total += error.code + len(error.args[0])
        except Silent as error:
            total += len(error.args)
        except ValueError as error:
            total += len(error.a)
    return total


print(run(200))

# __init__ changes, goes away, returns something.
old = AppError.__init__


def other(self, code):
    self.code = -code
    self.args = ("x",)


AppError.__init__ = other
print(run(200))
del AppError.__init__
try:
    run(2)
except AttributeError as error:
    print(error)
AppError.__init__ = lambda self, code: 5
try:
    run(2)
except TypeError as error:
    print(error, type(error.__context__))
AppError.__init__ = old
AppError.__new__ = lambda cls, code: Exception.__new__(cls, "made", code)
print(run(40))
AppError.__new__ = lambda cls, code: "no exception"
try:
    run(1)
except TypeError as error:
    print(error)
del AppError.__new__
print(run(40))


# Wrong arguments.
for make in (lambda: AppError(), lambda: Silent(a=1), lambda: Deeper("x"), lambda: Many(1, z=2).z):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)

# Arguments that are made, kept and changed.
e = Silent(1, 2)
Exception.__init__(e, 3)
print(e.args, e, repr(e), Silent().args, KeyError("k"), KeyError(), ValueError((1, 2)).args)
e = Slotted(4)
print(e.x, e.args, hasattr(e, "y"))
e.z = 1
print(vars(e))


# What dies, when.
class Tracker:
    def __init__(self, log, name):
        self.log, self.name = log, name

    def __del__(self):
        self.log.append(self.name)


def deaths():
    log = []
    for k in range(6):
        try:
            held = Tracker(log, "local")
            raise Silent(Tracker(log, k))
        except Silent as error:
            if k % 2:
                error.more = Tracker(log, "attribute")
            del held
            log.append("caught")
        log.append("left")
    return log


print(deaths())


def links(k):
    try:
        try:
            raise Silent(k)
        except Silent as first:
            ref = weakref.ref(first)
            raise Deeper(k) from first
    except Deeper as second:
        kept = second
        same = second.__cause__ is second.__context__ is ref()
        depth = 0
        trace = second.__traceback__
        while trace:
            depth += 1
            trace = trace.tb_next
    kept.__cause__ = kept.__context__ = None
    return same, depth, ref() is None


print([links(k) for k in range(3)])


def lines(k):
    try:
        risky(k)
    except Exception as error:
        trace = error.__traceback__
        return [trace.tb_lineno, trace.tb_next.tb_lineno, trace.tb_next.tb_frame.f_code.co_name]


print([lines(k) for k in range(5)])


def handled():
    out = []
    for k in range(3):
        try:
            raise Silent(k)
        except Silent:
            out.append(sys.exception().args)
            try:
                raise KeyError(k)
            except KeyError as error:
                out.append((sys.exception().args, error.__context__.args))
            out.append(sys.exception().args)
        out.append(sys.exception())
    return out


print(handled())


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args, "added")


class WithMeta(Exception, metaclass=Meta):
    pass


def meta():
    try:
        raise WithMeta(1)
    except WithMeta as error:
        return error.args


print([meta() for _ in range(3)])

grown = []
for k in range(40):
    error = Silent(k)
    for j in range(k):
        setattr(error, "a%d" % j, j)
    grown.append(error)
print(sum(sum(vars(error).values()) for error in grown))
del grown, error
print(run(100))
