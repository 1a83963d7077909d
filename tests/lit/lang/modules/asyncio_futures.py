# asyncio.Future: results, callbacks, what is said of it, and how it is awaited.
import asyncio
import contextvars
import gc
import weakref

loop = asyncio.new_event_loop()


def attempt(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
        return result if not isinstance(result, asyncio.Future) else "future"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


def run_ready():
    loop.call_soon(loop.stop)
    loop.run_forever()


# States.
future = asyncio.Future(loop=loop)
print(future, future.done(), future.cancelled(), future._state, future.get_loop() is loop)
print(attempt(future.result), attempt(future.exception))
future.set_result([1, 2])
print(future, future.done(), future.result(), future.exception(), future._result)
print(attempt(future.set_result, 1), attempt(future.set_exception, ValueError), future.cancel())

future = loop.create_future()
print(attempt(future.set_exception, 5), attempt(future.set_exception, int))
future.set_exception(KeyError)
print(future, attempt(future.result), repr(future.exception()), attempt(future.cancel))
future = loop.create_future()
future.set_exception(StopIteration(3))
print(future.exception(), repr(future.exception().__cause__))

for message in ((), ("why",)):
    future = loop.create_future()
    print(future.cancel(*message), future, future._cancel_message, future.cancelled())
    print(attempt(future.result), attempt(future.exception), attempt(future._make_cancelled_error))

# Callbacks are called by the loop, in order, each in its context.
variable = contextvars.ContextVar("variable", default="none")


def note(name):
    def callback(future):
        print(" ", name, future.result(), variable.get())

    return callback


future = loop.create_future()
first, second = note("first"), note("second")
print(future._callbacks)
future.add_done_callback(first)
variable.set("changed")
future.add_done_callback(second)
future.add_done_callback(first, context=contextvars.Context())
future.add_done_callback(note("last"))
print(len(future._callbacks), [function is first for function, _ in future._callbacks])
print(future.remove_done_callback(second), future.remove_done_callback(print))
future.set_result("done")
print("not yet", future._callbacks)
run_ready()
future.add_done_callback(second)
run_ready()
future = loop.create_future()
for callback in (first, second, first):
    future.add_done_callback(callback)
print(future.remove_done_callback(first), len(future._callbacks))
print(attempt(future.add_done_callback), attempt(future.add_done_callback, first, None))


# A callback whose comparison changes the callbacks.
class Evil:
    def __eq__(self, other):
        future.remove_done_callback(first)
        return False


future = loop.create_future()
for callback in (first, first, second, first):
    future.add_done_callback(callback)
print(future.remove_done_callback(Evil()), len(future._callbacks))

# Attributes.
future = loop.create_future()
for name in ("_state", "_loop", "_callbacks", "_result", "_asyncio_awaited_by"):
    print(attempt(setattr, future, name, 1))
print(attempt(setattr, future, "_log_traceback", True), future._log_traceback)
print(future._asyncio_future_blocking, asyncio.isfuture(future), asyncio.isfuture(5))
print(asyncio.Future[int], attempt(asyncio.Future, 1), attempt(asyncio.Future, loop=1))
print(attempt(future.__init__, loop=loop))

# One whose __init__ has not run.
blank = asyncio.Future.__new__(asyncio.Future)
for name in ("result", "exception", "done", "cancel", "get_loop", "__iter__", "__repr__"):
    print(name, attempt(getattr(blank, name)))
print(attempt(blank.set_result, 1), attempt(blank.add_done_callback, print))
print(attempt(getattr, blank, "_state"), blank._loop, blank._asyncio_awaited_by)


# Subclasses and weak references.
class Own(asyncio.Future):
    def __init__(self, name):
        super().__init__(loop=loop)
        self.name = name

    def result(self):
        return f"{self.name}: {super().result()}"


own = Own("own")
own.set_result(1)
print(own, own.result(), own.name, weakref.ref(own)() is own)
blank.note = 5  # any future takes attributes
print(blank.note, attempt(getattr, blank, "other"))
cycle = Own("cycle")
cycle.add_done_callback(cycle.set_result)
gone = weakref.ref(cycle)
del cycle
gc.collect()
print(gone())

# What awaits it.
future = loop.create_future()
iterator = iter(future)
print(next(iterator) is future, future._asyncio_future_blocking, attempt(next, iterator))
print(attempt(iterator.throw, ValueError("thrown")), attempt(next, iterator))
iterator = future.__await__()
print(attempt(iterator.throw, 1), iterator.close(), attempt(iterator.send, None))
future.set_result("value")
iterator = iter(future)
print(attempt(iterator.send, 5), attempt(next, iterator), iter(iterator) is iterator)


def delegate(future):
    return (yield from future)


print(attempt(delegate(future).send, None))

# Exceptions that nobody asks for.
loop.set_exception_handler(lambda loop, context: print(sorted(context), context["message"]))
for future in (loop.create_future(), Own("lost")):
    future.set_exception(ValueError("lost"))
    del future
future = loop.create_future()
future.set_exception(ValueError("seen"))
print(repr(future.exception()))
del future
gc.collect()
loop.close()
