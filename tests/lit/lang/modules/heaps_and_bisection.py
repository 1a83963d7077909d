# _heapq and _bisect.
import _bisect
import _heapq

heap = [5, 3, 8, 1, 9, 2, 7]
_heapq.heapify(heap)
_heapq.heappush(heap, 0.5)
print(heap, [_heapq.heappop(heap) for _ in range(len(heap))])
heap = list("sortable")
_heapq.heapify_max(heap)
print(heap, _heapq.heappushpop_max(heap, "c"), _heapq.heapreplace_max(heap, "z"))
print([_heapq.heappop_max(heap) for _ in range(len(heap))])
print(_heapq.heappushpop([1, 2], 0), _heapq.heapreplace([1, 2], 0))
for call in (lambda: _heapq.heappop([]), lambda: _heapq.heappush((), 1), lambda: _heapq.heapify(())):
    try:
        call()
    except (IndexError, TypeError) as error:
        print(error)

items = [1, 2, 2, 3]
print([_bisect.bisect_left(items, x) for x in (0, 2, 5)], [_bisect.bisect_right(items, x) for x in (0, 2, 5)])
print(_bisect.bisect_left("aabc", "b"), _bisect.bisect_right([3, 2, 1], -2, key=lambda x: -x))
_bisect.insort_left(items, 2.0)
_bisect.insort_right(items, 2.5, lo=1, hi=4)
print(items)
try:
    _bisect.bisect_left(items, 1, -1)
except ValueError as error:
    print(error)
