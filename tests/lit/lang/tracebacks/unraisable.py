# Errors in __del__ are shown and ignored.
class Deallocator:
    def __get__(self, instance, owner):
        return self

    def __call__(self, *args):
        raise ValueError("in del")

    def __repr__(self):
        return "<deallocator>"


class Noisy:
    __del__ = Deallocator()


for i in range(2):
    n = Noisy()
    del n
print("after")
