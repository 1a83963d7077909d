# args: 3000
"""Generators as a pipeline: a made-up server log is produced, parsed, filtered, grouped, lazily."""
import sys

PATHS = ["/", "/about", "/login", "/api/items", "/api/items/7", "/static/logo.png"]
STATUSES = [200, 200, 200, 200, 304, 404, 500]


def random_numbers(seed):
    """A linear congruential generator, so that each run is the same."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def log_lines(numbers):
    for second, number in enumerate(numbers):
        if number % 97 == 0:
            yield "-- rotated --"
        path = PATHS[number % len(PATHS)]
        status = STATUSES[number // 7 % len(STATUSES)]
        yield f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} {path} {status} {number % 5000}"


def take(count, items):
    for _, item in zip(range(count), items):
        yield item


def parse(lines):
    """Yield records; return how many lines were none."""
    skipped = 0
    for line in lines:
        try:
            clock, path, status, size = line.split()
            hours, minutes, seconds = map(int, clock.split(":"))
            yield {
                "second": (hours * 60 + minutes) * 60 + seconds,
                "path": path,
                "status": int(status),
                "size": int(size),
            }
        except ValueError:
            skipped += 1
    return skipped


def counting(generator, counters):
    counters["skipped"] = yield from generator


def windows(records, length):
    """Group records by windows of `length` seconds."""
    current, batch = None, []
    for record in records:
        window = record["second"] // length
        if window != current and batch:
            yield current * length, batch
            batch = []
        current = window
        batch.append(record)
    if batch:
        yield current * length, batch


def running_mean():
    """A coroutine: send it numbers, it answers with their mean so far."""
    total = number = 0
    mean = None
    while True:
        total += yield mean
        number += 1
        mean = total / number


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    counters = {}
    records = counting(parse(take(count, log_lines(random_numbers(42)))), counters)
    mean = running_mean()
    next(mean)
    failures = {}
    for start, batch in windows(records, max(600, count // 5)):
        served = [r for r in batch if r["status"] == 200]
        average = mean.send(sum(r["size"] for r in served))
        print(f"from {start:6}s: {len(batch):5} requests, {len(served):5} served, mean volume {average:.1f}")
        for record in batch:
            if record["status"] >= 400:
                key = record["path"], record["status"]
                failures[key] = failures.get(key, 0) + 1
    mean.close()
    for (path, status), number in sorted(failures.items(), key=lambda item: (-item[1], item[0])):
        print(f"{status} {path:18} {number}")
    print("lines skipped:", counters["skipped"])


main()
