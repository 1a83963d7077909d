# The frame object of a native caller outlives its call.
import sys


def caller():
    return sys._getframe(1)


def native(a):
    frame = caller()
    b = a + 1
    return frame


def deep(n):
    return n if n <= 0 else deep(n - 1) + 1


frame = native(3)
deep(50)
print(frame.f_code.co_name, frame.f_back.f_code.co_name)
