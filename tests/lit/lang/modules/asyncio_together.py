# What asyncio builds on futures and tasks: gather, wait, timeouts, groups, shields.
import asyncio


async def value(result, steps=1):
    for _ in range(steps):
        await asyncio.sleep(0)
    return result


async def fail(error, steps=1):
    await value(None, steps)
    raise error


async def attempt(awaitable):
    try:
        return await awaitable
    except BaseExceptionGroup as group:
        return f"{type(group).__name__}: {group} {group.exceptions}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


async def gathering():
    print(await asyncio.gather(value(1, 3), value(2), value(3, 2)))
    print(await asyncio.gather(value(1), fail(KeyError("k")), return_exceptions=True))
    print(await attempt(asyncio.gather(value(1, 5), fail(ValueError("first")))))
    print(await asyncio.gather())
    both = asyncio.gather(asyncio.sleep(10), value(1))
    await asyncio.sleep(0)
    print(both.cancel(), await attempt(both))


async def waiting():
    tasks = [asyncio.create_task(value(i, 4 - i)) for i in range(3)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(sorted(task.result() for task in done), len(pending))
    done, pending = await asyncio.wait(tasks)
    print(sorted(task.result() for task in done), len(pending))
    tasks = [asyncio.create_task(fail(ValueError())), asyncio.create_task(asyncio.sleep(10))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), [repr(task.exception()) for task in done])
    done, pending = await asyncio.wait(pending, timeout=0.01)
    print(len(done), len(pending), [task.cancel() for task in pending])
    print([await item for item in asyncio.as_completed([value("slow", 5), value("fast")])])


async def timing():
    print(await asyncio.wait_for(value("in time"), 10))
    print(await attempt(asyncio.wait_for(asyncio.sleep(10), 0.01)))
    print(await attempt(asyncio.wait_for(value(1), 0)))
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(10)
    except TimeoutError:
        print("timeout", limit.expired(), asyncio.current_task().cancelling())
    async with asyncio.timeout(10) as limit:
        await value(1)
    print(limit.expired())


async def grouping():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(value(i)) for i in range(3)]
    print([task.result() for task in tasks])

    async def failing():
        async with asyncio.TaskGroup() as group:
            sleeper = group.create_task(asyncio.sleep(10))
            group.create_task(fail(ValueError("one")))
            group.create_task(fail(KeyError("two")))
        return sleeper

    print(await attempt(failing()), asyncio.current_task().cancelling())


async def shielding():
    inner = asyncio.create_task(value("kept", 3))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0)
    print(outer.cancel(), await attempt(outer), await inner)
    print(await asyncio.shield(value("whole")))


async def synchronising():
    queue, results = asyncio.Queue(2), []
    lock, event = asyncio.Lock(), asyncio.Event()

    async def consume():
        await event.wait()
        while (item := await queue.get()) is not None:
            async with lock:
                results.append(item)
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(consume())
        event.set()
        for item in [*range(5), None]:
            await queue.put(item)
    print(results)


async def looping():
    async def numbers(count):
        for i in range(count):
            await asyncio.sleep(0)
            yield i

    print([i async for i in numbers(3)], await anext(numbers(1)))
    order = []
    loop = asyncio.get_running_loop()
    loop.call_later(0.002, order.append, "later")
    loop.call_soon(order.append, "soon")
    task = asyncio.create_task(value("task", 2))
    task.add_done_callback(lambda task: order.append(task.result()))
    await asyncio.sleep(0.01)
    print(order)


for program in (gathering, waiting, timing, grouping, shielding, synchronising, looping):
    print(program.__name__)
    asyncio.run(program())
