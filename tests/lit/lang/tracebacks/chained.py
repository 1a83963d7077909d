# exit: 1
def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError("cannot parse") from error


def run():
    try:
        parse("x")
    except RuntimeError:
        {}["missing"]


try:
    run()
except KeyError as error:
    raise TypeError("last") from None
