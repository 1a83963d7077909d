# Arguments whose methods change the bytearray that is being looked at.
class Evil:
    def __init__(self, array):
        self.array = array

    def __buffer__(self, flags):
        self.array.clear()
        return memoryview(b"A")

    def __index__(self):
        self.array.clear()
        return 65


class Separator(bytes):
    array = None

    def __len__(self):
        self.array.clear()
        return 1


def attempt(name, argument=None):
    array = bytearray(b"ABA")
    argument = argument or Evil(array)
    Separator.array = array
    try:
        print(name, getattr(array, name)(argument))
    except Exception as error:
        print(name, type(error).__name__, error)


for name in "find", "rfind", "index", "rindex", "count", "__contains__", "split", "rsplit":
    attempt(name)
attempt("hex", Separator(b":"))

array = bytearray(b",")


def items():
    array.clear()
    yield b"A"
    yield b"B"


for joined in items(), [b"a", b"b"]:
    try:
        print(array.join(joined))
    except BufferError as error:
        print(error)


class Item:
    def __buffer__(self, flags):
        sequence.clear()
        return memoryview(b"x")


for separator in b"", bytearray(b"::"):
    sequence = [b"a", Item(), b"c"]
    try:
        print(separator.join(sequence))
    except RuntimeError as error:
        print(error)


class Bytes:
    def __bytes__(self):
        return b"bytes"

    def __buffer__(self, flags):
        return memoryview(b"buffer")


print(b"%b" % Bytes())
