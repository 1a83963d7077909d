# exit: 1
class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        raise RuntimeError("in exit")


def f():
    try:
        with Manager():
            raise KeyError("inside")
    finally:
        print("finally")


f()
