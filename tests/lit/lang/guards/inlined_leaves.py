# Short methods that call nothing are inlined: what the class is, what it says and what attributes
# hold changes in the middle of a loop.
import sys
import weakref


class Task:
    def __init__(self, ident):
        self.ident = ident
        self.held = False
        self.link = None

    def is_held(self):
        return self.held or self.link is None

    def wait(self):
        self.held = True
        return self

    def number(self):
        return self.ident

    def follow(self):
        link = self.link
        if link is None:
            raise KeyError("task %d has no link" % self.ident)
        return link


class Other(Task):
    def __init__(self, ident):
        super().__init__(ident)
        self.extra = 1


def chain():
    tasks = [Other(i) if i % 3 == 0 else Task(i) for i in range(6)]
    for a, b in zip(tasks, tasks[1:]):
        a.link = b
    return tasks


def count_held(tasks, event, at):
    held = 0
    for i in range(60):
        if i == at:
            event(tasks)
        for task in tasks:
            if task.is_held():
                held += 1
    return held


def replace_method(tasks):
    Task.is_held = lambda self: True


def shadow(tasks):
    tasks[0].is_held = lambda: False


def holds_text(tasks):
    tasks[1].held = "yes"


def no_held(tasks):
    del tasks[2].held


def reclass(tasks):
    class Third(Task):
        def is_held(self):
            return not super().is_held()

    tasks[0].__class__ = Third


old = Task.is_held
for event in (replace_method, shadow, holds_text, no_held, reclass, lambda tasks: None):
    for at in (100, 30):
        try:
            print(event.__name__, at, count_held(chain(), event, at))
        except AttributeError as error:
            print(event.__name__, error)
    Task.is_held = old


def total(tasks, at):
    result = 0
    for i in range(60):
        if i == at:
            tasks[0].ident = 2.5
        if i == at + 10:
            tasks[1].ident = 1 << 70
        for task in tasks:
            result += task.wait().number()
    return result


print(total(chain(), 100), total(chain(), 20))


def walk(tasks, steps):
    task = tasks[0]
    for i in range(steps):
        task = task.follow()
    return task.ident


print(walk(chain(), 4))
try:
    walk(chain(), 40)
except KeyError as error:
    traceback = error.__traceback__
    while traceback:
        frame = traceback.tb_frame
        print(error, frame.f_code.co_name, traceback.tb_lineno)
        traceback = traceback.tb_next


# The method that runs goes away while its result is computed.
class Watched:
    def __init__(self, other):
        self.other = other

    def same(self, other):
        return self.other == other


class Eraser:
    def __eq__(self, other):
        if other.erases and hasattr(Watched, "same"):
            global watcher
            watcher = weakref.ref(Watched.same)
            del Watched.same
            print("erased", sys.getrefcount(self) > 1, watcher() is not None)
        return True


class Asked:
    erases = False


def compare(count):
    watched, asked = Watched(Eraser()), Asked()
    hits = 0
    for i in range(count):
        if i == 50:
            asked.erases = True
        hits += watched.same(asked)
    return hits


print(compare(40))
try:
    compare(60)
except AttributeError as error:
    print(error, watcher() is None)
