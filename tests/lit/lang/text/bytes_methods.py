# Methods of bytes and bytearray on generated data; results as checksums.
ALPHABETS = [b"ab", b"aB1 \t", b"xy\xe9\n\r", b"+-0 9.%", bytes(range(0x41, 0x7B))]
state = 3


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def data(most):
    alphabet = ALPHABETS[random(len(ALPHABETS))]
    return bytes(alphabet[random(len(alphabet))] for _ in range(random(most + 1)))


def outcome(function, *args):
    try:
        return repr(function(*args))
    except (ValueError, TypeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"


def checksum(results):
    return int.from_bytes("\n".join(results).encode(), "big") % (2**61 - 1)


def bounds():
    return [random(30) - 10 for _ in range(random(3))]


def check(name, arguments, rounds=200):
    for kind in (bytes, bytearray):
        method = getattr(kind, name)
        results = []
        for _ in range(rounds):
            first, *rest = arguments()
            results.append(outcome(method, kind(first), *rest))
        print(kind.__name__, name, checksum(results))


for name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
    check(name, lambda: (data(25), data(2), *bounds()))
for name in ("find", "rindex", "count"):
    check(name, lambda: (data(25), random(300), *bounds()))
for name in ("lower", "upper", "title", "capitalize", "swapcase", "isalpha", "isalnum", "isascii", "isdigit",
             "isspace", "islower", "isupper", "istitle", "splitlines", "__repr__", "__len__", "expandtabs", "hex"):
    check(name, lambda: (data(20),))
for name in ("split", "rsplit"):
    check(name, lambda: (data(30),))
    check(name, lambda: (data(30), data(2)))
    check(name, lambda: (data(30), [None, data(1)][random(2)], random(5) - 1))
for name in ("partition", "rpartition", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip",
             "__add__", "__contains__", "__lt__", "__eq__", "__ge__"):
    check(name, lambda: (data(20), data(3)))
check("join", lambda: (data(2), [data(3) for _ in range(random(4))]))
check("replace", lambda: (data(25), data(2), data(3)))
check("replace", lambda: (data(25), data(1), data(2), random(4)))
for name in ("center", "ljust", "rjust"):
    check(name, lambda: (data(10), random(20), data(1)))
check("zfill", lambda: (data(8), random(12)))
check("__mul__", lambda: (data(6), random(6) - 1))
check("__getitem__", lambda: (data(20), random(40) - 20))
check("__getitem__", lambda: (data(20), slice(*[[None, random(40) - 20][random(2)] for _ in range(3)])))
check("translate", lambda: (data(20), bytes.maketrans(b"abc", b"xyz"), data(2)))
check("hex", lambda: (data(9), ":", random(9) - 4))
check("__mod__", lambda: (b"%s|%5d|%-4b", (data(3), random(100), data(2))))
