# asyncio.Task: steps, cancellation, names, and what a coroutine must not yield.
import asyncio
import gc
import io
import re
import sys
import types


def shown(text):
    """Without addresses and places."""
    return re.sub(r" at 0x\w+| (running|defined) at [^>]*", r" \1", str(text))


async def attempt(awaitable):
    try:
        return await awaitable
    except BaseException as error:
        return shown(f"{type(error).__name__}: {error}")


async def add(a, b, pause=True):
    if pause:
        await asyncio.sleep(0)
    return a + b


async def fail(error):
    await asyncio.sleep(0)
    raise error


async def results():
    task = asyncio.create_task(add(1, 2), name="adds")
    print(task.get_name(), task.done(), shown(task), asyncio.iscoroutine(task.get_coro()))
    print(await task, task.done(), task.result(), shown(task))
    task.set_name(5)
    print(repr(task.get_name()), task.get_context() is not None, await task)
    unnamed = asyncio.create_task(add(1, 2)).get_name()
    print(re.sub(r"\d+", "N", unnamed))
    print(await attempt(asyncio.create_task(fail(KeyError("key")))))
    print(await attempt(asyncio.create_task(fail(ZeroDivisionError()))))
    for method, argument in (("set_result", 1), ("set_exception", ValueError())):
        try:
            getattr(task, method)(argument)
        except RuntimeError as error:
            print(error)
    for wrong in (5, add):
        try:
            asyncio.Task(wrong)
        except TypeError as error:
            print(shown(error))
    print(asyncio.Task[int])


async def stubborn(times):
    for i in range(times):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            print("  cancelled", i, error.args, asyncio.current_task().cancelling())
    return "stayed"


async def cancellation():
    task = asyncio.create_task(asyncio.sleep(10))
    print(task.cancel(), task.cancelling(), task._must_cancel, task.cancelled())
    print(await attempt(task), task.cancelled(), task.cancel(), shown(task))
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    print(task._fut_waiter is not None, task.cancel("reason"), shown(task))
    print(await attempt(task), await attempt(task))
    task = asyncio.create_task(stubborn(2))
    for message in ("one", "two"):
        await asyncio.sleep(0)
        task.cancel(message)
    print(await task, task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel())
    # Cancelled right before its end.
    task = asyncio.create_task(add(1, 2, pause=False))
    task.cancel()
    print(await attempt(task))
    # A task that awaits another one hands the cancellation on.
    inner = asyncio.create_task(asyncio.sleep(10))
    outer = asyncio.create_task(attempt(inner))
    await asyncio.sleep(0)
    outer.cancel("from outside")
    print(await outer, inner.cancelled())
    # uncancel() before the CancelledError is thrown.
    task = asyncio.create_task(add(1, 2))
    task.cancel()
    print(task.uncancel(), task._must_cancel, await task)


class Yields:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


class Duck:
    """Behaves as a future."""

    _asyncio_future_blocking = None

    def get_loop(self):
        return asyncio.get_running_loop()

    def add_done_callback(self, callback, *, context):
        print("  callback", shown(callback), type(context).__name__)
        self.get_loop().call_soon(callback, self, context=context)

    def result(self):
        print("  asked")
        raise ValueError("a duck's")

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return "quack"


async def wait_for(awaitable):
    return await awaitable


async def wrong_yields():
    loop = asyncio.get_running_loop()
    other = asyncio.new_event_loop()
    future = loop.create_future()
    for value in (5, "text", (x for x in [1]), future):
        print(await attempt(asyncio.create_task(wait_for(Yields(value)))))
    print(await attempt(asyncio.create_task(wait_for(Yields(None)))))
    print(await attempt(asyncio.create_task(wait_for(other.create_future()))))
    other.close()

    async def wait_for_itself():
        await asyncio.current_task()

    print(await attempt(asyncio.create_task(wait_for_itself())))
    print(await attempt(asyncio.create_task(wait_for(Duck()))))


async def subclasses():
    class Future(asyncio.Future):
        def add_done_callback(self, function, *, context=None):
            print("  added")
            super().add_done_callback(function, context=context)

        def get_loop(self):
            print("  loop")
            return super().get_loop()

    class Task(asyncio.Task):
        def cancel(self, msg=None):
            print("  cancel", msg)
            return super().cancel(msg)

        def set_result(self, result):
            print("never called")

    future = Future()
    task = Task(wait_for(future))
    await asyncio.sleep(0)
    print(len(future._asyncio_awaited_by), task in future._asyncio_awaited_by)
    future.set_result("result")
    print(await task, future._asyncio_awaited_by)
    task = Task(asyncio.sleep(10))
    outer = asyncio.create_task(attempt(task))
    await asyncio.sleep(0)
    outer.cancel()
    print(await outer)


async def stacks():
    async def inner():
        await asyncio.sleep(0)
        raise ValueError("inner")

    task = asyncio.create_task(inner())
    await asyncio.sleep(0)
    print([frame.f_code.co_name for frame in task.get_stack()], task.get_stack(limit=0))
    print(await attempt(task), [frame.f_code.co_name for frame in task.get_stack()])
    stream = io.StringIO()
    task.print_stack(file=stream)
    print(stream.getvalue().splitlines()[-1])


async def left_alone():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(sorted(context), context["message"]))
    task = asyncio.create_task(fail(ValueError()))
    await asyncio.sleep(0.01)
    del task
    gc.collect()

    async def forever():
        await loop.create_future()

    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    del task
    gc.collect()
    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    task._log_destroy_pending = False
    del task
    gc.collect()


@types.coroutine
def generator_based():
    yield
    return "generator"


for program in (results, cancellation, wrong_yields, subclasses, stacks, left_alone):
    print(program.__name__)
    asyncio.run(program())


async def interrupt():
    raise SystemExit("out")


try:
    asyncio.run(interrupt())
except SystemExit as error:
    print("SystemExit", error)
print(asyncio.run(attempt(generator_based())))
