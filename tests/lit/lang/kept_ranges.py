"""A range that a variable keeps while loops go over it."""


def table(rows, columns, offsets):
    result = []
    kept = range(columns)
    for row in range(rows):
        for column in kept:
            result.append([offset for offset in offsets
                           if 0 <= row + offset < rows and 0 <= column + offset < columns])
    return result, kept


def rebound(limit):
    numbers = range(limit)
    for number in numbers:
        numbers = range(number)
    return numbers


print(table(2, 3, [-1, 0, 1]))
print(rebound(5), table(0, 1, []))
