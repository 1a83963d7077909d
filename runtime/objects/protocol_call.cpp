// Calls.
#include "runtime/objects/dict.h"
#include "runtime/objects/direct_call.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

Ref call(Value callee, const Value* args, size_t argc, Value kwnames) {
  CallFn slot = typeOf(callee)->slots.call;
  if (PYC_UNLIKELY(!slot))
    return raise(typeErrorType, "'%.200T' object is not callable", callee);
  if (PYC_UNLIKELY(!checkRecursion(" while calling a Python object")))
    return {};
  return slot(callee, args, argc, kwnames);
}

Ref call(Value callee) {
  return callDirectly(callee);
}

Ref call(Value callee, Value a) {
  return callDirectly(callee, a);
}

Ref call(Value callee, Value a, Value b) {
  return callDirectly(callee, a, b);
}

Ref call(Value callee, Value a, Value b, Value c) {
  return callDirectly(callee, a, b, c);
}

bool isCallable(Value value) {
  return typeOf(value)->slots.call != nullptr;
}

/// Appends a dict's values to `args` and makes the tuple of its keys.
static Ref splitKeywords(DictObject* kwargs, Value* args) {
  PYC_TRY(names, newTuple(static_cast<size_t>(kwargs->count)));
  int64_t position = 0;
  int64_t i = 0;
  Value key, value;
  while (dictNext(kwargs, position, key, value)) {
    if (!isStr(key))
      return raise(typeErrorType, "keywords must be strings");
    args[i] = value;
    asTuple(names)->items()[i++] = Ref::copy(key).release();
  }
  return names;
}

Ref callEx(Value callee, Value args, Value kwargs) {
  Ref tuple = isTuple(args) ? Ref::copy(args) : sequenceTuple(args);
  if (!tuple)
    return {};
  auto argc = static_cast<size_t>(asTuple(tuple)->count);
  if (!kwargs || kwargs.isNone() || asDict(kwargs)->count == 0)
    return call(callee, asTuple(tuple)->items(), argc);
  // The dict may change during the call, so its values are held by a tuple of their own.
  auto keywordCount = static_cast<size_t>(asDict(kwargs)->count);
  SmallArray<Value> all(argc + keywordCount);
  if (!all)
    return raiseMemoryError();
  for (size_t i = 0; i < argc; i++)
    all[i] = asTuple(tuple)->items()[i];
  PYC_TRY(names, splitKeywords(asDict(kwargs), all.data() + argc));
  PYC_TRY(values, makeTuple(all.data() + argc, keywordCount));
  return call(callee, all.data(), argc, names);
}

Ref callMethod(Value object, StrObject* name, const Value* args, size_t argc) {
  Value found[2];
  if (!loadMethod(object, name, found))
    return {};
  Ref method = Ref::steal(found[0]);
  Ref self = Ref::steal(found[1]);
  if (!self)
    return call(method, args, argc);
  SmallArray<Value> all(argc + 1);
  if (!all)
    return raiseMemoryError();
  all[0] = self;
  for (size_t i = 0; i < argc; i++)
    all[i + 1] = args[i];
  return call(method, all.data(), argc + 1);
}

Ref callMethod(Value object, StrObject* name) {
  return callMethod(object, name, nullptr, 0);
}

Ref callMethod(Value object, StrObject* name, Value a) {
  return callMethod(object, name, &a, 1);
}

} // namespace pyc::rt
