# Variables that inner functions share are looked at without counting, and lists in them are found
# before loops: they may be replaced, emptied or deleted meanwhile.
import signal
import weakref


def sorter(items):
    def sort(low, high):
        while low < high:
            pivot = items[(low + high) // 2]
            i, j = low, high
            while i <= j:
                while items[i] < pivot:
                    i += 1
                while items[j] > pivot:
                    j -= 1
                if i <= j:
                    items[i], items[j] = items[j], items[i]
                    i += 1
                    j -= 1
            sort(low, j)
            low = i

    sort(0, len(items) - 1)
    return items


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for n in range(30):
    sorter([(k * 7919) % 101 for k in range(n * 3)])
print(sorter([5, 3, 9, 1]), sorter([2.5, -1.0, 0.5]), sorter(["b", "a", "c"]), sorter([2**70, 1, -5]))
print(attempt(sorter, [1, "a", 2.0]), attempt(sorter, (3, 1, 2)), sorter([1, 2.5, True]))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)

    def __len__(self):
        return 3


def replaced():
    held = Noisy("first")

    def look(n):
        total = 0
        for i in range(n):
            total += len(held)
            if i == 2:
                change()
        return total

    def change():
        nonlocal held
        held = Noisy("second")

    print(look(5))
    print(look(1))


for _ in range(3):
    replaced()


def summing(values):
    def total(n):
        s = 0
        for k in range(n):
            s += values[k]
        return s

    def replace(new):
        nonlocal values
        values = new

    def forget():
        nonlocal values
        del values

    return total, replace, forget


total, replace, forget = summing([1, 2, 3])
print([total(3) for _ in range(30)][-1], attempt(total, 4))
replace([0.5, 1.5])
print(total(2))
replace((4, 5))
print(total(2))
replace("ab")
print(attempt(total, 1))
forget()
print(total(0), attempt(total, 1))
replace([7, 8, 9])
print(total(3))


# A counter that is shared, with values that count and end.
def counter(start):
    count = start

    def step(by):
        nonlocal count
        count += by
        return count

    return step


step = counter(0)
print([step(i) for i in range(20)][-1], step(2**62), step(2**63), step(0.5))
step = counter("a")
print(step("b"), attempt(step, 1), step("c"))


class Plain:
    pass


def last_one():
    kept = Plain()
    died = []
    watch = weakref.ref(kept, lambda _: died.append(1))

    def swap(n):
        nonlocal kept
        for i in range(n):
            kept = Plain() if i % 2 else i
        return kept

    return swap(4).__class__.__name__, swap(3), died, watch()


print([last_one() for _ in range(3)])


# A signal's handler replaces the list while a loop runs.
def wait(make):
    flags = [0, 0]

    def handler(*_):
        nonlocal flags
        flags = make()

    def spin():
        n = 0
        while flags[0] == 0:
            n += 1
        return flags[0]

    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    return attempt(spin)


print(wait(lambda: [3]), wait(lambda: ["x"]), wait(lambda: {0: 5}), wait(lambda: []), wait(lambda: None))
