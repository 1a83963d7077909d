class V:
    def __init__(self, *items):
        self.items = items

    def __repr__(self):
        return f"V{self.items}"

    def __add__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return V(*(a + b for a, b in zip(self.items, other.items)))

    def __radd__(self, other):
        return f"{other} + {self}"

    def __mul__(self, k):
        return V(*(a * k for a in self.items))

    def __imul__(self, k):
        self.items = (self * k).items
        return self

    def __neg__(self):
        return self * -1

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.items, other.items))

    def __getitem__(self, index):
        return self.items[index]

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return item in self.items

    def __eq__(self, other):
        return isinstance(other, V) and self.items == other.items

    def __lt__(self, other):
        return self.items < other.items

    def __call__(self, x):
        return x, self

    def __bool__(self):
        return any(self.items)

    def __index__(self):
        return self.items[0]

    def __rpow__(self, other):
        return "rpow", other

    def __divmod__(self, other):
        return "divmod"


v = V(1, 2)
w = v
w *= 3
print(v, w is v, v + V(1, 1), 5 + v, -v, v @ V(1, 1), v[1], len(v), 6 in v, v == V(3, 6), v != V(3, 6))
print(v < V(4), V(4) > v, v(1), bool(V(0)), [10, 11, 12, 13][v], 2**v, divmod(v, 1), hex(V(255)), list(v))
for text in ("v + 1", "v - v", "1 < v", "v / 2", "hash(v)", "v >= v", "~v", "[] + ()", "{} < {}", "'a' * 'b'"):
    try:
        print(eval(text))
    except TypeError as error:
        print(error)


class Left:
    def __add__(self, other):
        return "left"


class Right(Left):
    def __radd__(self, other):
        return "right first"


print(Left() + Right(), Left() + Left(), 1 < 2 < 3 > 2, 1 < 3 > 5, not 1 == 2, 1 and 0 or "x", [] or {} or None)
