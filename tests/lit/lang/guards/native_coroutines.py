# Coroutines and asynchronous generators as native code: awaits to the depth and back, exceptions through
# them, what is thrown in or closed, and what they look like from outside.
import inspect
import traceback
import types


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


def run(coroutine, answers=()):
    """Drives a coroutine by hand; the values it asked with, and its result or exception."""
    asked, answers = [], iter(answers)
    send = None
    try:
        while True:
            asked.append(coroutine.send(send))
            send = next(answers, len(asked))
    except StopIteration as stop:
        return asked[-3:], stop.value
    except Exception as error:
        return asked[-3:], repr(error)


async def plain(n):
    total = 0
    for i in range(n):
        total += i
    return total


async def fib(n):
    if n < 2:
        return n
    return await fib(n - 1) + await fib(n - 2)


async def asking(n):
    total = 0
    for i in range(n):
        total += await Pause(i)
    return total


async def deep(n):
    if n == 0:
        return await asking(3)
    try:
        return 1 + await deep(n - 1)
    finally:
        marks.append(n)


marks = []
print(run(plain(1000)), run(fib(12)), run(asking(200)), run(asking(3), [1.5, 2, 10**30]))
print(run(deep(5)), marks)
print(run(asking(2), ["text"]))


async def count(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)
        await Pause("between")


class Lines:
    def __init__(self, lines):
        self.lines = iter(lines)

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return next(self.lines)
        except StopIteration:
            raise StopAsyncIteration from None


class Resource:
    def __init__(self, name, swallows=False):
        self.name, self.swallows = name, swallows

    async def __aenter__(self):
        await Pause("enter " + self.name)
        return self

    async def __aexit__(self, kind, error, trace):
        await Pause("exit " + self.name)
        return self.swallows


async def loops(n):
    total = 0
    async for i in count(n):
        total += i
    else:
        total += 1000
    async for line in Lines(["a", "bc"]):
        total += len(line)
    return total, [i async for i in count(4) if i % 2], {i: j async for i in count(2) async for j in Lines("x")}


async def blocks():
    async with Resource("outer") as outer, Resource("inner", True):
        raise ValueError(outer.name)
    return "behind"


async def unsuitable(which):
    if which == 0:
        await 5
    elif which == 1:
        async for _ in [1]:
            pass
    elif which == 2:
        async with Pause(1):
            pass
    else:
        raise StopIteration("inside")


print(run(loops(50)), run(blocks()))
for which in range(4):
    print(run(unsuitable(which)))


async def guarded():
    try:
        return await Pause("waiting")
    except KeyError as error:
        return "caught", error.args, await Pause("again")
    finally:
        marks.append("left")


waiting = guarded()
print(waiting.send(None), inspect.getcoroutinestate(waiting), waiting.cr_await is not None, waiting.cr_frame.f_lineno > 0)
print(waiting.throw(KeyError("k")))
try:
    waiting.send(8)
except StopIteration as stop:
    print(stop.value, inspect.getcoroutinestate(waiting))
try:
    waiting.send(None)
except RuntimeError as error:
    print(error)
waiting = guarded()
waiting.send(None)
waiting.close()
print(marks[-2:])


async def shared(coroutine):
    return await coroutine


inner = asking(2)
first, second = shared(inner), shared(inner)
first.send(None)
try:
    second.send(None)
except RuntimeError as error:
    print(error)
first.close()


@types.coroutine
def old_style(value):
    return (yield value)


async def mixed():
    return [await old_style(i) for i in range(3)]


print(run(mixed()))


async def failing(n):
    if n == 0:
        return [][n]
    return await failing(n - 1)


try:
    failing(2).send(None)
except IndexError as error:
    print([frame.name + ":" + frame.line for frame in traceback.extract_tb(error.__traceback__)[1:]])


async def resources():
    generator = count(3)
    print(await anext(generator), await generator.asend("hello"), await anext(generator, "none"))
    print(await anext(generator, "none"))
    closing = count(3)
    await anext(closing)
    await closing.aclose()
    try:
        await generator.athrow(ValueError("late"))
    except ValueError as error:
        print("athrow", error)


print(run(resources()))
