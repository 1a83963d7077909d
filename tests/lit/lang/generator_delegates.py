# What runs while a generator hands something on, and the code of generator expressions.
import sys
import types


def names(frame):
    found = []
    while frame.f_code.co_name != "<module>":
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


def inner():
    try:
        yield
    except ValueError:
        print("inner", names(sys._getframe()))
        yield 1
    finally:
        print("closing", names(sys._getframe()))


class Custom:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, error):
        print("custom", names(sys._getframe()))
        return 2


# A frame of its own has what runs in the interpreter.
exec("def outer(target): yield from target")

generator = outer(inner())
next(generator)
print(generator.throw(ValueError))
generator.close()
generator = outer(Custom())
next(generator)
print(generator.throw(ValueError))

function = types.FunctionType((x for x in []).gi_code, {})
print(list(function([1, 2])))
try:
    function(42)
except TypeError as error:
    print(error)
try:
    (x for x in 42)
except TypeError as error:
    entry = error.__traceback__
    print(error, list(entry.tb_frame.f_code.co_positions())[entry.tb_lasti // 2])
