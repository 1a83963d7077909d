# exit: 1
class Bad(Exception):
    def __str__(self):
        return 1 / 0


class Custom(Exception):
    pass


Custom.__module__ = "elsewhere"
try:
    raise Bad()
except Bad as bad:
    raise Custom("with cause", 2) from bad
