def run(group):
    try:
        raise group
    except* ValueError as errors:
        print("values", errors.exceptions)
    except* (KeyError, IndexError) as errors:
        print("lookups", errors.exceptions)
    else:
        print("not reached")
    finally:
        print("finally")


run(ExceptionGroup("all", [ValueError(1), KeyError("k"), ExceptionGroup("in", [ValueError(2)])]))
try:
    run(ExceptionGroup("rest", [TypeError("t"), ValueError("v")]))
except ExceptionGroup as left:
    print(repr(left), left.message)
try:
    try:
        raise ValueError("plain")
    except* ValueError as errors:
        print(repr(errors))
        raise KeyError("new")
except ExceptionGroup as group:
    print(repr(group))
except KeyError as error:
    print("KeyError", error, repr(error.__context__))
match, rest = ExceptionGroup("g", [OSError(1), ValueError(2)]).split(OSError)
print(match, rest, match.subgroup(ValueError))
