class Evens:
    def __init__(self, limit):
        self.limit = limit

    def __iter__(self):
        self.n = -2
        return self

    def __next__(self):
        self.n += 2
        if self.n >= self.limit:
            raise StopIteration
        return self.n


class Old:
    def __getitem__(self, index):
        if index == 3:
            raise IndexError
        return index * 10


print(list(Evens(7)), sum(Evens(10)), 4 in Evens(7), list(Old()), 20 in Old(), max(*Old()))
print(list(zip("abc", range(2))), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(filter(None, [0, 1, "", "x"])))
print(list(enumerate("ab", 5)), list(reversed([1, 2])), sorted(Old(), reverse=True), next(iter([]), "empty"))
values = iter([1, 2, 0, 3])
print(list(iter(lambda: next(values), 0)), list(values))
for i in Evens(3):
    for j in range(2):
        if j:
            break
    else:
        print("not reached")
    print(i, j)
else:
    print("exhausted")
while True:
    break
else:
    print("not reached")
for text in ("iter(1)", "next([])", "list(zip([1], [1, 2], strict=True))", "for x in None: pass"):
    try:
        exec(text)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
