# Global functions and variables that a loop uses are replaced, deleted and made again.
def step(x):
    return x + 1


def other_step(x):
    return x * 2


def run(rounds):
    global step
    x = 1
    for i in range(rounds):
        if i == 50:
            step = other_step
        if i == 54:
            step = lambda x, y=7: x - y
        if i == 58:
            step = str.__len__
        if i == 59:
            step = {"no": "function"}.get
        x = step(x) if i != 58 else step("four")
    return x


print(run(60))


def count(rounds):
    global limit
    seen = 0
    for i in range(rounds):
        if i == limit:
            limit = 7.5
        if i > limit:
            seen += 1
        if i == 8:
            limit = True
    return seen, limit


limit = 5
print(count(12))


def vanishing(rounds):
    global there
    for i in range(rounds):
        if i == 3:
            del there
        print(i, there)


there = "there"
try:
    vanishing(5)
except NameError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
there = "back"
vanishing(2)

for i in range(4):  # module level
    if i == 2:
        def step(x):
            return -x
    else:
        step = lambda x: x * 10
    print(step(i))

exec("def step(x): return 'from exec'")
print(step(1))
globals()["step"] = max
print(step(1, 2))
