# Generators that delegate over several levels: the innermost one is resumed directly.
import gc
import sys
import traceback


class Node:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(tree(low, middle), middle, tree(middle + 1, high))


print(list(tree(0, 40)), sum(iter(tree(0, 1000))))


def echo(name, count):
    for i in range(count):
        got = yield name, i
        if got is not None:
            print("  got", name, got)
    return name + " done"


def middle(name, inner):
    result = yield from inner
    print("  result", result)
    result = yield from echo(name, 1)
    return result


def chain():
    return middle("outer", middle("inner", echo("leaf", 2)))


g = chain()
print(next(g), g.send("a"), g.send("b"), g.send("c"))
try:
    g.send("d")
except StopIteration as stop:
    print("stop", stop.value)

# What is seen of the generators between, and by whom.
def look(holder):
    for _ in range(2):
        for g in holder:
            try:
                print("  running", g.gi_running, g.gi_suspended, g.gi_yieldfrom)
                next(g)
            except ValueError as error:
                print(" ", error)
            try:
                g.throw(KeyError)
            except ValueError as error:
                print(" ", error)
            try:
                g.close()
            except ValueError as error:
                print(" ", error)
        yield len(holder)


def through(inner):
    return (yield from inner)


holder = []
leaf = look(holder)
holder.append(leaf)
for _ in range(3):
    holder.append(through(holder[-1]))
print([next(holder[-1]) for _ in range(2)])
print([g.gi_running for g in holder], [g.gi_suspended for g in holder])
print([g.gi_yieldfrom in holder for g in holder], list(holder[-1]))

# Somebody else steps one in the middle.
def shared():
    leaf = echo("leaf", 6)
    inner = through(leaf)
    a, b = through(inner), through(inner)
    print(next(a), next(inner), next(a), next(leaf), next(b), next(a))
    for g in (a, b, inner, a):
        print(list(g), end=" ")
    print()


shared()


def middle_ends():
    inner = middle("inner", echo("leaf", 1))
    outer = through(inner)
    print(next(outer), next(inner), list(inner), list(outer))


middle_ends()

# Exceptions from within, thrown in, and through handlers.
def failing(n):
    for i in range(n):
        yield i
    raise LookupError("at the end")


def catching(inner):
    try:
        yield from inner
    except LookupError as error:
        yield str(error)
        yield [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    except KeyError as error:
        yield "key", error.__context__
    finally:
        yield "finally"


print(list(catching(through(through(failing(2))))))
print(list(through(catching(through(failing(2))))))
g = through(catching(through(echo("x", 5))))
print(next(g), next(g), g.throw(KeyError(1)), next(g), list(g))
g = through(through(echo("x", 5)))
next(g), next(g)
try:
    g.throw(OSError("thrown"))
except OSError as error:
    print(error, [f.name for f in traceback.extract_tb(error.__traceback__)], list(g))


def handling(inner):
    try:
        raise ValueError("being handled")
    except ValueError:
        yield from inner


def handled():
    for _ in range(3):
        yield repr(sys.exception())


print(list(through(handling(through(handled())))))


# Closing in the middle runs what is there to be run, from the inside out.
def closing(name, inner):
    try:
        yield from inner
    finally:
        print("  closed", name)


g = closing("a", closing("b", through(closing("c", echo("x", 5)))))
print(next(g), next(g))
g.close()
g = closing("a", through(closing("b", echo("x", 5))))
print(next(g), next(g))
del g
gc.collect()
print("end")


def stop_in(n):
    yield n
    raise StopIteration("inner")


try:
    print(list(through(through(stop_in(1)))))
except RuntimeError as error:
    print(error, repr(error.__cause__))


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(sum(deep(200)), len(list(deep(200))))
try:
    for x in deep(10**6):
        pass
except RecursionError as error:
    print("RecursionError")


# The tree changes while it is walked.
root = tree(0, 10)
seen = []
for x in root:
    seen.append(x)
    if x == 4:
        root.right = Node(None, 99, Node(None, 100, None))
print(seen)
Node.__iter__ = lambda self: iter([self.value])
print(list(root))
