# Positions in text, of encodings with a state too; texts that can't be written.
import io
import sys


def check(encoding, newline, data):
    for chunk in 1, 3, 8192:
        for count in range(9):
            text = io.TextIOWrapper(io.BytesIO(data), encoding, newline=newline)
            text._CHUNK_SIZE = chunk
            whole = text.read(count)
            place = text.tell()
            rest = text.read()
            text.seek(place)
            if text.read() != rest:
                return f"{encoding} {newline!r} {chunk} {count}: not {rest!r}"
            text.seek(0)
            if text.read() != whole + rest:
                return f"{encoding} {newline!r} {chunk} {count}: {whole!r}"
    return f"{encoding} {newline!r} {text.newlines!r}"


sample = "a\r\nb\rc\né\n"
for encoding in "utf-8", "utf-8-sig", "utf-16", "utf-32-be", "utf-7", "cp1252":
    for newline in None, "", "\n", "\r":
        print(check(encoding, newline, sample.encode(encoding)))

# A torn "\r\n" is one end of a line.
for newline in "\r\n", None:
    text = io.TextIOWrapper(io.BytesIO(b"one\r\ntwo\r\n\r\n"), "cp1252", newline=newline)
    text._CHUNK_SIZE = 1
    print(text.readlines())

# No byte order mark but at the start.
raw = io.BytesIO()
text = io.TextIOWrapper(raw, "utf-8-sig")
text.write("a")
text.seek(1)
text.write("b")
text.seek(0)
text.write("c")
text.flush()
print(raw.getvalue())

# A text that can't be encoded leaves nothing behind.
raw = io.BytesIO()
text = io.TextIOWrapper(raw, "ascii")
text.write("before ")
try:
    text.write("The Øresund")
except UnicodeEncodeError as error:
    print(error)
text.flush()
print(raw.getvalue())

# A bigger text does not wait with what is pending.
writes = []


class Raw(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        writes.append(len(data))
        return len(data)


text = io.TextIOWrapper(Raw(), "ascii")
text.write("ab")
text.write("x" * 9000)
print(writes)
