class Mine(ValueError):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


def f(kind):
    try:
        if kind == "mine":
            raise Mine(3)
        if kind == "zero":
            return 1 / 0
        if kind == "key":
            {}["k"]
        return "fine"
    except Mine as error:
        return error, error.code, error.args
    except (ZeroDivisionError, IndexError) as error:
        return type(error).__name__
    except KeyError:
        raise LookupError("chained") from None
    else:
        return "never, as the body returns"
    finally:
        print("finally", kind)


print(f("mine"), f("zero"), f("none"))
try:
    f("key")
except LookupError as error:
    print(error, error.__cause__, error.__suppress_context__, repr(error.__context__))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise TypeError("second")
except TypeError as error:
    print(repr(error.__context__), error.__cause__)
try:
    try:
        raise Mine(1)
    except ValueError as error:
        error.add_note("noted")
        raise
except Mine as again:
    print(again.__notes__, again.code)
try:
    error
except NameError as gone:
    print(gone)


def swallow():
    for i in range(3):
        try:
            continue
        finally:
            print("loop", i)
    try:
        return "try"
    finally:
        print("before the return")


print(swallow())
for bad in ("raise 5", "raise", "raise ValueError from 5", "assert 0, 'why'", "assert ()", "raise KeyError('k')"):
    try:
        exec(bad)
    except Exception as error:
        print(type(error).__name__, error)
try:
    try:
        raise KeyError
    except 5:
        pass
except TypeError as error:
    print(error)
