# exit: 1
def first(x):
    return second(x) + 1


def second(x):
    value = (
        x["key"]
        ["other"]
    )
    return value


class C:
    def method(self, n):
        return [first({"key": {}}) for i in range(n)]


print("before")
C().method(2)
