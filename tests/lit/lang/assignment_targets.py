class Log:
    def __init__(self):
        self.store = {}

    def __getitem__(self, key):
        print("get", key)
        return self.store.get(key, 0)

    def __setitem__(self, key, value):
        print("set", key, value)
        self.store[key] = value

    def __delitem__(self, key):
        print("del", key)


def noisy(text):
    print("eval", text)
    return text


log = Log()
log[noisy("a")] += int(noisy("1"))
log["x"], (log["y"], *log.rest) = 1, (2, 3, 4)
log[1:2, 3] = 5
del log["x"], log["y"]
print(log.rest)
log.n = log.m = 3
log.n -= 1
log.n **= 3
log.n //= 3
log.n |= 1
log.n <<= 2
print(log.n, log.m)
i = 0
a = [0, 0, 0]
i, a[i] = 1, "second"
print(i, a)
for a[0] in "xy":
    print(a)
for log["loop"], log.m in [(1, 2)]:
    pass
with open("/dev/null") as log.file:
    print(log.file.closed)
