class S:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
class L(list):
    def __getitem__(self, k): return ("L", k)
class I:
    def __init__(self, n): self.n = n
    def __index__(self): print("index", self.n); return self.n
def reads(a):
    return [a[1:3], a[:], a[::2], a[::-1], a[-2:], a[5:1:-2], a[10:], a[:-10], a[3:1], a[-1:-4:-1], a[2**70:], a[:-2**70:-3]]
for a in ([1,2,3,4,5,6], (1,2.5,"x",None,5,6), "héllo wörld", "abcdef", b"abcdef", bytearray(b"abcdef"), list("abcdef"), [1.5,2.5,3.5,4.5,5.5,6.5], range(6)):
    print(reads(a))
s = S()
print(s[1:2], s[::], s[None:"a":3], s[1:2, 3])
s[1:2] = 3
s[:] = 4
del s[1:3]
print(L([1,2,3])[0:2])
a = list(range(10))
print(a[I(1):I(7):I(2)])
def fails(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
    else: print("fine")
fails(lambda: a[::0]); fails(lambda: a["x":]); fails(lambda: a[1.0:2]); fails(lambda: {}[1:2]); fails(lambda: {1:2}[1:])
def st(f):
    a = list(range(10)); f(a); print(a)
def s1(a): a[2:4] = [7,8,9]
def s2(a): a[2:4] = a
def s3(a): a[::2] = [0]*5
def s4(a): a[:3] = a[2::-1]
def s5(a): a[5:2] = "xy"
def s6(a): a[1:] = ()
def s7(a): a[1:3] = (x for x in (1.5, 2.5))
def s8(a): a[:] = {}
def s9(a): a[I(1):I(2)] = range(3)
def s10(a): a[8:2:-2] = "abc"
def s11(a): a[1:3] += [99]
def s12(a): del a[1:3]; del a[::3]
for f in (s1,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11,s12): st(f)
def t1(): a[::2] = [1]
def t2(): a[1:2] = 5
def t3(): a[::0] = []
def t4(): "abc"[1:2] = "x"
def t5(): (1,)[:] = ()
def t6(): a["q":] = 5
def t7(): bytearray(3)[0:1] = "x"
def t8(): bytearray(3)[::2] = b"abc"
def t9(): None[1:2] = 5
for f in (t1,t2,t3,t4,t5,t6,t7,t8,t9): fails(f)
b = bytearray(b"0123456789"); b[2:4] = b"xyz"; print(b); b[::2] = bytes(6) if len(b) == 12 else bytes((len(b)+1)//2); print(b); b[1:3] = b; print(b); b[0:2] = [65, 66, 67]; print(b)
# what a destructor sees while slots are replaced
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, [x if isinstance(x, int) else x.n for x in box])
box = [D(1), D(2), D(3), 4]
box[0:2] = [10, 11, 12]
box[1:] = []
print(box)
def grow(box):
    class G:
        def __del__(self): box.append("late")
    box[:] = [G(), G(), 1]
    box[0:2] = [5]
    print(box)
grow([])
m = [1,2,3]
mv = memoryview(bytearray(b"abcdef")); mv[1:3] = b"zz"; print(bytes(mv[::-1]), bytes(mv[1:4]))
def order():
    log = []
    def f(x): log.append(x); return x
    try: f([1,2,3])[f(0):f(2):f(1)] = [f(9)]
    except Exception as e: print(e)
    print(log)
    x = [1,2,3]
    x[f(0):f(2)], y = f([7]), 5
    print(x, log[-1])
order()
def rebound(a):
    return a[(a := 1):2], a
print(rebound([5,6,7]))
import gc
def leak():
    import sys
    o = object()
    n = sys.getrefcount(o)
    a = [o] * 10
    for i in range(50):
        a[2:5]; a[::-1]; a[1:4] = a[5:8]; a[::2] = a[::2]; tuple(a)[1:5]
    del a
    print(sys.getrefcount(o) - n)
leak()
