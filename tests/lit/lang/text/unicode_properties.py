# Case mappings and tests of every code point, as checksums.
def checksum(text):
    return int.from_bytes(text.encode("utf-8", "surrogatepass"), "big") % (2**61 - 1)


PLANES = [(0, 0x100), (0x100, 0x3000), (0x3000, 0x10000), (0x10000, 0x20000), (0x20000, 0x110000)]
for first, stop in PLANES:
    chars = [chr(code) for code in range(first, stop)]
    for method in (str.lower, str.upper, str.title, str.casefold, str.swapcase, str.capitalize):
        print(hex(first), method.__name__, checksum("".join(map(method, chars))))
    for method in (str.isalpha, str.isdecimal, str.isdigit, str.isnumeric, str.isalnum, str.isspace,
                   str.islower, str.isupper, str.istitle, str.isprintable, str.isidentifier):
        print(hex(first), method.__name__, sum(map(method, chars)))
    print(hex(first), "continue", sum(("a" + char).isidentifier() for char in chars))
    print(hex(first), "breaks", ("x".join(chars)).splitlines().__len__(), len("x".join(chars).split()))
    print(hex(first), "repr", checksum("".join(map(repr, chars))), checksum("".join(map(ascii, chars))))
for text in ("ὈΔΥΣΣΕΎΣ ΣΑΣ Σ ΑΣ. ΑΣ.Α", "ΑΣ̈ ΑΣʰ", "ǆ Ǆ ǅ ŉ ß ﬃ İı", "hello wORLD it's 3rd"):
    print(text.lower(), text.upper(), text.title(), text.capitalize(), text.swapcase(), text.casefold())
