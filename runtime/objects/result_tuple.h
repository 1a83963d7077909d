// Tuples that an iterator hands out one after the other. When the program has dropped the last one,
// which unpacking does, it is filled again and no memory is asked for.
#pragma once

#include "runtime/objects/collector.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// The kept tuple, if nobody else has it, to be filled anew; else null.
inline TupleObject* reusableTuple(TupleObject* kept) {
  if (!kept || !isUnshared(&kept->header))
    return nullptr;
  trackObject(&kept->header);
  return kept;
}

/// (first, second), in `kept` when possible; a new tuple is kept for the next time.
inline Ref resultPair(TupleObject*& kept, Ref first, Ref second) {
  if (TupleObject* pair = reusableTuple(kept)) {
    Ref result = Ref::copy(pair);
    setField(pair->items()[0], std::move(first));
    setField(pair->items()[1], std::move(second));
    return result;
  }
  Value items[] = {first.release(), second.release()};
  PYC_TRY(pair, makeTupleStealing(items, 2));
  TupleObject* old = std::exchange(kept, asTuple(Ref::copy(pair).release()));
  if (old)
    decrefObject(&old->header);
  return pair;
}

} // namespace pyc::rt
