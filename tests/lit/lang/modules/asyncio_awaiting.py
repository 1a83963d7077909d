# Futures awaited from compiled and from interpreted coroutines, through both kinds of one another.
import asyncio

source = """
async def interpreted(future):
    return ["interpreted", await future]

async def through(function, future):
    return ["through", await function(future)]

async def catching(future):
    try:
        return await future
    except BaseException as error:
        return ["interpreted caught", type(error).__name__]
"""
dynamic = {}
exec(source, dynamic)
interpreted, through = dynamic["interpreted"], dynamic["through"]


async def compiled(future):
    return ["compiled", await future]


async def compiled_through(function, future):
    return ["compiled through", await function(future)]


async def catching(future):
    try:
        return await future
    except BaseException as error:
        return ["compiled caught", type(error).__name__]


class Wraps:
    def __init__(self, future):
        self.future = future

    def __await__(self):
        return (yield from self.future)


async def main():
    loop = asyncio.get_running_loop()
    for outer in (through, compiled_through):
        for inner in (interpreted, compiled):
            for is_done in (False, True):
                future = loop.create_future()
                loop.call_soon(future.set_result, "late") if not is_done else future.set_result("now")
                print(await outer(inner, future), await outer(inner, Wraps(future)))
    for catch in (catching, dynamic["catching"]):
        for end in (lambda f: f.set_exception(KeyError()), lambda f: f.cancel()):
            for outer in (through, compiled_through):
                future = loop.create_future()
                task = asyncio.create_task(outer(catch, future))
                await asyncio.sleep(0)
                end(future)
                print(await task)
    tasks = [asyncio.create_task(through(compiled_through_both, i)) for i in range(3)]
    print(await asyncio.gather(*tasks))
    print(sum(await asyncio.gather(*[count(i) for i in range(200)])))


async def compiled_through_both(i):
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_result, i)
    return await through(compiled, future)


async def count(n):
    total = 0
    for i in range(n % 7):
        await asyncio.sleep(0)
        total += i
    return total


asyncio.run(main())
