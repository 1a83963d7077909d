#include "runtime/objects/parallel.h"

#include "runtime/objects/str.h"

namespace pyc::rt {

bool takeStrict(const char* name, const Value* values, Value kwnames, bool& strict) {
  strict = false;
  if (!kwnames || asTuple(kwnames)->count == 0)
    return true;
  TupleObject* names = asTuple(kwnames);
  if (names->count > 1)
    return raise(typeErrorType, "%s() takes at most 1 keyword argument (%lld given)", name,
                 static_cast<long long>(names->count));
  if (!strEquals(asStr(names->items()[0]), "strict"))
    return raise(typeErrorType, "%s() got an unexpected keyword argument '%S'", name,
                 names->items()[0]);
  return truth(values[0], strict);
}

Ref makeIterators(const Value* iterables, size_t count) {
  PYC_TRY(iterators, newTuple(count));
  for (size_t i = 0; i < count; ++i) {
    PYC_TRY(iterator, getIter(iterables[i]));
    asTuple(iterators)->items()[i] = iterator.release();
  }
  return iterators;
}

/// "argument 1", "arguments 1-3"
static Raised raiseUneven(const char* name, int64_t argument, const char* relation,
                          int64_t others) {
  if (others == 1)
    return raise(valueErrorType, "%s() argument %lld is %s than argument 1", name,
                 static_cast<long long>(argument), relation);
  return raise(valueErrorType, "%s() argument %lld is %s than arguments 1-%lld", name,
               static_cast<long long>(argument), relation, static_cast<long long>(others));
}

Ref checkAllEnded(const char* name, TupleObject* iterators, int64_t ended) {
  if (isRaised() && !catchRaised(stopIterationType))
    return {};
  if (ended > 0)
    return raiseUneven(name, ended + 1, "shorter", ended);
  for (int64_t i = 1; i < iterators->count; ++i) {
    if (Ref item = iterNext(iterators->items()[i]))
      return raiseUneven(name, i + 1, "longer", i);
    if (isRaised())
      return {};
  }
  return {};
}

} // namespace pyc::rt
