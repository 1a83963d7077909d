"""Exceptions that leave counted loops, where numbers are kept in machine registers."""


def index(limit):
    try:
        for k in range(limit):
            found = [1, 2][k]
    except IndexError as e:
        return k, found, str(e)


def store(values, step):
    total = 0
    for k in range(20):
        try:
            total += step
            values[k] = total
        except IndexError:
            return k, total
    return None


def nested(a, b):
    try:
        for i in range(2, 15, 4):
            for j in range(2, 15, 4):
                for k in range(7):
                    k -= a
                    a = [j for _ in range(4)][10] % (b + a)
    except Exception as e:
        return i, j, k, a, type(e).__name__
    return None


def large(limit):
    """The counts are above what fits a small int; they are boxed on some edges only."""
    total = 1
    seen = []
    for k in range(limit):
        total *= 3
        try:
            if total > 2**50:
                seen.append(total // (k % 3))
            elif total > 2**47:
                raise ValueError(total)
        except (ZeroDivisionError, ValueError) as e:
            seen.append((total, str(e)))
    return seen[-6:], total


print(index(5))
print(store([0] * 7, 2**60))
print(store([0] * 7, 2**45))
print(nested(1, 2))
print(large(45))
