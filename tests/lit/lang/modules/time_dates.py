# time: dates from moments, dates as text, and the errors of both.
import time


def show(function, *args, **keywords):
    try:
        print(function.__name__, args, repr(function(*args, **keywords)))
    except (TypeError, ValueError, OverflowError, OSError) as error:
        print(function.__name__, args, type(error).__name__, error)


for moment in (0, -1.5, "a", 10**20, 1e30, float("nan"), 2**62, 1.999999999, 951782400):
    show(time.gmtime, moment)
show(time.gmtime, 1, 2)
for date in ((2000, 1, 1), 5, (2000, "1", 1, 0, 0, 0, 0, 0, -1), [2000, 1, 1, 0, 0, 0, 0, 0, -1],
             (10**12, 1, 1, 0, 0, 0, 0, 0, -1)):
    show(time.mktime, date)
for date in ((2000, 1, 1, 0, 0, 0, 0, 0, -1), (2000, 14, 1, 0, 0, 0, 0, 0, -1), (2000, 1, 32, 0, 0, 0, 0, 0, -1),
             (2000, 1, 1, 24, 0, 0, 0, 0, -1), (2000, 1, 1, 2, 60, 0, 0, 0, -1), (2000, 1, 1, 2, 6, 62, 0, 0, -1),
             (2000, 1, 1, 2, 6, 2, -2, 0, -1), (2000, 1, 1, 2, 6, 2, 6, 367, -1), (2000, 0, 0, 2, 6, 2, 9, 0, -1),
             (12345, 1, 1, 2, 6, 2, 3, 3, -1), (-5, 1, 1, 2, 6, 2, 3, 3, -1), (1, 2)):
    show(time.asctime, date)
date = (2000, 1, 1, 0, 0, 0, 5, 1, -1)
for form in ("%Y-%m-%d %H:%M:%S %a %b %j %U %w %%", "", "é%Y\0%d", "\ud800 %d\U0001F600", "x" * 300 + "%Y", 5):
    show(time.strftime, form, date)
show(time.strftime)
show(time.strftime, "%Y", (1, ))
print(time.strftime("%p%z%Z %c %x %X", time.gmtime(0)))
for moment in (1e300, "x"):
    show(time.ctime, moment)

now = time.localtime(10**9)
print(time.mktime(now), time.ctime(10**9) == time.asctime(now) == time.strftime("%a %b %e %H:%M:%S %Y", now))
date = time.gmtime(86400 * 400)
print(date.tm_zone, date.tm_gmtoff, len(date), date[:3], date.tm_yday, date == tuple(date), date.__reduce__())
print(date.__replace__(tm_year=5), time.struct_time.__match_args__)
show(date.__replace__, foo=5)
show(date.__replace__, 5)
kind = time.struct_time
print(kind.n_fields, kind.n_sequence_fields, kind.n_unnamed_fields, kind(range(9)).tm_zone, kind(range(11)).tm_gmtoff)
show(kind, (1, 2))
show(kind, range(12))
try:
    date.tm_year = 5
except AttributeError as error:
    print(error)
try:
    class Sub(kind):
        pass
except TypeError as error:
    print(error)
