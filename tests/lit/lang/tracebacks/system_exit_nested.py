# exit: 3
import sys


def leave(code):
    try:
        for i in range(10):
            if i == 5:
                sys.exit(code)
    finally:
        print("finally", i)


class Manager:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        print(error[0].__name__, error[1].code)


try:
    leave(None)
except SystemExit as error:
    print("caught", error.code)
try:
    leave("text")
except BaseException as error:
    print("caught", error.code, isinstance(error, Exception))
with Manager():
    leave(3)
