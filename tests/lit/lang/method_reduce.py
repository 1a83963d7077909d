# Methods are pickled by the name under which they are attributes; lazy imports want a module.
class A:
    def __private(self):
        pass

    def get(self):
        return self.__private

    @classmethod
    def __shared(cls):
        pass

    @classmethod
    def get_shared(cls):
        return cls.__shared


class __B:
    def __private(self):
        pass

    def get(self):
        return self.__private


print(A().get().__reduce__()[1][1], A.get_shared().__reduce__()[1][1])
print(__B().get().__reduce__()[1][1])
for value in bytearray.__dict__["maketrans"], dict.__dict__["fromkeys"]:
    try:
        print(value.__reduce_ex__(2))
    except TypeError as error:
        print(error)


def run():
    exec("lazy import json")


for function in run, lambda: exec("lazy from json import dumps", {}, {}):
    try:
        function()
    except SyntaxError as error:
        print(error)
exec("lazy import keyword", globals())
print(keyword.iskeyword("if"))
