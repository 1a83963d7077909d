# _thread: locks, locks that their owner may take again, and the errors of both.
import _thread


def show(function, *args, **keywords):
    try:
        print(function.__name__, args, keywords, function(*args, **keywords))
    except (TypeError, ValueError, OverflowError, RuntimeError) as error:
        print(function.__name__, args, keywords, type(error).__name__, error)


lock = _thread.allocate_lock()
print(repr(lock).partition(" at ")[0])
show(lock.release)
for args in ((False, 1), (True, -2), (1, "a"), (True, 1e10), (1, 2, 3)):
    show(lock.acquire, *args)
show(lock.acquire, timeout=-1)
print(lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), repr(lock).partition(" at ")[0])
lock.release()
with lock as taken:
    print(taken, lock.locked())
print(lock.locked())

again = _thread.RLock()
print(repr(again).partition(" at ")[0])
print(again.acquire(), again.acquire(), again._is_owned(), again._recursion_count(), again.locked())
again.release()
again.release()
show(again.release)
show(again._release_save)
with again:
    state = again._release_save()
    print(state[0], again.locked(), again._recursion_count())
    again._acquire_restore(state)
print(again.locked())
show(_thread.RLock, 1)
show(_thread.lock, 1)
print(type(lock), _thread.LockType, _thread.error, _thread.TIMEOUT_MAX, _thread.get_ident() == _thread.get_ident())
