// Iteration inside the runtime, without iterator objects where the iterable's type is known.
#pragma once

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// Calls use(item) for each item, borrowed for the call. `use` returns false to stop; the result is
/// then false as well, as after an error (which is raised, as use's own errors are).
template <class Use> bool forEach(Value iterable, Use&& use) {
  if (isExactList(iterable)) {
    ListObject* list = asList(iterable);
    for (int64_t i = 0; i < list->count; ++i) {
      Ref item = listGet(list, i);
      if (!item || !use(item.get()))
        return false;
    }
    return true;
  }
  if (isExactTuple(iterable)) {
    TupleObject* tuple = asTuple(iterable);
    for (int64_t i = 0; i < tuple->count; ++i)
      if (!use(tuple->items()[i]))
        return false;
    return true;
  }
  PYC_TRY(iterator, getIter(iterable));
  UnaryFn next = typeOf(iterator)->slots.next;
  for (;;) {
    Ref item = next(iterator);
    if (!item)
      return !isRaised() || catchRaised(stopIterationType);
    if (!use(item.get()))
      return false;
  }
}

} // namespace pyc::rt
