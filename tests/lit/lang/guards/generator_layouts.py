# args: 1000
# Attributes of one object in a generator's code and in the loop where that is inlined: the names are
# those of two code objects.
import sys


class Item:
    def __init__(self, a, b, c):
        self.a = a
        self.b = b
        self.c = c


def chosen(items, limit):
    zzz = 0
    for item in items:
        if item.c < limit:
            yield item


def total(items, limit):
    result = abs(min(max(len(items) + sum(range(0)), 0), 0))
    for item in chosen(items, limit):
        result += item.a
        result += item.b
    return result


n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
items = [Item(i, 2 * i, i % 7) for i in range(n)]
print(total(items, 5))
