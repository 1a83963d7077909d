# itertools: what the constructors take, and the errors of everything else.
import itertools
from itertools import *

TYPES = (accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile,
         filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, zip_longest)


def show(function, *args, **keywords):
    try:
        print(function.__name__, args, keywords, type(function(*args, **keywords)).__name__)
    except (TypeError, ValueError, OverflowError) as error:
        print(function.__name__, args, keywords, type(error).__name__, error)


for function in TYPES + (tee,):
    for n in range(6):
        show(function, *range(1, n + 1))
    show(function, foo=1)
    show(function, [1], foo=1)
    for second in (-1, 0, "a", 10**30, None):
        show(function, [], second)
for args in (([], 0, 1, 0), ([], 0, 1, -1), ([], -1, 1), ([], 1, -1), ([], "a", 1), ([], 1, "a"), ([], 1, None, 1.5),
             ([], -2), ([], None), ([], None, None, None)):
    show(islice, *args)
show(count, "a")
show(count, 1, "a")
show(product, [1], repeat=-1)
show(product, [1], repeat="a")
show(product, [1], [2], repeat=2**62)
show(repeat, 1, times=3)
show(repeat, object=1)
show(repeat, 1, "a")
show(permutations, [1], 1.5)
show(itertools._tee)
print(count(1), count(1, 2), count(1.5), count(1, 1.0), count(step=2), count(10**30), repeat(2), repeat([], 3))
for kind in TYPES:
    print(kind.__module__, kind.__name__, kind.__text_signature__)
    class Sub(kind):
        pass
    assert Sub.__mro__ == (Sub, kind, object)
print(chain[int], repeat(1, 3).__length_hint__())
show(repeat(1).__length_hint__)
