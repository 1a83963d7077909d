# exit: 1
def leaf(n):
    raise ValueError(n)


def collect():
    errors = []
    for n in range(2):
        try:
            leaf(n)
        except ValueError as error:
            error.add_note(f"note {n}")
            errors.append(error)
    inner = ExceptionGroup("inner", [TypeError("t"), OSError(2, "No such file", "name")])
    return ExceptionGroup("outer", errors + [inner])


try:
    raise collect()
except* TypeError as group:
    print("type errors", group.exceptions)
