#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

int64_t itemCount(StrObject* str) {
  return str->length;
}
Ref makeEmpty() {
  return Ref::number(names::empty);
}

using Ops = IndexIterator<StrIterator, &StrIterator::str, itemCount, makeEmpty>;

} // namespace

Ref makeStrIterator(Value str) {
  return Ops::make(&strIteratorType, str);
}

constinit TypeObject strIteratorType = {
    .name = "str_iterator",
    .basicSize = sizeof(StrIterator),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = Ops::kMethods,
    .slots = Ops::kSlots,
};

} // namespace pyc::rt
