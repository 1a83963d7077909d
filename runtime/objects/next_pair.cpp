#include "runtime/objects/next_pair.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

extern "C" {
constinit Object pycPair = immortalObject(kShapeNotImplemented);
}

namespace {

Value giveOut(bool both, Ref& first, Ref& second, Value* out) {
  if (!both) {
    if (isRaised())
      catchRaised(stopIterationType);
    return {};
  }
  out[1] = first.release();
  out[0] = second.release();
  return Value(&pycPair);
}

bool dictItemStep(DictIterator* iterator, Ref& key, Ref& value) {
  int64_t number = nextEntry(iterator);
  if (number < 0)
    return false;
  const DictEntry& entry = iterator->dict->entries[number];
  key = Ref::copy(entry.key);
  value = Ref::copy(entry.value);
  return true;
}

} // namespace

Value nextPair(Value iterator, Value* out) {
  if (hasShape(iterator, kShapeZip))
    return nextPairOfZip(iterator, out);
  Ref first, second;
  if (hasShape(iterator, kShapeEnumerate))
    return giveOut(enumerateStep(iterator, first, second), first, second, out);
  if (hasShape(iterator, kShapeDictItemIterator))
    return giveOut(dictItemStep(iterator.as<DictIterator>(), first, second), first, second, out);
  return iterNext(iterator).release();
}

} // namespace pyc::rt
