ints = [i * i for i in range(6)]
ints[2] = 2**70
print(ints, sum(ints))
floats = [0.5] * 4
floats[1] = 7
print(floats, sum(floats))
floats.append("text")
print(floats)
mixed = [1, 2, 3]
mixed[1] = 2.5
mixed[0] = True
print(mixed, mixed[0] is True, type(mixed[2]).__name__)
big = [2**48 - 1]
big[0] += 1
print(big, big[0] - 2**48)
nested = [[1.0, 2.0], [3.0, 4.0]]
print([sum(column) for column in zip(*nested)], -0.0 in [0], [0.0, -0.0], [1, 2] == [1.0, 2.0])
empty = []
for value in (1, 2.0, None):
    empty.append(value)
print(empty, empty * 2, empty[:2] + [1.5])
