# Errors in __del__ are shown and ignored.
class Noisy:
    def __del__(self):
        raise ValueError("in del")

    def __repr__(self):
        return "<Noisy>"


for i in range(2):
    n = Noisy()
    del n
print("after")
