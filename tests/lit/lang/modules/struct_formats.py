# Formats of the struct module: sizes, alignment, order of bytes, ranges.
import struct

for text in ("bB?c", "@bhilqnP", "=bhilq", ">efd", "FD", "<Zf2Zd", "5s3xp", "bhb0l", "2h 3h"):
    print(text, struct.calcsize(text))
for text, *values in (
    (">bhiq", -1, -2, -3, -4), ("<HIQ", 1, 2, 3), ("@bh", 1, 2), (">e", 1.5), ("<fd", 0.1, 0.1),
    ("5s", b"abc"), ("5p", b"abcdefg"), ("?c", [], b"x"), (">D", 1 + 2j),
):
    data = struct.pack(text, *values)
    print(text, data, struct.unpack(text, data))
for text, value in (
    ("b", 128), ("H", -1), ("i", 2**31), ("Q", 2**64), ("b", 1.5), ("c", "a"), ("s", 1), ("d", "x"),
    ("f", 1e300), ("n", None), (">n", 1), ("y", 1), ("3", 1), ("D", ""),
):
    try:
        print(struct.pack(text, value))
    except (struct.error, OverflowError) as error:
        print(text, value, type(error).__name__, error)

pair = struct.Struct(">hh")
buffer = bytearray(6)
pair.pack_into(buffer, -4, 1, 2)
print(pair, pair.size, buffer, pair.unpack_from(buffer, 2), list(struct.iter_unpack("<h", buffer)))
for offset in (3, -1, -9):
    try:
        pair.unpack_from(buffer, offset)
    except struct.error as error:
        print(error)
