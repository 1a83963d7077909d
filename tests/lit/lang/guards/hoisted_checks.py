# Loops check before they begin what their guards expect of what stays the same. What fails there
# counts only where the loop gets to it.
import signal
from math import sqrt


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def attributes(p, n, last):
    total = 0.0
    for i in range(n):
        total += p.x * p.y
        if i == last:
            total += p.z
    return total


def tried(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


p = Point(1.5, 2.0)
for n in (0, 1, 3, 3000):
    print(attributes(p, n, -1))
print(tried(attributes, p, 5, 7), tried(attributes, p, 5, 4))
p.z = 1.0
print(attributes(p, 5, 4))
p.z = "z"
print(attributes(p, 5, 7), tried(attributes, p, 5, 4))
print(attributes(Point(2, 3), 5, 7), attributes(Point(2**60, 3), 5, 7), attributes(Point(True, 0.5), 5, 7))
print(attributes(None, 0, 0), tried(attributes, None, 1, 0))
del p.y
print(attributes(p, 0, 0), tried(attributes, p, 1, 0))


class Doubled:
    y = 3.0

    @property
    def x(self):
        print("x", end=" ")
        return 2.0


print(attributes(Doubled(), 3, -1))


def stored(p, n):
    for i in range(n):
        p.x = p.x + p.y
    return p.x


print(stored(Point(0.5, 1.0), 2000), stored(Point(1, 2), 10), stored(Point("a", "b"), 3), stored(Point(2**47, 2**47), 3))


def scale(x):
    return x * 2.0


def calls(n, used):
    total = 0.0
    for i in range(n):
        if i >= used:
            total += scale(i + 0.5)
        total += sqrt(i + 1.0)
    return round(total, 6)


print(calls(2000, 0), calls(3, 1))
kept, keptRoot = scale, sqrt
scale = lambda x: x * 3
print(calls(2000, 0), calls(3, 1))
scale = "no function"
print(calls(3, 3), tried(calls, 3, 2))
del scale
print(calls(3, 3), tried(calls, 3, 2), calls(0, 0))
scale = kept
sqrt = lambda x: -x
print(calls(3, 0))
del sqrt
print(tried(calls, 3, 0), calls(0, 0))
sqrt = keptRoot
print(calls(3, 0))


def captured(value, n, used):
    def run():
        total = 0
        for i in range(n):
            if i >= used:
                total += value
            total += 1
        return total
    return run


print(captured(2, 2000, 0)(), captured(0.5, 3, 1)(), captured(2**62, 3, 1)(), tried(captured("v", 3, 1)))
print(captured("v", 3, 3)(), captured(None, 0, 0)())


def unbound(n, used):
    def run():
        total = 0
        for i in range(n):
            if i >= used:
                total += late
            total += 1
        return total
    if n < 0:
        late = 1
    return run


print(unbound(3, 3)(), tried(unbound(3, 2)))


# Code that a poll runs changes what was checked.
step = 1
turns = 0


def handler(number, frame):
    global step, turns
    turns += 1
    step = 0.5 if turns < 3 else 0
    if turns < 4:
        signal.setitimer(signal.ITIMER_REAL, 0.005)


def wait():
    seen = set()
    count = 0
    while step:
        count += 1
        if step != 1:
            if step not in seen:
                seen.add(step)
    return sorted(seen), count > 0


def quiet():
    count = 0
    while step:
        count += step
    return count > 0


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.005)
print(wait(), step)
step, turns = 1, 0
signal.setitimer(signal.ITIMER_REAL, 0.005)
print(quiet(), step)


# An exception of the handler in a loop that counts its polls.
def stop(number, frame):
    raise TimeoutError("stopped")


def endless():
    n = 0
    try:
        while True:
            n += 1
    except TimeoutError as error:
        return str(error), n > 0


signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.005)
print(endless())
