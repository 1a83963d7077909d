# Classes whose __init__ is inherited, called in hot loops, while the way to make them changes.
import sys


class Base:
    def __init__(self, x):
        self.x = x


class Derived(Base):
    pass


class Error(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Lower(Error):
    pass


class Third(Exception):
    pass


def make(n):
    return sum(Derived(k).x for k in range(n))


def fail(k):
    if k % 3 == 0:
        raise Lower(k, "lower")
    if k % 3 == 1:
        raise Third(k, k)
    raise ValueError("bad")


def run(n):
    total = 0
    for k in range(n):
        try:
            fail(k)
        except Lower as error:
            total += error.code + len(error.args)
        except (Third, ValueError) as error:
            total += len(error.args) * 1000
    return total


def show(what, *args):
    try:
        print(what(*args))
    except Exception as error:
        trace = error.__traceback__
        lines = []
        while trace:
            lines.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
        print(type(error).__name__, error, lines)


show(make, 100)
show(run, 100)

# The inherited __init__ becomes another, one with defaults, one that returns something, none.
plain, plainError = Base.__init__, Error.__init__


def second(self, x, y=2):
    self.x = x * y


def third(self, code, text, *rest):
    self.code = len(rest)


Base.__init__, Error.__init__ = second, third
show(make, 100)
show(run, 100)
Base.__init__ = Error.__init__ = lambda self, *args: 5
show(make, 3)
show(run, 3)
del Base.__init__, Error.__init__
show(make, 3)
show(run, 3)
Base.__init__, Error.__init__ = plain, plainError
plain.__code__ = (lambda self, x: setattr(self, "x", x + 1)).__code__
show(make, 100)
plain.__defaults__ = (7,)
show(make, 100)

# Another class in between, one that makes its instances itself, another metaclass.
Derived.__init__ = lambda self, x: Base.__init__(self, -x)
show(make, 100)
Derived.__new__ = lambda cls, x: Base(100)
show(make, 100)


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args[:1], "meta")


class Other(Error, metaclass=Meta):
    pass


Lower = Other
show(run, 100)

# What is called is a function, and raises; an argument too few, one too many.
Lower = lambda code, text: Third(code)
show(run, 100)
Derived = lambda x: Base(1 / (x - 5))
show(make, 100)
Derived = Base
show(lambda: Derived().x)
show(lambda: Derived(1, 2))
Third.__init__ = lambda self, a: None
show(run, 100)


# Ends of instances whose __init__ raises.
class Loud(Exception):
    ended = 0

    def __init__(self, k):
        self.k = k
        if k % 2:
            raise KeyError(k)

    def __del__(self):
        Loud.ended += 1


class Louder(Loud):
    pass


def loud(n):
    keys = 0
    for k in range(n):
        try:
            raise Louder(k)
        except Loud as error:
            keys += error.k
        except KeyError as error:
            keys -= error.args[0]
    return keys, Loud.ended


show(loud, 100)
