def f(action):
    try:
        action()
    except ValueError, KeyError:
        return "value or key"
    except IndexError:
        return "index"
    return "nothing"


def fail(kind):
    raise kind


print([f(lambda: fail(kind)) for kind in (ValueError, KeyError, IndexError)], f(lambda: 1))
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
except* ValueError, TypeError:
    print("both")
try:
    compile("try: pass\nexcept A, B as e: pass", "t", "exec")
except SyntaxError as error:
    print(error.msg)
