# Functions that are called without being counted, for their class or module has them, are deleted
# and replaced while they run: they stay until they have ended, with their defaults and cells.
import gc
import weakref


class Worker:
    def __init__(self, size):
        self.size = size

    def step(self, i):
        if i == drop_at:
            watch(Worker.step)
            del Worker.step
            gc.collect()
            print("while it runs:", last() is not None)
            self.size += tail(self, i)
        return self.size + i

    def other(self, i):
        return -self.size - i

    def fail(self, i):
        if i == drop_at:
            watch(Worker.fail)
            Worker.fail = Worker.other
            gc.collect()
            raise ValueError("at %d" % i)
        return i

    def deep(self, n):
        if n == 0:
            if drop_at == -2:
                watch(Worker.deep)
                Worker.deep = Worker.other
                gc.collect()
            return 1
        return 1 + self.deep(n - 1)


class Child(Worker):
    def step(self, i):
        if i == drop_at:
            watch(Child.step)
            del Child.step
            gc.collect()
        return super().step(i) + 1


class Gone:
    """Its end deletes the method that lets go of it."""

    def __del__(self):
        if hasattr(Holder, "take"):
            watch(Holder.take)
            del Holder.take


class Holder:
    def __init__(self):
        self.item = None

    def take(self, item):
        self.item = item
        return isinstance(item, Gone)


def tail(worker, i):
    return len([worker.size, i])


def scale(i, factor=3):
    global scale
    if i == drop_at:
        watch(scale)
        scale = other_scale
        gc.collect()
        print("in the function:", last() is not None)
    return i * factor


def other_scale(i, factor=5):
    return i * factor


def watch(function):
    global last
    last = weakref.ref(function)


def methods(workers, n):
    total = 0
    for i in range(n):
        for worker in workers:
            total += worker.step(i)
    return total


def failures(worker, n):
    total = 0
    for i in range(n):
        try:
            total += worker.fail(i)
        except ValueError as e:
            frames, traceback = 0, e.__traceback__
            while traceback:
                frames += 1
                traceback = traceback.tb_next
            print(e, frames)
    return total


def functions(n):
    return sum([scale(i) for i in range(n)])


def holders(n):
    total = 0
    holder = Holder()
    for i in range(n):
        total += holder.take(Gone() if i == drop_at else i)
        if i == drop_at:
            holder.item = None
    return total


def attempt(name, function, *args):
    try:
        print(name, function(*args))
    except AttributeError as e:
        print(name, "AttributeError", e)


def main():
    global drop_at
    drop_at = -1
    worker, child = Worker(1), Child(2)
    print(methods([worker], 50), methods([worker, child], 50), failures(worker, 50), functions(50))
    print(worker.deep(20), holders(50))
    drop_at = 30
    attempt("child", methods, [child, worker], 40)
    print("behind it:", last() is None)
    attempt("methods", methods, [worker], 40)
    print("behind it:", last() is None)
    attempt("failures", failures, worker, 40)
    print("behind it:", last() is None)
    attempt("functions", functions, 40)
    print("behind it:", last() is None)
    attempt("holders", holders, 40)
    print("behind it:", last() is None)
    drop_at = -2
    attempt("deep", worker.deep, 20)
    print("behind it:", last() is None, worker.deep(20))


last = None
main()
