# pickle: data cut off or changed anywhere raises an exception or gives a value.
import io
import pickle


class Plain:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Nothing(pickle.Unpickler):
    def find_class(self, module, name):
        return Plain

    def persistent_load(self, name):
        return name


value = [1, -70000, 2**70, 1.5, None, True, "text", "\u1234" * 100, b"bytes", bytearray(b"array"), (1, 2, 3), (1, 2, 3, 4),
         {"a": [1, 2], "b": {}}, {1, 2}, frozenset([3]), Plain(x=1, y=[Plain()]), Plain]
seed = 12345


def random(limit):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 8) % limit


def load(data, finder):
    try:
        Nothing(io.BytesIO(data)).load() if finder else pickle.loads(data)
    except (MemoryError, RecursionError):
        pass
    except Exception:
        return 1
    return 0


for protocol in range(6):
    data = pickle.dumps(value, protocol)
    cut = sum(load(data[:stop], stop % 2) for stop in range(len(data)))
    print(protocol, cut == len(data))
    for _ in range(400):
        changed = bytearray(data)
        for _ in range(1 + random(3)):
            changed[random(len(changed))] = random(256)
        load(bytes(changed), True)
codes = b"(.012NIJKMG]})tlduaesbRoi\x81\x85\x86\x87\x88\x8c\x8f\x90\x91\x92\x93\x94\x95\x96hqgp0123\n"
for _ in range(3000):
    load(bytes(codes[random(len(codes))] for _ in range(3 + random(30))), True)
print("done")
