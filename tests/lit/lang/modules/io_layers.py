# How the layers of a stream fit together: closing, collecting, pickling, refusing.
import gc
import io
import os
import pickle
import tempfile
import warnings
import weakref


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error, "|", repr(error.__context__))


class Failing(io.BytesIO):
    def flush(self):
        raise OSError("flush")

    def close(self):
        if not self.closed:
            io.BytesIO.close(self)
            raise OSError("close")


class Text(io.TextIOWrapper):
    def flush(self):
        raise OSError("flush")


# Both errors of close() are kept.
attempt(Text(Failing(), "utf-8").close)

# Streams in cycles are collected.
for make in io.IOBase, io.BytesIO, io.StringIO, lambda: io.BufferedReader(io.BytesIO()):
    stream = make()
    stream.me = stream
    reference = weakref.ref(stream)
    del stream
    gc.collect()
    print(reference() is None)

# What is left open is warned of, once, as the outermost stream.
path = os.path.join(tempfile.gettempdir(), f"io_layers_{os.getpid()}")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    open(path, "w", encoding="utf-8")
    open(path, "rb")
    open(path, "rb", buffering=0)
    print([str(warning.message).replace(path, "PATH") for warning in caught])

with open(path, "w+", encoding="utf-8") as file:
    print(file.buffer.mode)
    attempt(pickle.dumps, file)
    attempt(pickle.dumps, file.buffer)
with open(path) as file:
    attempt(file.write, "x")
    print(file.buffer.writable())
with open(path, "w") as file:
    attempt(file.read)
os.unlink(path)

# Streams in memory carry their place and attributes.
text = io.StringIO("a\r\nb", newline=None)
text.extra = 1
text.seek(2)
copy = pickle.loads(pickle.dumps(text))
print(copy.read(), copy.extra, text.__getstate__())
data = pickle.loads(pickle.dumps(io.BytesIO(b"abc")))
print(data.getvalue(), data.__getstate__())
attempt(data.__setstate__, (b"", -1, None))
attempt(data.__setstate__, (b"", 0))

# A raw stream without readall(); reads past the buffer.
print(io.BufferedReader(io.BytesIO(b"x" * 10), 4).read())
reader = io.BufferedReader(io.BytesIO(b"abcdefghij"), 4)
print(reader.peek(), reader.read1(2), reader.read1(), reader.read1(6))


class Wrong(io.BytesIO):
    def readinto(self, buffer):
        return b""


try:
    io.BufferedReader(Wrong()).readline()
except OSError as error:
    print(error, repr(error.__cause__))

attempt(io.BufferedReader(io.BytesIO()).__init__, io.BytesIO(), 0)
attempt(io.BufferedReader.__new__(io.BufferedReader).read)
attempt(io.TextIOWrapper, io.BytesIO(), "utf-8\0")
attempt(io.TextIOWrapper, io.BytesIO(), "\udcfe")
attempt(io.BufferedWriter, io.BytesIO(), 1, 2, 3)
wrapper = io.TextIOWrapper(io.BytesIO(b"a\rb\rc"), "utf-8")
wrapper.readline()
wrapper.seek(wrapper.tell())
print(repr(wrapper.read()))
wrapper._CHUNK_SIZE = 3
print(wrapper._CHUNK_SIZE)
attempt(setattr, wrapper, "_CHUNK_SIZE", 0)
