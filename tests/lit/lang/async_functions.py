class Later:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        received = yield self.value
        return received


async def work(x):
    got = await Later(x)
    async with Scope() as scope:
        async for item in Numbers(2):
            print("item", item, scope)
    return got * 2


class Scope:
    async def __aenter__(self):
        return "scope"

    async def __aexit__(self, *error):
        print("left", error)


class Numbers:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def squares(n):
    for i in range(n):
        yield i * i


async def main():
    print([x async for x in squares(4) if x], await work("w"), {x: 1 async for x in squares(2)})
    print([await work(i) for i in range(1)])


def drive(coroutine):
    value = None
    try:
        while True:
            value = coroutine.send(value)
            print("awaits", value)
            value = value or 5
    except StopIteration as stop:
        return stop.value


print(drive(work(3)))
drive(main())
coroutine = work(1)
try:
    coroutine.send(None)
    coroutine.throw(KeyError("thrown"))
except KeyError as error:
    print("out", error)
