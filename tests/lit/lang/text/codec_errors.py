# Encoding and decoding with every error handler: results and the stretch that an error names.
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape",
            "surrogatepass"]
CODECS = ["utf-8", "ascii", "latin-1", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32"]
state = 7


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def outcome(function, *args):
    try:
        return repr(function(*args))
    except UnicodeError as error:
        return f"{type(error).__name__} {error.encoding} {error.start} {error.end} {error.reason}: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def checksum(results):
    return int.from_bytes("\n".join(results).encode("utf-8", "surrogatepass"), "big") % (2**61 - 1)


BYTES = [0x61, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xA0, 0xEF, 0xF0, 0x9F, 0xF4, 0x8F, 0xF5, 0xFF, 0xD8, 0xDC, 0]
CHARS = "aé€\ud800\udc80\udcff\udfff\U0001F600\x80z\u0130"
for codec in CODECS:
    for handler in HANDLERS:
        decoded = [outcome(bytes(BYTES[random(len(BYTES))] for _ in range(random(9))).decode, codec, handler)
                   for _ in range(150)]
        encoded = [outcome("".join(CHARS[random(len(CHARS))] for _ in range(random(7))).encode, codec, handler)
                   for _ in range(150)]
        print(codec, handler, checksum(decoded), checksum(encoded))
for data in (b"\xff", b"a\xe2\x82", b"\xe2\x28\xa1", b"\xed\xa0\x80", b"\xf0\x90\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"):
    print(data, outcome(data.decode), outcome(data.decode, "utf-8", "replace"))
print("é".encode("UTF8"), b"\xc3\xa9".decode("U8"), "é".encode("L1"), "é".encode("iso-8859-1"), "a".encode("us-ascii"))
