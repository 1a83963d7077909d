# What sys.unraisablehook hears of generators and coroutines that end badly.
import sys
import warnings

sys.unraisablehook=lambda u: print((u.err_msg or '').split(' at 0x')[0], u.object is None, u.exc_type)
def g():
    try: yield
    finally: 1/0
it=g(); next(it); del it
async def a():
    try: yield
    finally: 1/0
x=a()
try: x.asend(None).send(None)
except StopIteration: pass
del x
async def c(): pass
warnings.simplefilter('error')
c()
y=a().asend(None); del y
y=a().athrow(ValueError); del y
