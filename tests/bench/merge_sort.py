# args: 500
# train: 8000
"""Merge sort with a key function, on numbers, strings and tuples; checked against sorted()."""
import sys


def merge_sort(items, key):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left = merge_sort(items[:middle], key)
    right = merge_sort(items[middle:], key)
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if key(right[j]) < key(left[i]):
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    merged += left[i:]
    merged += right[j:]
    return merged


def numbers(count):
    state = 7
    for _ in range(count):
        state = state * 48271 % 2147483647
        yield state


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 55_000
    data = list(numbers(count))
    texts = [f"{number % 9973:x}" for number in data]
    pairs = [(text[:2], number) for text, number in zip(texts, data)]
    for items, key in (
        (data, lambda number: number),
        (data, lambda number: (number % 100, -number)),
        (texts, lambda text: text[::-1]),
        (pairs, lambda pair: pair[0]),
    ):
        done = merge_sort(items, key)
        assert done == sorted(items, key=key)
        print(done[0], done[len(done) // 2], done[-1])


main()
