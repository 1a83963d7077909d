# Tuples compared item by item: items of one class, of several, and with answers of their own.
import datetime
from decimal import Decimal
from fractions import Fraction

day = datetime.date
pairs = [((day(2024, 1, 2), 1), (day(2024, 1, 2), 2)), ((day(2024, 1, 2),), (day(2023, 1, 2),)),
         ((Decimal("1.0"), "a"), (Decimal(1), "b")), ((Decimal("NaN"),), (Decimal("NaN"),)),
         ((10**30, 1), (10**30, 0)), ((b"a", 1), (b"b", 0)), (([1, 2], 3), ([1, 2], 4)),
         ((frozenset([1]),), (frozenset([1, 2]),)), ((Fraction(1, 3), 0), (Fraction(2, 6), 1)),
         (((1, (2, 3)), 4), ((1, (2, 4)), 0)), ((None, 1), (None, 2)), ((True, 1), (1, 2)),
         ((day(2024, 1, 2), 1), (datetime.datetime(2024, 1, 2), 1)), (({},), ({},)), (({},), ({1: 2},))]


def answers(a, b):
    for operator in (lambda: a < b, lambda: a <= b, lambda: a == b, lambda: a != b, lambda: a > b, lambda: a >= b):
        try:
            yield operator()
        except Exception as error:
            yield type(error).__name__ + ": " + str(error)


for left, right in pairs:
    print(left, right, *answers(left, right), sep=" | ")


class Loud:
    def __init__(self, name, answer=NotImplemented):
        self.name, self.answer = name, answer

    def __eq__(self, other):
        print("eq", self.name, other.name)
        return self.answer

    def __lt__(self, other):
        print("lt", self.name, other.name)
        return self.answer

    def __gt__(self, other):
        print("gt", self.name, other.name)
        return self.answer


class Louder(Loud):
    def __eq__(self, other):
        print("eq of subclass", self.name, other.name)
        return self.answer


class Broken:
    def __bool__(self):
        raise ValueError("no truth")


for answer in (NotImplemented, [], "yes", 0, None):
    a, b = Loud("a", answer), Loud("b", answer)
    print(repr(answer), (a, 1) == (b, 1), (a, 1) != (b, 1))
    try:
        print((a, 1) < (b, 2), (a, 1) > (b, 2))
    except TypeError as error:
        print(error)
print((Loud("a"),) == (Louder("b", True),), (Louder("c", True),) == (Loud("d"),))
try:
    (Loud("e", Broken()),) == (Loud("f"),)
except ValueError as error:
    print(error)
print((Loud, 1) < (Loud, 2), (Loud,) == (Louder,))

nested_a, nested_b = [], []
for _ in range(200000):
    nested_a, nested_b = ([nested_a],), ([nested_b],)
try:
    nested_a == nested_b
except RecursionError as error:
    print(type(error).__name__)
while nested_a:
    nested_a, nested_b = nested_a[0][0], nested_b[0][0]
rows = [(day(2024, 1 + i * 7 % 12, 1 + i * 5 % 28), Decimal(i % 5), i) for i in range(200)]
print(sum(i * row[2] for i, row in enumerate(sorted(rows))), max(rows), min(rows))
