# exit: 1
def inner(x):
    return {"a": [1, 2]}["a"][x]


def outer(x):
    try:
        return inner(x)
    except IndexError as error:
        raise ValueError(f"bad x: {x}") from error


class Worker:
    def run(self):
        print("running")
        return [outer(n) for n in (0, 1, 5)]


Worker().run()
