# Who called a generator or coroutine: those that it was resumed or thrown into through.
import types, traceback, sys
def show():
    out = []
    f = sys._getframe(1)
    while f:
        out.append(f.f_code.co_name)
        f = f.f_back
    return out
async def a():
    return await b()
async def b():
    return await c()
@types.coroutine
def c():
    try:
        yield show()
    except ZeroDivisionError:
        yield show()
    except KeyError:
        yield [s.name for s in traceback.extract_stack()]
def run():
    coro = a()
    print(coro.send(None))
    print(coro.throw(ZeroDivisionError))
    coro = a()
    print(coro.send(None))
    print(coro.throw(KeyError))
run()
def gen():
    yield show()
    x = yield show()
    yield from sub()
def sub():
    yield show()
    try:
        yield show()
    except KeyError:
        yield show()
def drive():
    g = gen()
    print(next(g)); print(g.send(None)); print(next(g)); print(next(g)); print(g.throw(KeyError))
drive()
