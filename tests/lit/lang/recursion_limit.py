import sys


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(500))


def forever():
    return forever() + 1


try:
    forever()
except RecursionError as error:
    print(error)
print(down(500))
sys.setrecursionlimit(5000)
print(down(4000), sys.getrecursionlimit())


class Loop:
    def __repr__(self):
        return repr(self)


try:
    repr(Loop())
except RecursionError:
    print("RecursionError")


def generate(n):
    if n:
        yield from generate(n - 1)
    yield n


print(sum(generate(50)))
