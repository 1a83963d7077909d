# _thread's local objects and handles, and the queue that threads use.
import _queue
import _thread


def attempt(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except BaseException as error:
        print(type(error).__name__, error)


class Local(_thread._local):
    shared = 3

    def __init__(self, value):
        self.value = value

    @property
    def fixed(self):
        return 5


local = Local(4)
print(local.value, local.shared, local.fixed, local.__dict__)
attempt(setattr, local, "fixed", 3)
attempt(setattr, local, "__dict__", {})
attempt(delattr, local, "missing")
attempt(_thread._local, 1)
handle = _thread._make_thread_handle(_thread.get_ident())
attempt(handle.join)
attempt(handle.is_done)
handle._set_done()
attempt(handle.join)
attempt(_thread._ThreadHandle().join)
attempt(_thread.start_new_thread, 1, ())
attempt(_thread.start_new_thread, print, 2)
attempt(_thread.interrupt_main, 99)
attempt(_thread.exit)
queue = _queue.SimpleQueue()
queue.put(1)
queue.put(item=[2])
print(queue.qsize(), queue.get(), queue.get(timeout=1), queue.empty())
attempt(queue.get, False)
attempt(queue.get, timeout=0.001)
attempt(queue.get, timeout=-1)
