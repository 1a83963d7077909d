# What `%` says about specifiers and arguments that do not fit.
import sys


class Odd:
    __module__ = "parts"


def show(form, args):
    try:
        print(len(form % args))
    except Exception as error:
        print(type(error).__name__, error)


for form in "%d", "%x", "%c", "%f", "%*d", "%.*f", "%(a)d":
    for args in Odd(), (Odd(), 1), "ab", {"a": Odd()}:
        show(form, args)
    for args in Odd(), (Odd(), 1), "ab", b"abc", bytearray(b"xx"):
        show(form.encode(), args)
for form in "abc %'d", "abc %\"d", "abc % z", "abc %!", "abc %\x1f":
    show(form, 1)
    show(form.encode(), 1)

for number in sys.maxsize, -sys.maxsize - 1, 2**1000, -(2**1000):
    for form in "%*d", "%*s", "%.*d", "%.*s", b"%*d", b"%.*d":
        show(form, (number, 42))
