# The Mersenne Twister draws the same numbers from the same seeds.
import _random

r = _random.Random(5)
print(r.random(), r.getrandbits(7), r.getrandbits(32), r.getrandbits(33), r.getrandbits(100))
print(r.getrandbits(0), r.getrandbits(1000))
for seed in (0, -7, 2**32 - 1, 2**64, 2**70 + 1, 1.5, (1, 2, 3), True):
    r.seed(seed)
    print(r.random(), r.getstate()[3], r.getstate()[-1])
state = r.getstate()
numbers = [r.random() for _ in range(700)]
r.setstate(state)
print(numbers == [r.random() for _ in range(700)])
for bad in ([], (1,), (-1,) * 625, (1,) * 624 + (626,)):
    try:
        r.setstate(bad)
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
