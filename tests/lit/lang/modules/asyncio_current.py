# Which loop and task run, eager tasks, the contexts of tasks, and who awaits whom.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="unset")


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:50]}"


async def quick(result):
    return result


async def slow(result):
    await asyncio.sleep(0)
    return result


async def current():
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    print(asyncio.get_event_loop() is loop, asyncio._get_running_loop() is loop)
    print(asyncio.current_task(loop) is task, asyncio.current_task(loop=None) is task)
    print(asyncio.current_task(object()), asyncio.all_tasks(object()))
    other = asyncio.create_task(slow(1))
    print(asyncio.all_tasks() == {task, other}, asyncio.all_tasks(loop) == {task, other})
    await other
    print(asyncio.all_tasks() == {task})
    print(attempt(asyncio.tasks._enter_task, loop, other))
    print(attempt(asyncio.tasks._leave_task, loop, other))
    print(attempt(asyncio.tasks._swap_current_task, object(), other)[:20])
    print(asyncio.tasks._swap_current_task(loop, None) is task, asyncio.current_task())
    print(asyncio.tasks._swap_current_task(loop, task), asyncio.current_task() is task)


async def registering():
    class Foreign:
        finished = False

        def get_loop(self):
            return asyncio.get_running_loop()

        def done(self):
            return self.finished

    task = Foreign()
    asyncio.tasks._register_task(task)
    print(task in asyncio.all_tasks())
    task.finished = True
    print(task in asyncio.all_tasks())
    task.finished = False
    asyncio.tasks._unregister_task(task)
    asyncio.tasks._register_eager_task(task)
    print(task in asyncio.all_tasks())
    asyncio.tasks._unregister_eager_task(task)
    print(task in asyncio.all_tasks(), attempt(asyncio.tasks._register_task, 5))
    own = asyncio.create_task(slow(1))
    asyncio.tasks._unregister_task(own)
    print(own in asyncio.all_tasks())
    asyncio.tasks._register_task(own)
    print(own in asyncio.all_tasks(), await own)


async def eager():
    loop = asyncio.get_running_loop()
    outer = asyncio.current_task()

    async def looks(pause):
        own = asyncio.current_task()
        print("  ", own is outer, own in asyncio.all_tasks(), variable.get())
        variable.set("changed inside")
        if pause:
            await asyncio.sleep(0)
        return asyncio.current_task() is own

    variable.set("outside")
    task = asyncio.Task(looks(False), loop=loop, eager_start=True, name="now")
    print(task.done(), task.result(), task.get_coro(), variable.get())
    print(asyncio.current_task() is outer, task)
    task = asyncio.Task(looks(True), loop=loop, eager_start=True)
    print(task.done(), task in asyncio.all_tasks(), await task, task in asyncio.all_tasks())

    async def fails():
        raise ValueError("at once")

    task = asyncio.Task(fails(), loop=loop, eager_start=True)
    print(task.done(), repr(task.exception()))
    unused = quick(1)
    print(attempt(asyncio.Task, unused, loop=loop, context="none"))
    unused.close()
    loop.set_task_factory(asyncio.eager_task_factory)
    print(asyncio.create_task(quick(5)).result())
    print(await asyncio.gather(slow(1), quick(2), slow(3)))
    loop.set_task_factory(None)
    print(asyncio.create_task(quick(6)).done())


async def contexts():
    seen = []

    async def work(name):
        seen.append((name, variable.get()))
        variable.set(name)
        await asyncio.sleep(0)
        seen.append((name, variable.get()))

    variable.set("parent")
    await asyncio.gather(work("a"), work("b"))
    print(seen, variable.get())
    shared = contextvars.copy_context()
    await asyncio.create_task(work("shared"), context=shared)
    print(variable.get(), shared[variable])
    task = asyncio.create_task(work("c"), context=shared)
    print(task.get_context() is shared)
    await task


async def awaited_by():
    future = asyncio.get_running_loop().create_future()

    async def wait():
        return await future

    print(future._asyncio_awaited_by)
    tasks = [asyncio.create_task(wait()) for _ in range(3)]
    await asyncio.sleep(0)
    print(future._asyncio_awaited_by == frozenset(tasks))
    future.set_result(7)
    print(await asyncio.gather(*tasks), len(future._asyncio_awaited_by))
    graph = asyncio.capture_call_graph(tasks[1])
    print(graph.future is tasks[1], graph.awaited_by)
    asyncio.future_add_to_awaited_by(future, tasks[1])
    print(future._asyncio_awaited_by == {tasks[1]})
    asyncio.future_discard_from_awaited_by(future, tasks[1])
    asyncio.future_add_to_awaited_by(1, 2)


print(attempt(asyncio.get_running_loop), asyncio._get_running_loop(), attempt(asyncio.current_task))
for program in (current, registering, eager, contexts, awaited_by):
    print(program.__name__)
    asyncio.run(program())
print(asyncio._get_running_loop())
