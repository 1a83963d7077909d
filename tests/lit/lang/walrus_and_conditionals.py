data = iter([3, 0, 5])
while (item := next(data, None)) is not None:
    print(item, "yes" if item else "no", end="; ")
print()
if (n := len("hello")) > 3 and (half := n // 2):
    print(n, half)
print([y := 1, y**2], (lambda: (z := 5))(), [m for x in range(5) if (m := x % 3)], m)
print(1 if 0 else 2 if 0 else 3, (yes := True) and not False)
x = 5
print(x == 5 == 5.0, 1 < x <= 5 < 10 != 3, x in [5] in [[5]], not x, x is x is not None)
total = 0
for i in range(10):
    if i == 2:
        continue
    elif i == 7:
        break
    else:
        total += i
    pass
print(total, i)
del x
try:
    x
except NameError as error:
    print(error)
