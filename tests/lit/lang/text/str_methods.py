# Every method of str on generated texts of all widths; results as checksums.
ALPHABETS = ["ab", "aB1 \t", "xyé ß\n", "αβ Σ\u2028a", "😀a b\U00010400", "+-0 9.%"]
state = 1


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def text(most):
    alphabet = ALPHABETS[random(len(ALPHABETS))]
    return "".join(alphabet[random(len(alphabet))] for _ in range(random(most + 1)))


def outcome(function, *args):
    try:
        return repr(function(*args))
    except (ValueError, TypeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"


def checksum(results):
    return int.from_bytes("\n".join(results).encode(), "big") % (2**61 - 1)


def bounds():
    return [random(30) - 10 for _ in range(random(3))]


def check(name, arguments, rounds=400):
    method = getattr(str, name)
    print(name, checksum([outcome(method, *arguments()) for _ in range(rounds)]))


for name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
    check(name, lambda: (text(25), text(2), *bounds()))
for name in ("lower", "upper", "title", "capitalize", "casefold", "swapcase", "isalpha", "isalnum",
             "isascii", "isdigit", "isspace", "islower", "isupper", "istitle", "isidentifier",
             "isprintable", "splitlines", "__repr__", "__len__", "expandtabs"):
    check(name, lambda: (text(20),))
for name in ("split", "rsplit"):
    check(name, lambda: (text(30),))
    check(name, lambda: (text(30), text(2)))
    check(name, lambda: (text(30), [None, text(1)][random(2)], random(5) - 1))
for name in ("partition", "rpartition", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip",
             "join", "__add__", "__contains__", "__lt__", "__eq__", "__ge__"):
    check(name, lambda: (text(20), text(3)))
check("replace", lambda: (text(25), text(2), text(3)))
check("replace", lambda: (text(25), text(1), text(2), random(4)))
check("splitlines", lambda: (text(20), True))
for name in ("center", "ljust", "rjust"):
    check(name, lambda: (text(10), random(20), text(1)))
check("zfill", lambda: (text(8), random(12)))
check("__mul__", lambda: (text(6), random(6) - 1))
check("__getitem__", lambda: (text(20), random(40) - 20))
check("__getitem__", lambda: (text(20), slice(*[[None, random(40) - 20][random(2)] for _ in range(3)])))
check("translate", lambda: (text(20), str.maketrans(dict.fromkeys(text(3), text(2)))))
check("translate", lambda: (text(20), {97: None, 98: 0x20AC, 0x1F600: "smile", 233: "e"}))
