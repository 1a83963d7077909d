# Functions that are not coroutines make asynchronous generators: the iterable is asked for its
# iterator at once, the rest when it is awaited.
class Numbers:
    def __init__(self, count):
        self.count = count

    def __aiter__(self):
        print("aiter", self.count)
        return self

    async def __anext__(self):
        if self.count == 0:
            raise StopAsyncIteration
        self.count -= 1
        return self.count


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def squares(numbers):
    return (number * number async for number in numbers)


async def collect(iterable):
    return [item async for item in iterable]


def nested(numbers):
    yield (n + 1 async for n in numbers)


print(drive(collect(squares(Numbers(4)))))
for generator in nested(Numbers(3)):
    print(type(generator).__name__, drive(collect(generator)))
try:
    squares([1, 2])
except TypeError as error:
    print(error)
