# Calls of classes that mean more than "allocate, then run this __init__".
class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def make(a, b):
    return Pair(a, b)


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def total(count):
    result = 0
    for i in range(count):
        pair = make(i, 1)
        result += pair.a + pair.b
    return result


print(total(3000))

old = Pair.__init__


def loud(self, a, b):
    print("init", a, b)
    old(self, b, a)


Pair.__init__ = loud
print(total(2))
Pair.__init__ = lambda self, a, b: 5
print(attempt(make, 1, 2))


def failing(self, a, b):
    raise ValueError(a)


Pair.__init__ = failing
print(attempt(make, 1, 2))
Pair.__init__ = old
print(total(3))


class Made:
    def __new__(cls, a, b):
        return a, b


plain, Pair = Pair, Made
print(make(1, 2))


class Meta(type):
    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)


class Other(metaclass=Meta):
    def __init__(self, a, b):
        self.a, self.b = b, a


Pair = Other
print(total(2))
Pair = lambda a, b: plain(a * 10, b)
print(total(3))
Pair = plain


class Noisy(plain):
    def __init__(self, a, b):
        super().__init__(a + 1, b)


Pair = Noisy
print(total(4))
