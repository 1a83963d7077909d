# Exceptions that are raised in, leave and are caught in hot loops; finally and with blocks there.
def raising(n):
    if n % 3 == 0:
        raise ValueError(n)
    if n % 5 == 0:
        return [][n]
    return n


def catch_each(rounds):
    total = 0
    caught = []
    for i in range(1, rounds):
        try:
            total += raising(i)
        except ValueError as error:
            caught.append(error.args[0])
        except IndexError as error:
            caught.append(str(error))
            continue
        else:
            total += 1000
        finally:
            total -= 1
    return total, caught


def escape(rounds):
    total = 0
    for i in range(rounds):
        total += i
        if total > 20:
            raise KeyError(total, i)


class Manager:
    def __init__(self, log, swallow):
        self.log = log
        self.swallow = swallow

    def __enter__(self):
        self.log.append("+")
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append("-" if kind is None else kind.__name__)
        return self.swallow


def with_loop(rounds, swallow):
    log = []
    x = 0
    try:
        for i in range(rounds):
            with Manager(log, swallow) as m:
                x += i
                if i == 2:
                    continue
                if i == 3:
                    raise OSError(i)
                if i == 5:
                    break
                log.append(i)
    except OSError as error:
        log.append(repr(error))
    return log, x


def finally_wins():
    total = 0
    for i in range(10):
        try:
            if i == 4:
                return "never seen"
            total += i
        finally:
            total += 100
            if i == 6:
                break
            if i >= 4:
                continue
    return total


def nested_handlers(rounds):
    out = []
    for i in range(rounds):
        try:
            try:
                if i % 2:
                    raise TypeError(i)
                x = 1 // (i - 2)
            except TypeError:
                raise RuntimeError("from type error")
            except ZeroDivisionError as error:
                raise RuntimeError("from division") from error
        except RuntimeError as error:
            out.append((str(error), type(error.__context__).__name__,
                        type(error.__cause__).__name__))
    return out


def overflow_in_handler(rounds):
    """An int leaves 64 bits, and a range changes, while an exception is handled."""
    x = 1
    log = []
    for i in range(rounds):
        try:
            raise LookupError(i)
        except LookupError as error:
            x = x * 1000003
            try:
                if i == rounds - 1:
                    raise
            except LookupError as again:
                log.append(again is error)
            for j in range(2 if i < 3 else True):
                x += j
    return x, log


def groups(rounds):
    out = []
    for i in range(rounds):
        try:
            raise ExceptionGroup("g", [ValueError(i), TypeError(i)] if i % 2 else [KeyError(i)])
        except* ValueError as group:
            out.append(("value", group.exceptions))
        except* (TypeError, KeyError) as group:
            out.append(("other", group.exceptions))
    return out


def traceback_lines(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        lines = []
        traceback = error.__traceback__
        while traceback:
            lines.append(traceback.tb_lineno)
            traceback = traceback.tb_next
        return repr(error), lines


print(catch_each(16))
print(traceback_lines(escape, 100))
print(with_loop(8, True), with_loop(8, False))
print(nested_handlers(4))
print(overflow_in_handler(6))
print(groups(3))
print(traceback_lines(raising, 0), traceback_lines(raising, 5))
