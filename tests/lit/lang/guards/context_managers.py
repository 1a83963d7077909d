# What __enter__ and __exit__ of a `with` statement are, and what they do, changes.
log = []


class Counter:
    def __init__(self):
        self.n = 0

    def __enter__(self):
        self.n += 1
        return self

    def __exit__(self, *rest):
        self.n -= 1
        return False


class Saved:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, kind, error, traceback):
        self.value = 0
        return kind is ZeroDivisionError


class Rest:
    def __enter__(self):
        return 2

    def __exit__(self, kind, *rest):
        log.append((kind is None, len(rest)))


class Stopping(Counter):
    def __exit__(self, *rest):
        self.n -= 1
        return True


def use(manager, count):
    sum = 0
    for i in range(count):
        with manager as m:
            sum += m.n
    return sum


def make(count, divisor):
    sum = 0
    for i in range(count):
        with Saved(i) as v:
            sum += v // divisor
    return sum


def rest(count):
    sum = 0
    for i in range(count):
        with Rest() as v:
            sum += v
    return sum


def raising(manager, error):
    for i in range(3):
        with manager:
            if i == 1:
                raise error
    return "suppressed", manager.n


def returning(manager):
    for i in range(5):
        with manager as m:
            if i == 3:
                return m.n, i
            if i == 1:
                continue


def nested(one, other):
    with one as a, other as b:
        with one as c:
            return a.n, b.n, c.n


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        traceback = error.__traceback__.tb_next
        lines = []
        while traceback:
            lines.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno))
            traceback = traceback.tb_next
        return f"{type(error).__name__}: {error} {lines}"


counter = Counter()
print(use(counter, 40), make(40, 1), rest(3), log, counter.n)
print(raising(Stopping(), KeyError("k")), attempt(raising, counter, KeyError("k")))
print(returning(counter), nested(Counter(), counter), counter.n, make(3, 0))

# Other classes, instances' own attributes (which are not asked), numbers that get large.
other = Stopping()
other.__enter__ = lambda: 5
counter.__exit__ = lambda *rest: True
print(use(other, 5), use(counter, 5), attempt(raising, counter, KeyError("k")))
counter.n = 2**48 - 2
print(use(counter, 2), counter.n)
counter.n = 1.5
print(use(counter, 2))
counter.n = "s"
print(attempt(use, counter, 1))
del counter.n
print(attempt(use, counter, 1))
counter.n = 0


class Half:
    def __enter__(self):
        pass


class Static:
    n = 7

    @staticmethod
    def __enter__():
        return Static

    @classmethod
    def __exit__(cls, *rest):
        log.append(cls.__name__)


class Called:
    n = 1

    def __call__(self, *rest):
        return self


class ByObject:
    __enter__ = Called()
    __exit__ = Called()


class Broken(Counter):
    def __exit__(self, *rest):
        raise ValueError(f"exit {len(rest)}")


for manager in (Half(), Static(), ByObject(), Broken(), 5, None):
    print(attempt(use, manager, 3))
print(log[-3:])


# The class changes while it is used, also between __enter__ and __exit__.
def changing(manager, count, change):
    sum = 0
    for i in range(count):
        with manager as m:
            sum += m.n
            if i == 2:
                change()
    return sum


def new_exit(self, *rest):
    log.append("new exit")
    self.n -= 1


def new_enter(self):
    self.n += 10
    return self


def change_exit():
    Counter.__exit__ = new_exit


def change_enter():
    Counter.__enter__ = new_enter


def no_exit():
    del Counter.__exit__


print(changing(counter, 5, change_exit), log[-3:], counter.n)
print(changing(counter, 5, change_enter), counter.n)
print(attempt(changing, counter, 5, no_exit), counter.n)


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        log.append("asked")
        if self.value is None:
            raise TypeError("neither")
        return self.value


class Answering:
    n = 1

    def __init__(self, answer):
        self.answer = answer

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        return self.answer


for answer in (Truth(True), Truth(False), Truth(None), [1], "", 0.0):
    print(attempt(raising, Answering(answer), KeyError("k")), use(Answering(answer), 2))
print(log[-3:])
