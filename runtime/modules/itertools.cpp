// The module itertools; its iterators are in itertools_*.cpp.
#include "runtime/modules/itertools_parts.h"

namespace pyc::rt {

namespace {

constexpr MethodDef kFunctions[] = {
    {.signature = "tee(iterable, n=2, /)",
     .raw = teeFunction,
     .doc = "A tuple of n iterators that give the items of one, each at its own pace."},
};

TypeObject* const kTypes[] = {
    &accumulateType, &batchedType, &chainType,     &combinationsType, &repeatedCombinationsType,
    &compressType,   &countType,   &cycleType,     &dropwhileType,    &filterfalseType,
    &groupbyType,    &isliceType,  &pairwiseType,  &permutationsType, &productType,
    &repeatType,     &starmapType, &takewhileType, &zipLongestType,   &grouperType,
    &teeType,        &teeLinkType,
};

} // namespace

bool fillModule_itertools(ModuleObject* module) {
  for (TypeObject* type : kTypes)
    if (!addType(module, *type))
      return false;
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__",
                "Iterators built of iterators: endless ones (count, cycle, repeat), ones that "
                "select, join\nand group items, and ones that choose several at a time.");
}

} // namespace pyc::rt
