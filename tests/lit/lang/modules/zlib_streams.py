# zlib: streams in pieces, limits, dictionaries, copies, errors, check sums. The compressed bytes are
# not printed, since they differ between versions of zlib.
import zlib

data = b"".join(b"%d squared is %d. " % (i, i * i) for i in range(3000))
for level, wbits in ((0, 15), (1, -15), (9, 31), (-1, 15)):
    packed = zlib.compress(data, level, wbits)
    print(len(packed) < len(data), zlib.decompress(packed, wbits) == data)
pack = zlib.compressobj(6)
pieces = [pack.compress(data[i:i + 1000]) for i in range(0, len(data), 1000)]
copy = pack.copy()
packed = b"".join(pieces) + pack.flush()
print(zlib.decompress(packed) == data, zlib.decompress(b"".join(pieces) + copy.flush()) == data)
unpack, out, rest = zlib.decompressobj(), b"", packed + b"tail"
while not unpack.eof:
    piece = unpack.decompress(rest, 777)
    print(end="." if len(piece) == 777 else f"{len(piece)}\n")
    out, rest = out + piece, unpack.unconsumed_tail
print(out == data, unpack.unused_data, unpack.flush())
keeper, out = zlib._ZlibDecompressor(), b""
for i in range(0, len(packed), 100):
    out += keeper.decompress(packed[i:i + 100], 300)
while not keeper.eof:
    out += keeper.decompress(b"", 10000)
print(out == data, keeper.needs_input, keeper.unused_data)
hints = b"squared is"
pack = zlib.compressobj(zdict=hints)
packed = pack.compress(data[:100]) + pack.flush()
print(zlib.decompressobj(zdict=hints).decompress(packed) == data[:100])
for call in (lambda: zlib.decompress(packed), lambda: zlib.decompress(b"nonsense"), lambda: zlib.compress(b"", 10),
             lambda: zlib.decompress(zlib.compress(data)[:-1]), lambda: zlib.compressobj(wbits=99), pack.flush,
             lambda: keeper.decompress(b"")):
    try:
        call()
    except (zlib.error, ValueError, EOFError) as error:
        print(type(error).__name__, error)
print(zlib.crc32(data), zlib.adler32(data), zlib.crc32(b"b", zlib.crc32(b"a")) == zlib.crc32(b"ab"))
print(zlib.crc32_combine(zlib.crc32(b"ab"), zlib.crc32(b"c"), 1) == zlib.crc32(b"abc"))
