# asyncio's debug mode: where futures and tasks were made, what is no callback.
import asyncio


async def fail():
    raise ValueError(3)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print([entry.name for entry in future._source_traceback][-2:])
    task = asyncio.create_task(fail())
    print([entry.name for entry in task._source_traceback][-2:], "created at" in repr(task))
    loop.set_exception_handler(lambda loop, context: print(sorted(context)))
    await asyncio.sleep(0.01)
    del task
    try:
        loop.call_soon(5)
    except TypeError as error:
        print(error)


asyncio.run(main(), debug=True)
