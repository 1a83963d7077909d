# Functions that instances hold, static methods and class methods, called as methods are: a profile
# sees a function there, but the object is no argument of it.
class Handler:
    scale = 1

    def __init__(self, action):
        self.action = action

    def own(self):
        return self.scale

    @classmethod
    def of_class(cls):
        return cls.scale

    @staticmethod
    def static():
        return 3


class Scaled(Handler):
    scale = 10


def four():
    return 4


def five():
    return 5


def total(handler, count):
    result = 0
    for _ in range(count):
        result += handler.action() + handler.own() + handler.of_class() + handler.static()
    return result


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


handler = Handler(four)
print(total(handler, 500), total(Scaled(five), 500))

# Other functions, other callables, none at all.
handler.action = five
print(total(handler, 2))
handler.action = lambda: 1000
print(total(handler, 2))
handler.action = handler.own
print(total(handler, 2))
handler.action = int
print(total(handler, 2))
del handler.action
print(attempt(total, handler, 2))
Handler.action = lambda self: self.scale * 7
print(total(handler, 2), total(Scaled(four), 2))

# What was a class method is a method, and the other way round; the instance has one of its own.
Handler.of_class = lambda self: 100
Handler.static = classmethod(lambda cls: cls.scale)
Handler.own = staticmethod(four)
print(total(handler, 2), total(Scaled(four), 2))
handler.static = five
handler.own = four
print(total(handler, 2))
Handler.of_class = None
print(attempt(total, handler, 2))
