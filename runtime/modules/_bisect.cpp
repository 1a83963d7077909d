// The module _bisect: searching and inserting in sorted sequences.
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

enum Parameter { kSequence, kItem, kLow, kHigh, kKey };

Ref itemAt(Value sequence, int64_t index) {
  if (isExactList(sequence) && index < asList(sequence)->count)
    return listGet(asList(sequence), index);
  PYC_TRY(place, makeInt(index));
  return getItem(sequence, place);
}

bool rangeOf(const Value* args, int64_t& low, int64_t& high) {
  low = 0;
  if (!sizeArg(args[kLow], low))
    return false;
  if (low < 0)
    return raise(valueErrorType, "lo cannot be negative");
  if (!args[kHigh] || args[kHigh].isNone())
    return length(args[kSequence], high);
  return sizeArg(args[kHigh], high);
}

/// The place for `wanted`: behind equal items when `isRight`, else before them. Negative on errors.
int64_t search(const Value* args, Value wanted, bool isRight) {
  int64_t low, high;
  if (!rangeOf(args, low, high))
    return -1;
  bool hasKey = args[kKey] && !args[kKey].isNone();
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    Ref item = itemAt(args[kSequence], middle);
    if (item && hasKey)
      item = call(args[kKey], item);
    if (!item)
      return -1;
    bool isLess;
    if (!(isRight ? compareBool(CompareOp::Lt, wanted, item, isLess)
                  : compareBool(CompareOp::Lt, item, wanted, isLess)))
      return -1;
    if (isLess == isRight)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <bool isRight> Ref bisect(const Value* args) {
  int64_t place = search(args, args[kItem], isRight);
  return place < 0 ? Ref() : makeInt(place);
}

template <bool isRight> Ref insort(const Value* args) {
  Ref wanted =
      args[kKey] && !args[kKey].isNone() ? call(args[kKey], args[kItem]) : Ref::copy(args[kItem]);
  if (!wanted)
    return {};
  int64_t place = search(args, wanted, isRight);
  if (place < 0)
    return {};
  if (isExactList(args[kSequence]))
    return listInsert(asList(args[kSequence]), place, args[kItem]) ? Ref::none() : Ref();
  PYC_TRY(index, makeInt(place));
  Value arguments[] = {index, args[kItem]};
  PYC_TRY(done, callMethod(args[kSequence], internLiteral("insert"), arguments, 2));
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)",
     .bound = [](const Value* args) { return bisect<true>(args + 1); },
     .doc = "The place in the sorted sequence a behind every item that is at most x."},
    {.signature = "insort_right($module, /, a, x, lo=0, hi=None, *, key=None)",
     .bound = [](const Value* args) { return insort<true>(args + 1); },
     .doc = "Inserts x into the sorted sequence a, behind equal items."},
    {.signature = "bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)",
     .bound = [](const Value* args) { return bisect<false>(args + 1); },
     .doc = "The place in the sorted sequence a behind every item that is less than x."},
    {.signature = "insort_left($module, /, a, x, lo=0, hi=None, *, key=None)",
     .bound = [](const Value* args) { return insort<false>(args + 1); },
     .doc = "Inserts x into the sorted sequence a, before equal items."},
};

} // namespace

bool fillModule__bisect(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Searching and inserting in sorted sequences.");
}

} // namespace pyc::rt
