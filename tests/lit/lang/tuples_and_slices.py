t = 1, "two", (3,)
print(t, t[1], t[::-1], t + (4,), t * 2, len(t), (1), (1,), (), t.index("two"), t.count(1), hash((1, 2)) == hash((1, 2)))
print((1, 2) < (1, 3), (1,) < (1, 0), (1, 2) == (1.0, 2), max((1, 5), (2, 0)), tuple("ab"))


class Show:
    def __getitem__(self, key):
        return key


show = Show()
print(show[1:2], show[::2], show[1, 2:3], show[...], show[:], show["a", None], show[-1])
print(slice(1, 10, 3).indices(5), slice(None, None, -1).indices(4), slice(1, 2) == slice(1, 2))
try:
    t[0] = 5
except TypeError as error:
    print(error)
print("abcdef"[slice(1, None, 2)], list(range(10))[8:2:-3], range(10)[2:8:2], range(0, 100, 7)[-1], 21 in range(0, 100, 7))
print(len(range(10, 0, -3)), list(range(10, 0, -3)), range(3) == range(0, 3), range(5).index(3), range(0) == range(5, 5))
