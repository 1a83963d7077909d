rows = [[1, 2], (3,), "ab"]
print([*row for row in rows])
print({*row for row in [[1, 2], [2, 3]]} == {1, 2, 3})
print({**d for d in [{"a": 1, "b": 2}, {"b": 3}]})
print(list((*row for row in rows)), sum(*row for row in [[1, 2, 3]]))
print([*row for row in rows if len(row) > 1], [*(n, n) for n in range(3)])


def tail(iterables):
    return [*it for it in iterables]


print(tail([range(2), {}, {5: 6}]))
for text in ("[**d for d in []]", "[*x, *y for x in []]", "{**d: 1 for d in []}"):
    try:
        compile(text, "t", "eval")
    except SyntaxError as error:
        print("SyntaxError")
try:
    tail([1])
except TypeError as error:
    print(error)
