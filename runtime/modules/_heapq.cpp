// The module _heapq: binary heaps in lists, with the least or the greatest item first.
//
// Comparisons may run any code, which may change the list: its size is checked after each.
#include "runtime/modules/registry.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// Whether a stands nearer to the top than b.
template <bool isMax> bool precedes(Value a, Value b, bool& result) {
  return isMax ? compareBool(CompareOp::Lt, b, a, result)
               : compareBool(CompareOp::Lt, a, b, result);
}

bool checkHeap(const char* function, int number, Value heap) {
  return isList(heap) || static_cast<bool>(raiseBadArgument(function, number, "list", heap));
}

Raised raiseChanged() {
  return raise(runtimeErrorType, "list changed size during iteration");
}

/// The order of numbers that differ; false for all else, NaN among it.
bool isOrderOfNumbers(Value first, Value second, bool& less) {
  if (first.isInt() && second.isInt()) {
    less = first.asInt() < second.asInt();
    return first != second;
  }
  if (first.isDouble() && second.isDouble()) {
    less = first.asDouble() < second.asDouble();
    return less || first.asDouble() > second.asDouble();
  }
  return false;
}

/// What needs no counts, for no code runs: numbers, and tuples whose first items are numbers that
/// differ, as those of priority queues mostly are.
bool isPlainOrder(ListObject* heap, int64_t a, int64_t b, bool& less) {
  if (heap->storage != ListStorage::Values)
    return false;
  Value first = heap->values()[a], second = heap->values()[b];
  if (!isExactTuple(first) || !isExactTuple(second))
    return isOrderOfNumbers(first, second, less);
  return asTuple(first)->count != 0 && asTuple(second)->count != 0 &&
         isOrderOfNumbers(asTuple(first)->items()[0], asTuple(second)->items()[0], less);
}

template <bool isMax> bool itemPrecedes(ListObject* heap, int64_t a, int64_t b, bool& result) {
  if (bool less; isPlainOrder(heap, a, b, less)) {
    result = less != isMax;
    return true;
  }
  int64_t count = heap->count;
  Ref first = listGet(heap, a), second = listGet(heap, b);
  if (!first || !second || !precedes<isMax>(first, second, result))
    return false;
  return heap->count == count || static_cast<bool>(raiseChanged());
}

bool swapItems(ListObject* heap, int64_t a, int64_t b) {
  if (heap->storage == ListStorage::Values)
    std::swap(heap->values()[a], heap->values()[b]);
  else if (heap->storage == ListStorage::Bools)
    std::swap(heap->bools()[a], heap->bools()[b]);
  else
    std::swap(heap->ints()[a], heap->ints()[b]); // ints and floats are 8 bytes alike
  return true;
}

/// Moves an item up to its place below `top`.
template <bool isMax> bool siftUp(ListObject* heap, int64_t top, int64_t place) {
  if (place >= heap->count)
    return raise(indexErrorType, "index out of range");
  while (place > top) {
    int64_t parent = (place - 1) >> 1;
    bool isBefore;
    if (!itemPrecedes<isMax>(heap, place, parent, isBefore))
      return false;
    if (!isBefore)
      break;
    swapItems(heap, place, parent);
    place = parent;
  }
  return true;
}

/// Moves an item down to a leaf and up again, which takes fewer comparisons than stopping on the
/// way down, since it mostly belongs near the bottom.
template <bool isMax> bool siftDown(ListObject* heap, int64_t place) {
  int64_t top = place, end = heap->count, limit = end >> 1;
  if (place >= end)
    return raise(indexErrorType, "index out of range");
  while (place < limit) {
    int64_t child = 2 * place + 1;
    if (child + 1 < end) {
      bool isBefore;
      if (!itemPrecedes<isMax>(heap, child, child + 1, isBefore))
        return false;
      child += !isBefore;
    }
    swapItems(heap, child, place);
    place = child;
  }
  return siftUp<isMax>(heap, top, place);
}

