# Recursive functions whose leaves return at once: they are unrolled into themselves, and their
# innermost calls begin where they are made. Who looks at the stack sees every call; numbers that
# registers can't hold, other types and errors come out as ever.
import sys


def depth():
    frame = sys._getframe(1)
    count = 0
    while frame is not None and frame.f_code.co_name in ("fib", "hanoi"):
        count += 1
        frame = frame.f_back
    return count


deepest = []


def fib(n):
    if n < 2:
        return n
    if n == 2:
        deepest.append(depth())
    return fib(n - 1) + fib(n - 2)


def hanoi(n, start, end):
    if n == 0:
        return 0
    if n == 1:
        return 1
    other = 6 - start - end
    return hanoi(n - 1, start, other) + 1 + hanoi(n - 1, other, end)


def power(base, n):
    if n == 0:
        return 1
    return power(base, n - 1) * base


def countdown(n):
    if n == 0:
        return 1 // n
    return countdown(n - 1) + countdown(n - 1)


def tell(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        lines = []
        entry = error.__traceback__.tb_next
        while entry:
            lines.append(entry.tb_lineno - function.__code__.co_firstlineno)
            entry = entry.tb_next
        print(function.__name__, type(error).__name__, lines)


tell(fib, 17)
print(len(deepest), min(deepest), max(deepest), sum(deepest))
tell(hanoi, 12, 1, 3)
tell(power, 3, 30)
tell(power, 3, 60)
tell(power, 1.5, 20)
tell(countdown, 9)
tell(fib, 4.5)
tell(fib, True)
tell(fib, "2")
tell(hanoi, 2.0, 1, 3)
tell(power, "ab", 1)
tell(power, 2, 100)
