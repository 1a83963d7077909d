# Loops whose iterator is in the function's frame, left in the middle.
import gc


def added(rows):
    total = 0
    for row in rows:
        for item in row:
            total = total + item  # leaves when it is no int any more
    return total


rows = [[1, 2, 3], (4, 5), {6, 7}, {8: 1, 9: 2}, range(3), [2**60, 2**60, 2**60]]
print(added(rows), added(rows + [[1, 2.5, 3], (0.5, 1)]), added([iter([1, 2]), [3]]))


def counted(texts):
    count = 0
    for text in texts:
        for character in text:
            if character in "aé€":
                count += 1
    return count


print(counted(["banana", "é€a", "", "x" * 100]), counted(["ab", ["a", "b"], ("a",), {"a": 1}]))


def raising(rows):
    caught = []
    for row in rows:
        try:
            for item in row:
                if item > 2:
                    break
                caught.append(10 // item)
            else:
                caught.append("all")
        except (ZeroDivisionError, TypeError) as error:
            caught.append(str(error))
    return caught


print(raising([[1, 2], (1, 0, 2), [3], 5, None, [2, "x", 1], {1: 2}]))


def growing():
    items = [1]
    for item in items:
        if len(items) < 2000:
            items.append(item + 1)
    return len(items), sum(items)


print(growing())


def changing(table):
    try:
        for key in table:
            table[key * 2 + 1] = key
    except RuntimeError as error:
        return str(error)


print(changing({1: 1}), changing({}))


def returned(rows, wanted):
    for i, row in enumerate(rows):
        for item in row:
            for other in (item, item + 1):
                if other == wanted:
                    return i, item
    return None


print(returned([[1, 2], (5, 6)], 7), returned([[1], [2.5]], 3.5), returned([[1]], 9))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def held():
    for item in [Noisy("a"), Noisy("b")]:
        print("at", item.name)
        del item
    print("behind the loop")
    for item in (Noisy("c"), Noisy("d")):
        if item.name == "c":
            break
    print("behind the break")


held()
print("behind the call")


def collected():
    class Node:
        pass

    node = Node()
    node.items = [node, 1, 2]
    items = node.items
    count = 0
    for item in items:
        del node, items
        node = items = None
        gc.collect()
        count += 1
    return count


print(collected())


def own_list(n):
    total = 0
    for i in range(n):
        rest = [1, 2, 3]
        for item in rest:
            total += item
            rest = None
    return total


print(own_list(100))


def any_of(rows, limit):
    return [any(item > limit for item in row) for row in rows], [
        sum(item + limit for item in row) for row in rows
    ]


print(any_of([[1, 2, 3], (4, 5), [2.5, 7]], 2))


def deep(tree):
    total = 0
    for item in tree:
        if isinstance(item, list):
            total += deep(item)
        else:
            total += item
    return total


print(deep([1, [2, [3, [4, 5.5]], 6]]), deep([[[2**62]], 2**62]))


def tracebacks(rows):
    import traceback

    try:
        for row in rows:
            for item in row:
                item.missing
    except AttributeError:
        return traceback.format_exc().splitlines()[-1]


print(tracebacks([[1]]), tracebacks([("a",)]))
