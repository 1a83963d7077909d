# Loops over generators of several yields, whose bodies are copied: every way out of the body, and
# generators that one yield still holds and the other does not.


def numbers(n):
    x = 1
    for _ in range(n):
        x = x * 48271 % 2147483647
        yield x


def batches(source, size):
    batch = []
    for x in source:
        batch.append(x)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def halves(source, stop):
    for x in source:
        if x == stop:
            raise ValueError(stop)
        yield x // 2
    for x in range(3):
        yield -x
    yield 1.5


def plain(n, size):
    count = total = 0
    for i, batch in enumerate(batches(numbers(n), size)):
        count += len(batch)
        total = (total * 31 + sum(batch) + i) % 1000000007
    return count, total


print(plain(1000, 64), plain(64, 64), plain(63, 64), plain(0, 64), plain(3, 1))


def left(n, size, at):
    last = None
    for batch in batches(numbers(n), size):
        for x in batch:
            if x % 7 == at:
                last = x
                break
        else:
            continue
        if len(batch) < size:
            return "short", last
        if last % 2:
            break
    else:
        return "end", last
    return "left", last


print([left(n, size, at) for n in (5, 50, 500) for size in (3, 8) for at in (2, 5, 9)])


def raising(n, size, stop):
    out = []
    for batch in batches(halves(range(n), stop), size):
        try:
            out.append(10 // (len(batch) - 3) + batch[1])
        except ZeroDivisionError:
            out.append("zero")
        except IndexError:
            out.append("index")
            if n == 9:
                raise
        finally:
            out.append(len(batch))
    return out


for n, size, stop in ((20, 4, -1), (20, 3, -1), (19, 4, -1), (9, 4, -1), (10, 4, 7), (21, 5, 3)):
    try:
        print(raising(n, size, stop))
    except (ValueError, IndexError) as error:
        trace = error.__traceback__
        lines = []
        while trace:
            lines.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
            trace = trace.tb_next
        print(type(error).__name__, error, lines)


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def owners(name):
    keep = Loud(name)
    yield 1
    second = Loud(name + "'")
    yield 2
    del keep
    yield 3


def consume(name, stop):
    total = 0
    for x in owners(name):
        total += x
        if x == stop:
            break
    print("out", total)
    return total


for stop in (1, 2, 3, 4):
    consume("o%d" % stop, stop)


def changing(items, n):
    """The items change their type in the middle of either copy."""
    total = 0
    for batch in batches((item for item in items), n):
        for x in batch:
            total = total + x
    return total


print(changing([1] * 10 + [2.5] * 3, 4), changing([1] * 7 + [1 << 62] * 4, 4), changing("", 2))
try:
    changing([1, 2, 3, "4"], 3)
except TypeError as error:
    print(error)


def nested(n):
    total = 0
    for outer in batches(numbers(n), 5):
        for inner in batches((x % 10 for x in outer), 2):
            total = total * 3 + inner[0] + len(inner)
            total %= 1000003
    return total


print(nested(23), nested(25), nested(1), nested(0))


def two(n):
    for i in range(n):
        yield i
        yield "s" if i % 5 == 0 else -i


def mixed(n):
    count = 0
    for x in two(n):
        if isinstance(x, str):
            count += 100
        else:
            count += x + 1
    return count


print(mixed(30))


# Handlers that some ways lead to with the inner generator, others without.
def stepped(n, bad):
    for i in range(n):
        if i == bad:
            raise StopIteration(i)
        yield i


def kept(source, bad):
    for x in source:
        if x * 2 == bad:
            raise StopIteration(x)
        if x % 3:
            yield x
    if bad == 1:
        next(iter([]))
    yield -1


def grouped(source, size, bad):
    group = []
    for x in source:
        group.append(x)
        if len(group) == size:
            yield group
            group = []
            if x == bad:
                next(iter(()))
    if group:
        yield group
        [][bad]


def chained(n, first, second, third):
    total = 0
    for group in grouped(kept(stepped(n, first), second), 4, third):
        total = total * 5 + sum(group) + len(group)
        total %= 100003
    return total


for bads in ((-1, -1, -1), (7, -1, -1), (-1, 22, -1), (-1, 1, -1), (-1, -1, 10), (0, 0, 0), (-1, 7, 2)):
    for n in (0, 5, 11, 30):
        try:
            print(n, bads, chained(n, *bads))
        except (RuntimeError, IndexError) as error:
            trace = error.__traceback__
            lines = []
            while trace:
                lines.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
                trace = trace.tb_next
            print(n, bads, repr(error), repr(error.__cause__), lines)
