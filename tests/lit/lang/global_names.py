total = 0


def add(n):
    global total
    total += n


def shadow():
    total = "local"
    return total


def unbound():
    try:
        print(total)
    except UnboundLocalError as error:
        print(error)
    total = 1


add(2)
add(3)
print(total, shadow())
unbound()
del total
try:
    add(1)
except NameError as error:
    print(error)
print = print
print(max(1, 2), len([1]))
max = lambda *args: "mine"
print(max(1, 2))
del max
print(max(1, 2))
