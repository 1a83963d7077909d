def trace(function):
    def wrapper(*args, **kwargs):
        print("call", function.__name__, args, kwargs)
        return function(*args, **kwargs)

    return wrapper


def times(n):
    def decorate(function):
        return lambda *args: [function(*args) for _ in range(n)]

    return decorate


@trace
@times(2)
def f(x):
    return x + 1


@(lambda cls: setattr(cls, "tag", "tagged") or cls)
class C:
    @trace
    def method(self, a=1):
        return a


print(f(1), C.tag, C().method(a=5) if False else C.tag)


class Count:
    def __init__(self, function):
        self.function, self.calls = function, 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)


@Count
def g():
    return "g"


print(g(), g(), g.calls)