template <bool isMax> Ref push(const Value* args) {
  if (!checkHeap(isMax ? "heappush_max" : "heappush", 1, args[1]) ||
      !listAppend(asList(args[1]), args[2]))
    return {};
  return siftUp<isMax>(asList(args[1]), 0, asList(args[1])->count - 1) ? Ref::none() : Ref();
}

bool putFirst(ListObject* heap, Value item) {
  return listSet(heap, 0, item);
}

template <bool isMax> Ref pop(const Value* args) {
  if (!checkHeap(isMax ? "heappop_max" : "heappop", 0, args[1]))
    return {};
  ListObject* heap = asList(args[1]);
  if (heap->count == 0)
    return raise(indexErrorType, "index out of range");
  PYC_TRY(last, listPop(heap, heap->count - 1));
  if (heap->count == 0)
    return last;
  PYC_TRY(first, listGet(heap, 0));
  return putFirst(heap, last) && siftDown<isMax>(heap, 0) ? std::move(first) : Ref();
}

template <bool isMax> Ref replace(const Value* args) {
  if (!checkHeap(isMax ? "heapreplace_max" : "heapreplace", 1, args[1]))
    return {};
  ListObject* heap = asList(args[1]);
  if (heap->count == 0)
    return raise(indexErrorType, "index out of range");
  PYC_TRY(first, listGet(heap, 0));
  return putFirst(heap, args[2]) && siftDown<isMax>(heap, 0) ? std::move(first) : Ref();
}

template <bool isMax> Ref pushPop(const Value* args) {
  if (!checkHeap(isMax ? "heappushpop_max" : "heappushpop", 1, args[1]))
    return {};
  ListObject* heap = asList(args[1]);
  if (heap->count == 0)
    return Ref::copy(args[2]);
  PYC_TRY(first, listGet(heap, 0));
  bool isBefore;
  if (!precedes<isMax>(first, args[2], isBefore))
    return {};
  if (!isBefore)
    return Ref::copy(args[2]);
  if (heap->count == 0)
    return raise(indexErrorType, "index out of range");
  return replace<isMax>(args);
}

template <bool isMax> Ref heapify(const Value* args) {
  if (!checkHeap(isMax ? "heapify_max" : "heapify", 0, args[1]))
    return {};
  ListObject* heap = asList(args[1]);
  for (int64_t i = heap->count / 2 - 1; i >= 0; --i)
    if (!siftDown<isMax>(heap, i))
      return {};
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "heappush($module, heap, item, /)",
     .bound = push<false>,
     .doc = "Adds an item to the heap."},
    {.signature = "heappushpop($module, heap, item, /)",
     .bound = pushPop<false>,
     .doc = "Adds an item and takes the least one; faster than the two calls."},
    {.signature = "heappop($module, heap, /)",
     .bound = pop<false>,
     .doc = "Takes the least item off the heap."},
    {.signature = "heapreplace($module, heap, item, /)",
     .bound = replace<false>,
     .doc = "Takes the least item and adds another; the one returned may be greater."},
    {.signature = "heapify($module, heap, /)",
     .bound = heapify<false>,
     .doc = "Makes a heap of a list, in linear time."},
    {.signature = "heappush_max($module, heap, item, /)",
     .bound = push<true>,
     .doc = "Adds an item to the max-heap."},
    {.signature = "heappushpop_max($module, heap, item, /)",
     .bound = pushPop<true>,
     .doc = "Adds an item and takes the greatest one; faster than the two calls."},
    {.signature = "heappop_max($module, heap, /)",
     .bound = pop<true>,
     .doc = "Takes the greatest item off the max-heap."},
    {.signature = "heapreplace_max($module, heap, item, /)",
     .bound = replace<true>,
     .doc = "Takes the greatest item and adds another; the one returned may be less."},
    {.signature = "heapify_max($module, heap, /)",
     .bound = heapify<true>,
     .doc = "Makes a max-heap of a list, in linear time."},
};

} // namespace

bool fillModule__heapq(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Priority queues: heaps in lists.") &&
         addStr(module, "__about__",
                "A heap is a list in which each item is at most as great as the two at twice its "
                "place plus one and two.");
}

} // namespace pyc::rt
