a = [3, 1, 2]
a.append(4)
a.extend("xy")
a.insert(1, "in")
print(a, a.pop(), a.pop(0), a.index(2), a.count(1), len(a))
b = list(range(10))
b[2:5] = ["a"]
b[::3] = [0, 0, 0]
del b[-2:]
print(b, b[::-1], b[5:1:-2], b[-100:100])
print(sorted([3, -1, 2], key=abs, reverse=True), [1, 2] < [1, 3], [1] * 3, [1] + [2], 2 in [1, 2])
c = [[0] * 2] * 2
c[0][0] = 1
d = c.copy()
d.append(5)
print(c, d)
a = [1, 2.5, 3]
a.sort()
a.reverse()
a += (9,)
print(a, a.remove(2.5), a)
recursive = [1]
recursive.append(recursive)
print(recursive, [1, 2, 3] == [1, 2, 3.0])
words = ["bb", "a", "ccc", "dd"]
words.sort(key=len)
print(words, min(words, key=len), [x for x in reversed(words)])
grown = [1, 2, 3]
for item in grown:
    if item < 3:
        grown.append(item + 10)
print(grown)
for text in ("[1][1]", "[].pop()", "[1].remove(2)", "[1].index(5)", "[1]['a']", "[3, 'a'].sort()", "[1, 2][::0]"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
