class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = Loud("a")
b = a
del a
print("still")
b = None
print("gone")


def scope():
    local = Loud("local")
    print("in scope")


scope()
items = [Loud("item")]
items.clear()
Loud("temporary")
d = {"k": Loud("value")}
d["k"] = 1
print("end")
