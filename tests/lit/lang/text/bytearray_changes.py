# Changes of bytearrays, against the same changes of a list.
state = 11


def random(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def random_slice():
    return slice(*[[None, random(24) - 12][random(2)] for _ in range(2)], [None, 1, 2, -1, -3][random(5)])


def change(target, kind, key, values):
    if kind == 0:
        target[key] = values
    elif kind == 1:
        del target[key]
    elif kind == 2:
        target.extend(values)
    elif kind == 3:
        target.insert(random.place, values[0] if values else 7)
    elif kind == 4:
        return target.pop(random.place)
    elif kind == 5:
        target.reverse()
    elif kind == 6:
        target += bytes(values)
    elif kind == 7:
        target *= random.place % 3


array, items, failures = bytearray(), [], 0
for step in range(20000):
    kind, key, values = random(8), random_slice(), [random(256) for _ in range(random(6))]
    random.place = random(30) - 15
    if kind == 0 and not values and key.step is not None:
        continue  # deletes from a bytearray, an error for a list
    results = []
    for target in (array, items):
        try:
            results.append(change(target, kind, key, bytes(values) if kind == 0 and target is array else values))
        except (IndexError, ValueError) as error:
            results.append(type(error))
            failures += 1
    assert results[0] == results[1] and list(array) == items, (step, kind, key, values, results)
    if len(items) > 60:
        del array[:50], items[:50]
print(len(array), failures)

array = bytearray(b"hello world")
print(array.take_bytes(6), array, array.take_bytes(), array)
view = memoryview(array)
for action in (lambda: array.append(1), lambda: array.resize(5), lambda: array.clear(), lambda: array.take_bytes()):
    try:
        print(action(), array)
    except BufferError as error:
        print(error)
view.release()
array.resize(3)
print(array, array.pop(), array)
