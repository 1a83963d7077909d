# Locals that hold items of lists from one iteration to the next are not counted in loops that leave
# lists alone: what they held before ends in the first iteration, what they hold at the end is kept.
import gc
import signal
import sys


class Body:
    def __init__(self, x, name=None):
        self.x = x
        self.v = 0.0
        self.name = name

    def __del__(self):
        if self.name:
            print("end of", self.name)


def push(bodies, n):
    for j in range(n):
        c = bodies[j]
        c.v += c.x * 0.5
    return c


def attract(bodies):
    n = len(bodies)
    for i in range(n):
        b = bodies[i]
        for j in range(i + 1, n):
            c = bodies[j]
            d = b.x - c.x
            b.v -= d
            c.v += d
    return sum(b.v for b in bodies)


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def counts(bodies):
    return [sys.getrefcount(b) for b in bodies]


bodies = [Body(k * 0.5) for k in range(10)]
before = counts(bodies)
for _ in range(50):
    push(bodies, 10), attract(bodies)
print(attract(bodies), push(bodies, 4) is bodies[3])
print(counts(bodies) == before)

# Where the loop is left: counts are right, and nothing ends too early.
print(attempt(push, bodies, 0), attempt(push, bodies, 11))
odd = [Body(1.0), Body(2.0, "second"), Body(3)]
print(push(odd, 3).v, push(odd, 2).v)
odd[1] = None
print(attempt(push, odd, 3))
odd[1:2] = []
print(push(odd, 2).v, attempt(push, [Body(1.5), 5, Body(2.5)], 3), push((Body(1.5), Body(3.5, "tuple")), 2).x)
del odd


# What the local held before the loop ends in its first iteration.
def leftover(bodies, n):
    c = Body(7.0, "leftover")
    print("before")
    for j in range(n):
        c = bodies[j]
        c.v += 1.0
    print("after", c.v)


leftover(bodies, 3)
leftover(bodies, 0)


class Clearing:
    def __init__(self, bodies):
        self.bodies = bodies

    def __del__(self):
        print("clearing", len(self.bodies))
        self.bodies[:] = [Body(9.0, "new") for _ in range(2)]


def cleared(bodies, n):
    c = Clearing(bodies)
    for j in range(n):
        c = bodies[j]
        c.v += c.x
    return c.v


for _ in range(3):
    print(attempt(cleared, [Body(1.0), Body(2.0), Body(3.0)], 3))


print(attempt(cleared, [Body(1.0, "one"), Body(2.0)], 1), attempt(cleared, [Body(4.0), Body(3.0, "two")], 2))


def fresh(rounds):
    total = 0.0
    for r in range(rounds):
        made = [Body(r + k * 0.5, "last" if r == k == 2 else None) for k in range(4)]
        for k in range(4):
            b = made[k]
            b.v = b.x + 1.0
            if b.v > 100.0:
                break
            total += b.v
    return total, b.x


print([fresh(r) for r in range(1, 6)])


def found(bodies, x):
    for j in range(len(bodies)):
        b = bodies[j]
        if b.x == x:
            return b
        b.v += 0.125
    return None


for k in range(20):
    found(bodies, 2.0)
print(found(bodies, 2.0) is bodies[4], found(bodies, 99.0), found([Body(2.0)], 2.0).x)


# Steps over lists of objects, and over what else there is.
def drift(bodies, limit):
    for b in bodies:
        b.v += b.x * 0.25
        if b.v > limit:
            break
    else:
        return "end", b.v
    return b.v


for _ in range(30):
    drift(bodies, 1e9)
print(drift([Body(1.0), Body(2.0, "three")], 0.3), drift([Body(k) for k in range(4)], 0.6), drift([Body(5.0)], 9.0))
print(drift((Body(1.5), Body(2.5, "four")), 9.0), attempt(drift, [], 1.0), attempt(drift, [Body(0.5), None], 1.0))
print(drift((Body(k * 0.5, f"made {k}") for k in range(3)), 9.0), drift({1: Body(1.0)}.values(), 9.0))
print(attempt(drift, [1, 2], 1.0), attempt(drift, 5, 1.0), drift(iter([Body(0.5), Body(1.5)]), 9.0))


def twice(bodies, limit):
    steps = iter(bodies)
    total = 0.0
    for b in steps:
        total += b.x
        if total > limit:
            break
    for b in steps:
        total += b.x * 100.0
    bodies.append(Body(1000.0))
    for b in steps:
        total += b.x
    return total


print([twice([Body(k * 1.0) for k in range(6)], limit) for limit in (2.0, 0.5, 99.0, -1.0)][-2:], twice([], 1.0))


def leftover_step(bodies):
    b = Body(7.0, "leftover step")
    for b in bodies:
        b.v += 1.0
    return b.v


def cleared_step(bodies):
    b = Clearing(bodies)
    for b in bodies:
        b.v += b.x
    return b.x, b.v


for _ in range(3):
    leftover_step([Body(1.0)])
print(leftover_step([Body(1.0), Body(2.0)]), attempt(leftover_step, []))
print(attempt(cleared_step, [Body(1.0), Body(2.0), Body(3.0)]), attempt(cleared_step, [Body(1.0, "five")]))


# A signal's handler takes the items away while the loop runs.
def wait(bodies):
    k = 0
    while True:
        b = bodies[k & 1]
        if b.x > 50.0:
            return b.x, b.v
        b.v += 1.0
        k += 1


def ring(change):
    bodies = [Body(1.0), Body(2.0)]
    signal.signal(signal.SIGALRM, lambda *_: change(bodies))
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    return attempt(wait, bodies)


def replace(bodies):
    bodies[:] = [Body(60.0), Body(70.0)]
    gc.collect()


def fail(bodies):
    bodies.clear()
    raise ValueError("rung")


print(wait([Body(51.0)]), ring(replace)[1], ring(fail), ring(list.clear))


# What the local held before stays, for somebody else holds it: at each way out of the loop.
def kept(bodies, c, start, n):
    for j in range(start, start + n):
        c = bodies[j]
        c.v += 1.0
    return c


other = Body(8.0, "other")
for k in range(30):
    kept(bodies, other, k % 5, k % 6)
before = sys.getrefcount(other), counts(bodies)
print(kept(bodies, other, 0, 0) is other, kept(bodies, other, 3, 2) is bodies[4], attempt(kept, bodies, other, 10, 1))
print(attempt(kept, [Body(1.0), 5], other, 1, 1), kept(bodies, 5, 2, 0), kept(bodies, "text", 2, 1) is bodies[2])
print((sys.getrefcount(other), counts(bodies)) == before, kept(bodies, Body(1.0, "given"), 2, 1) is bodies[2])


# Two locals with one item, which nobody else holds once the list is cleared.
def twins(bodies, n, d):
    c = None
    for j in range(n):
        c = bodies[j]
        d = bodies[j]
        c.v += d.x
    return c.v, d.x


for _ in range(30):
    twins(bodies, 10, bodies[0])
for n in range(1, 4):
    made = [Body(1.0), Body(2.0), Body(3.0, "three")]
    print(attempt(twins, made, n, Clearing(made)), len(made))
del made, other
