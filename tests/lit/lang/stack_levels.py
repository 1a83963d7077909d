# Who looks at the stack: warnings, inspect, traceback and logging, through functions that are compiled.
import inspect
import io
import logging
import traceback
import warnings


def warn(level):
    warnings.warn(f"level {level}", stacklevel=level)


def first(level):
    warn(level)


def second(level):
    first(level)


def show(message, category, filename, lineno, file=None, line=None):
    print(message, category.__name__, lineno)


warnings.showwarning = show
warnings.simplefilter("always")


def third():
    for level in range(1, 7):
        second(level)


third()


def names():
    return [(f.function, f.lineno) for f in inspect.stack()]


class C:
    def method(self):
        return names()


def calls(o):
    return o.method()


print(calls(C()))


def print_stack():
    file = io.StringIO()
    traceback.print_stack(file=file)
    for line in file.getvalue().splitlines():
        print(line.replace(__file__, "FILE") if "File" in line else line)
    print([entry.name for entry in traceback.extract_stack(limit=3)])


def deeper(n):
    if n == 0:
        print_stack()
    else:
        deeper(n - 1)


deeper(3)

logging.basicConfig(format="%(funcName)s:%(lineno)d %(message)s", stream=__import__("sys").stdout)


def log(text, level=1):
    logging.getLogger("x").warning(text, stacklevel=level)


def logs():
    log("one")
    log("two", 2)
    log("three", 3)


def outer():
    logs()


outer()


def invert(x):
    return ~x


invert(True)


def caller_of_handler():
    import sys

    try:
        raise ValueError
    except ValueError as error:
        return error.__traceback__.tb_frame.f_back.f_code.co_name


def handles():
    return caller_of_handler()


print(handles())
