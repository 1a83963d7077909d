# Where a frame was left, as its f_lineno says (PEP 626).
exec("""
def not_taken():
    try:
        1 / 0
    except TypeError as error:
        pass


def cleaned_up():
    try:
        1 / 0
    finally:
        pass


def in_handler():
    try:
        1 / 0
    except Exception as error:
        1 / 0
        pass


def with_block(manager):
    with manager:
        1 / 0
""")


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False


for function, *args in (not_taken,), (cleaned_up,), (in_handler,), (with_block, Manager()):
    try:
        function(*args)
    except ZeroDivisionError as error:
        entry = error.__traceback__.tb_next
        print(function.__name__, entry.tb_lineno, entry.tb_frame.f_lineno)
