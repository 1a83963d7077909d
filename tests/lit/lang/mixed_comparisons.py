# Ints of all sizes compared with floats.
import itertools

numbers = [0, 1, -1, 2 ** 47 - 1, 2 ** 47, 2 ** 48 - 1, 2 ** 48, -(2 ** 48), -(2 ** 48) - 1, 2 ** 53, 2 ** 53 + 1,
           2 ** 64, 10 ** 400, True, 0.0, -0.0, 0.5, -0.5, 2.0 ** 47, 2.0 ** 48, 2.0 ** 48 - 0.5, -(2.0 ** 48),
           2.0 ** 53, 2.0 ** 53 + 2, 2.0 ** 64, 1e308, float("inf"), float("-inf"), float("nan")]


def compare(a, b):
    return [a < b, a <= b, a == b, a != b, a > b, a >= b]


def branches(a, b):
    return [1 if a < b else 0, 1 if a <= b else 0, 1 if a == b else 0, 1 if a != b else 0, 1 if a > b else 0,
            1 if a >= b else 0]


code = same = 0
for a, b in itertools.product(numbers, repeat=2):
    answers = compare(a, b)
    same += answers == branches(a, b)
    for answer in answers:
        code = (code * 2 + answer) % 1000000007
print(code, same, len(numbers) ** 2)
print(compare(2 ** 48, 2.0 ** 48 - 0.5), compare(1, float("nan")), compare(2 ** 53 + 1, 2.0 ** 53))
