b = b"ab\x00\xff'"
print(b, len(b), b[0], b[1:3], list(b), b + b"c", b * 2, 97 in b, b"ab" in b, b.hex(), bytes.fromhex("00 ff"))
print("é€".encode(), b"\xc3\xa9".decode(), b"a,b".split(b","), b"abc".upper(), b"x".join([b"1", b"2"]), bytes(3))
a = bytearray(b"hello")
a[0] = 72
a[1:3] = b"EEE"
a += b"!"
a.append(63)
del a[-2]
print(a, a.find(b"l"), a.pop(), bytes(a), a == b"HEEElo")
view = memoryview(a)
view[0] = 74
print(a, view[1:3].tobytes(), len(view), view.tolist()[:2])
for text in ("b'a' + 'a'", "bytes([256])", "b'\\xff'.decode()", "bytearray(b'a')[5]"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
print(b"%s=%d" % (b"k", 5), b"a" < b"b", hash(b"a") == hash(b"a"), b"\n".isspace(), int.from_bytes(b"\x02\x01", "little"))
