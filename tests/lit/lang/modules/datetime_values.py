# The types of datetime: making them, arithmetic, comparisons, text, pickles.
import copy
import pickle
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo


def show(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


class Eastern(tzinfo):
    "Summer time from April to October; clocks are set at 2."

    def dst(self, moment):
        if moment is None:
            return None
        start = datetime(moment.year, 4, 1, 2)
        end = datetime(moment.year, 10, 31, 1)
        plain = moment.replace(tzinfo=None, fold=0)
        if start <= plain < end:
            return timedelta(hours=1)
        if end <= plain < end + timedelta(hours=1) and not moment.fold:
            return timedelta(hours=1)
        return timedelta(0)

    def utcoffset(self, moment):
        return None if moment is None else timedelta(hours=-5) + self.dst(moment)

    def tzname(self, moment):
        return "EDT" if self.dst(moment) else "EST"

    def __repr__(self):
        return "Eastern()"


class Day(date):
    pass


class Moment(datetime):
    pass


eastern = Eastern()

print("- durations")
show(lambda: timedelta(1.5, 0.25, -1, hours=3))
show(lambda: timedelta(days=10**30, hours=-24 * 10**30))
show(lambda: timedelta(days=10**9))
show(lambda: timedelta(seconds="1"))
show(lambda: [timedelta(microseconds=n / 2) // timedelta(microseconds=1) for n in range(-5, 6)])
show(lambda: [timedelta(microseconds=n) / 2 for n in (-3, -1, 1, 3)])
show(lambda: timedelta(7) / 2.5 + 3 * timedelta(hours=1) - 0.5 * timedelta(1))
show(lambda: divmod(timedelta(5), timedelta(-2, 3)))
show(lambda: timedelta(1) / timedelta(hours=7))
show(lambda: timedelta.max / 0)
show(lambda: timedelta.max.total_seconds())
show(lambda: timedelta.min - timedelta.resolution)
show(lambda: (str(timedelta(-1, 3, 5)), str(timedelta(2)), bool(timedelta()), abs(timedelta(-1, 1))))

print("- dates")
show(lambda: date(2023, 2, 29))
show(lambda: Day(2024, 2, 28) + timedelta(2, 86399))
show(lambda: date.max - date.min)
show(lambda: date.max + timedelta(1))
show(lambda: (MINYEAR, MAXYEAR, date.fromordinal(3652059), date(1, 1, 1).toordinal()))
show(lambda: [tuple(date(year, 1, 1).isocalendar()) for year in range(2019, 2024)])
show(lambda: date(2020, 12, 31).isocalendar())
show(lambda: Day.fromisocalendar(2020, 53, 7))
show(lambda: date.fromisocalendar(2021, 53, 7))
show(lambda: [date.fromisoformat(text) for text in ("20240229", "2024-W09-4", "2024W094", "2024W09")])
show(lambda: date.fromisoformat("2024-W094"))
show(lambda: date.max < datetime.max)
show(lambda: (date.max == datetime.max, Day(1, 1, 1) == date.min, hash(Day(1, 1, 1)) == hash(date.min)))
show(lambda: date(7, 8, 9).strftime("%Y|%C|%F|%G|%z|%f|%d.%m|%%|%"))
show(lambda: (date(1, 1, 1).ctime(), format(date.max), f"{date.max:%j %a}"))
show(lambda: copy.replace(Day(2024, 2, 29), day=3))
show(lambda: setattr(date, "min", 1))

print("- times")
show(lambda: time(12, 30, tzinfo=eastern, fold=1))
show(lambda: time(25))
show(lambda: (time(1).utcoffset(), time(1, tzinfo=eastern).utcoffset()))
show(lambda: time(1, tzinfo=UTC) == time(2, tzinfo=timezone(timedelta(hours=1))))
show(lambda: time(1, tzinfo=UTC) < time(1))
show(lambda: [time.fromisoformat(text) for text in ("T04", "0405", "04:05:06,7", "24:00", "04Z", "04:05-01:02:03.5")])
show(lambda: time.fromisoformat("04:5"))
show(lambda: time(1, 2, 3, 456789).isoformat("milliseconds"))
show(lambda: time(1, 2, tzinfo=UTC).strftime("%H %M %z %:z %Z %f"))

print("- moments")
show(lambda: datetime(2020, 1, 31, 23, 59, 59, 999999) + timedelta(microseconds=1))
show(lambda: type(Moment(2020, 1, 1) - timedelta(1)))
show(lambda: datetime(2020, 6, 1, tzinfo=eastern) - datetime(2020, 1, 1, tzinfo=UTC))
show(lambda: datetime(2020, 6, 1, tzinfo=UTC) - datetime(2020, 1, 1))
show(lambda: datetime(2020, 6, 1, 4, tzinfo=UTC) == datetime(2020, 6, 1, tzinfo=eastern))
show(lambda: datetime(2020, 10, 31, 5, 30, tzinfo=UTC) == datetime(2020, 10, 31, 1, 30, tzinfo=eastern))
show(lambda: datetime(2020, 10, 31, 5, 30, tzinfo=UTC) < datetime(2020, 10, 31, 1, 30, tzinfo=eastern, fold=1))
show(lambda: datetime(2020, 6, 1, 12, tzinfo=UTC).astimezone(eastern))
show(lambda: hash(datetime(2020, 6, 1, 4, tzinfo=UTC)) == hash(datetime(2020, 6, 1, tzinfo=eastern)))
show(lambda: datetime.fromtimestamp(-0.5, UTC))
show(lambda: datetime.fromtimestamp(1e300))
show(lambda: datetime.fromtimestamp(1700000000.1234567, eastern))
show(lambda: datetime(2020, 1, 1, 0, 0, 0, 1, UTC).timestamp())
show(lambda: Moment.combine(date(2020, 1, 1), time(1, tzinfo=UTC)))
show(lambda: [str(datetime.fromisoformat(text)) for text in ("2020-02-28T24:00", "20200229 1112", "2020-W01-11:00", "2020-01-01_05+0530")])
show(lambda: datetime.fromisoformat("2020-01-01T00:00+25:00"))
show(lambda: datetime(2020, 1, 1, 5, 6, tzinfo=eastern).isoformat(" ", "minutes"))
show(lambda: datetime(2020, 7, 1, 5, 6, tzinfo=eastern).timetuple())
show(lambda: datetime(2020, 7, 1, 5, 6, tzinfo=eastern).utctimetuple()[:5])
show(lambda: datetime.strptime("2020-02-03 04:05:06.25 +0130", "%Y-%m-%d %H:%M:%S.%f %z"))

print("- zones")
show(lambda: (timezone.utc, timezone(timedelta(0)) is UTC, timezone.min, str(timezone.max)))
show(lambda: timezone(timedelta(hours=24)))
show(lambda: timezone(timedelta(hours=-3, seconds=1), "x").tzname(None))
show(lambda: tzinfo().utcoffset(None))
show(lambda: type("Zone", (timezone,), {}))

print("- pickles")
values = [timedelta(1, 2, 3), date(2020, 2, 3), time(1, 2, 3, 4, UTC, fold=1), UTC, timezone.max,
          datetime(2020, 10, 31, 1, 30, fold=1), Moment(1, 2, 3, tzinfo=UTC)]
for value in values:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(value, protocol))
        assert again == value and hash(again) == hash(value), value
        assert type(again) is type(value), value
    assert copy.deepcopy(value) == value
show(lambda: pickle.loads(pickle.dumps(date.max.isocalendar())))
show(lambda: datetime(2020, 10, 31, 1, 30, fold=1).__reduce_ex__(4))
show(lambda: datetime(2020, 10, 31, 1, 30, fold=1).__reduce_ex__(3))
show(lambda: date("\x07\xe4\x02\x03"))
show(lambda: date("\u0107\xe4\x02\x03"))

print("- signatures")
for kind in date, datetime, time, timedelta, timezone:
    print(kind.__name__, kind.__text_signature__)
