# A signal that cuts a write to a full pipe short is handled before the rest would block.
import os
import signal


def stop(number, frame):
    raise KeyError("stopped")


signal.signal(signal.SIGALRM, stop)
for options in {"mode": "wb"}, {"mode": "w", "encoding": "ascii"}:
    reader, writer = os.pipe()
    stream = open(writer, closefd=False, **options)
    data = b"x" if "b" in options["mode"] else "x"
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        stream.write(data * (1 << 22))
        stream.flush()
    except KeyError as error:
        print(error)
    os.close(reader)
    os.close(writer)
    try:
        stream.close()
    except OSError:
        pass
