# Indices outside of lists and zero divisors in hot loops: they raise without leaving native code.
import sys


def reads(items, n):
    missed = total = 0
    for k in range(n):
        try:
            total += items[k % 7]
        except IndexError:
            missed += 1
    return total, missed


def writes(items, n):
    missed = 0
    for k in range(-3, n):
        try:
            items[k % 6 - 1] = items[0]
        except IndexError as error:
            missed += len(str(error))
    return items, missed


def divides(n):
    results = []
    for k in range(n):
        try:
            results.append((100 // (k % 4), 100 % (k % 3), 1.5 / (k % 5 - 2.0)))
        except ZeroDivisionError as error:
            results.append(str(error))
        finally:
            results.append(k)
    return results[-12:], len(results)


def unguarded(items, k):
    return items[k] // (k - 2)


def callers(items, n):
    out = []
    for k in range(n):
        try:
            out.append(unguarded(items, k % 6))
        except (IndexError, ZeroDivisionError) as error:
            trace = error.__traceback__
            out.append((type(error).__name__, trace.tb_lineno, trace.tb_next.tb_lineno))
    return out[-6:]


def objects(items, n):
    """Items that own something, temporaries on the way."""
    out = ""
    for k in range(n):
        try:
            out = str(k) + "," + items[k % 5] + items[k % 3]
        except IndexError:
            out += "-"
    return out


def nested(rows, n):
    total = 0.0
    for i in range(-1, n):
        for j in range(n):
            try:
                try:
                    total += rows[i][j]
                finally:
                    total += 0.5
            except IndexError:
                total -= 1.0
                continue
    return total


def generated(items, n):
    k = 0
    while k < n:
        try:
            yield items[k] // (k - 3)
        except ZeroDivisionError:
            yield -1
        except IndexError:
            return
        k += 1


def counted(items, n):
    """A local that the handler needs as it was."""
    done = 0
    last = -1
    for k in range(n):
        before = done
        try:
            done = done + 1
            last = items[k % 4]
            done = done + 1000
        except IndexError:
            done = before + 10
    return done, last


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is IndexError


def managed(items, n):
    total = 0
    for k in range(n):
        with Suppress():
            total += items[k % 3]
            items[k % 4] = total % 5
    return total, items


class Dies:
    def __init__(self, log, name):
        self.log, self.name = log, name

    def __del__(self):
        self.log.append(self.name)


def dying(items, log, n):
    for k in range(n):
        held = Dies(log, k)
        try:
            [held, items[k]]
        except IndexError:
            log.append("caught")
        held = None
    return log


print(reads([1, 2, 3, 4, 5], 300), reads([1.5, 2.5], 300), reads([True] * 6, 70), reads([], 20))
print(reads([1, 2.5, 3 << 60], 100), reads((1, 2, 3), 100), reads({0: 1, 1: 2}.values and [9], 30))
print(writes([1, 2, 3], 300), writes([1.0, 2.0], 300), writes(["a"], 30), writes([True, False], 30))
print(divides(300))
print(callers([10, 20, 30, 40, 50], 300))
print(objects(["a", "b", "c"], 301))
print(nested([[1.0, 2.0], [3.0], []], 20))
print(sum(generated(list(range(100)), 50)), list(generated([5, 6, 7, 8], 9)))
print(counted([1, 2, 3], 302), counted([1.5], 13), counted("abc", 13))
print(managed([1, 2, 3], 300))
print(dying([1, 2], [], 5))


def uncaught(items):
    total = 0
    for k in range(10):
        total += items[k]
    return total


for wrong in ([1, 2], [1.0], [None], "12", {0: 0}):
    try:
        uncaught(wrong)
    except Exception as error:
        print(type(error).__name__, error, error.__traceback__.tb_next.tb_lineno)
