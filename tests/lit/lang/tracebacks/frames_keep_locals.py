# The frames of a traceback are the frames themselves, and keep their locals.
import gc
import sys
import weakref


class Thing:
    pass


exec("""
def inner(thing):
    seen = len(sys._getframe(1).f_locals)
    raise ValueError(seen)


def outer():
    mine = Thing()
    kept = weakref.ref(mine)
    try:
        inner(mine)
    except ValueError as error:
        entry = error.__traceback__
        print(entry.tb_frame is sys._getframe(), entry.tb_next.tb_frame.f_back is entry.tb_frame)
        print(sorted(entry.tb_next.tb_frame.f_locals), entry.tb_next.tb_frame.f_lineno)
        saved = entry.tb_next
    del mine
    print(kept() is not None)
    try:
        sys._getframe().clear()
    except RuntimeError as error:
        print(error)
    saved.tb_frame.clear()
    print(kept(), saved.tb_frame.f_locals)


def generator():
    value = 1
    yield value
    raise KeyError(value)


def reraised():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise
""")
outer()
running = generator()
next(running)
try:
    next(running)
except KeyError as error:
    frame = error.__traceback__.tb_next.tb_frame
    print(frame.f_locals, frame.f_generator, running.gi_frame)
try:
    reraised()
except ZeroDivisionError as error:
    entry = error.__traceback__.tb_next
    print(entry.tb_lineno)
    entry.tb_frame.f_locals["new"] = 1
    print(list(entry.tb_frame.f_locals))
del frame, entry
gc.collect()
