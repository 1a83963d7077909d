# Generators from outside: gi_state and its kin, what a lambda returns, what throw() has as context.
def g():
    print(G.gi_state, G.gi_running, G.gi_suspended)
    yield


G = g()
print(G.gi_state)
next(G)
print(G.gi_state)
G.close()
print(G.gi_state)


async def c():
    print(C.cr_state)


C = c()
print(C.cr_state)
try:
    C.send(None)
except StopIteration:
    print(C.cr_state)


async def a():
    yield 1


print(a().ag_state)
try:
    G.gi_state = 1
except AttributeError as error:
    print(error)


def result(generator, value):
    next(generator)
    try:
        generator.send(value)
    except StopIteration as stop:
        return stop.value


def inner():
    return (yield)


print(result((lambda: (yield))(), 3), result((lambda: (yield from inner()))(), 4))


def handling():
    try:
        raise KeyError("a")
    except KeyError:
        yield


def thrown(generator, exception):
    next(generator)
    try:
        generator.throw(exception)
    except BaseException as error:
        return repr(error), repr(error.__context__)


print(thrown(handling(), ValueError), thrown(inner(), ValueError))
try:
    1 / 0
except ZeroDivisionError:
    print(thrown(inner(), ValueError), thrown(handling(), ValueError))


class NoInstance(Exception):
    def __new__(cls, *args):
        return cls


def catching():
    try:
        yield
    except TypeError as error:
        print(error)
        yield 5


it = catching()
next(it)
print(it.throw(NoInstance))


# Before it begins, a generator stands at its `def`.
def counting():
    number = 1
    yield number


counter = counting()
first = counting.__code__.co_firstlineno
print(counter.gi_frame.f_lineno - first)
next(counter)
print(counter.gi_frame.f_lineno - first)
