# time: clocks go forward, sleep() waits, and the errors of both.
import time


def show(function, *args):
    try:
        print(function.__name__, args, repr(function(*args)))
    except (TypeError, ValueError, OverflowError, OSError) as error:
        print(function.__name__, args, type(error).__name__, error)


for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    seconds, nanoseconds = getattr(time, name), getattr(time, name + "_ns")
    a, b, c = seconds(), nanoseconds(), seconds()
    print(name, type(a), type(b), a <= b / 1e9 <= c or name == "time", time.get_clock_info(name))
show(time.time, 1)
show(time.get_clock_info, "x")
show(time.get_clock_info, 5)

start = time.monotonic()
print(time.sleep(0.02), time.monotonic() - start >= 0.02)
for length in (-1, "x", 0, float("nan"), 1e300, 10**30, None):
    show(time.sleep, length)

for clock in (99, "x", 2**40):
    show(time.clock_gettime, clock)
    show(time.clock_gettime_ns, clock)
    show(time.clock_getres, clock)
show(time.clock_getres, time.CLOCK_MONOTONIC)
show(time.clock_settime, 99, 1)
show(time.clock_settime_ns, 99, 1)
show(time.clock_settime, 1, "x")
show(time.clock_settime_ns, 0, 1.5)
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 5,
      type(time.clock_gettime_ns(time.CLOCK_MONOTONIC)))
print(time.daylight == (time.timezone != time.altzone), len(time.tzname), time.tzset())
