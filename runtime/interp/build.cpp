#include "runtime/interp/build.h"

#include "runtime/interp/unpack.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"
#include "uop/opcodes.h"

namespace pyc::rt {

Ref buildSet(const Value* items, size_t count) {
  PYC_TRY(set, newSet());
  for (size_t k = 0; k < count; ++k)
    if (!setAdd(asSet(set), items[k]))
      return {};
  return set;
}

Ref buildMap(const Value* items, size_t pairs) {
  PYC_TRY(map, newDict(pairs));
  for (size_t k = 0; k < pairs; ++k)
    if (!dictSet(asDict(map), items[2 * k], items[2 * k + 1]))
      return {};
  return map;
}

bool extendByUnpacking(Value list, Value iterable) {
  if (listExtend(asList(list), iterable))
    return true;
  if (isRaised(typeErrorType) && !isIterable(iterable)) {
    clearRaised();
    return raise(typeErrorType, "Value after * must be an iterable, not %T", iterable);
  }
  return false;
}

bool updateByUnpacking(DictObject* map, Value mapping) {
  Ref keys;
  if (!hasShape(mapping, kShapeDict) && !findAttr(mapping, names::keys, keys))
    return false;
  if (!hasShape(mapping, kShapeDict) && !keys)
    return raise(typeErrorType, "'%T' object is not a mapping", mapping);
  return dictUpdate(map, mapping);
}

namespace {

/// How messages name a function: its qualified name with "()", else its repr.
Ref calleeText(Value callee) {
  Ref name;
  if (!findAttr(callee, names::__qualname__, name))
    return {};
  if (!name || !isStr(name))
    return str(callee);
  Ref module;
  if (!findAttr(callee, names::__module__, module))
    return {};
  if (module && isStr(module) && !strEquals(asStr(module), "builtins"))
    return formatText("%S.%S()", module.get(), name.get());
  return formatText("%S()", name.get());
}

bool mergeOne(DictObject* map, Value key, Value value, Value callee) {
  Value present;
  if (!dictFind(map, key, present))
    return false;
  if (!present)
    return dictSet(map, key, value);
  PYC_TRY(text, calleeText(callee));
  return raise(typeErrorType, "%S got multiple values for keyword argument '%S'", text.get(), key);
}

} // namespace

bool mergeKeywords(DictObject* map, Value mapping, Value callee) {
  if (map->count == 0 && isPlainMapping(mapping))
    return dictUpdate(map, mapping); // without asking for the keys' hashes again
  if (isPlainMapping(mapping)) {
    int64_t position = 0;
    Value key, value;
    while (dictNext(asDict(mapping), position, key, value)) {
      Ref heldKey = Ref::copy(key), heldValue = Ref::copy(value);
      if (!mergeOne(map, heldKey, heldValue, callee))
        return false;
    }
    return true;
  }
  Ref method;
  if (!findAttr(mapping, names::keys, method))
    return false;
  if (!method)
    return raise(typeErrorType, "Value after ** must be a mapping, not %T", mapping);
  PYC_TRY(keys, call(method));
  PYC_TRY(iterator, iterateKeys(mapping, keys));
  while (Ref key = iterNext(iterator)) {
    PYC_TRY(value, getItem(mapping, key));
    if (!mergeOne(map, key, value, callee))
      return false;
  }
  return !isRaised();
}

Ref convertValue(Value value, uint16_t conversion) {
  switch (static_cast<uop::Conversion>(conversion)) {
  case uop::Conversion::None:
    return Ref::copy(value);
  case uop::Conversion::Str:
    return str(value);
  case uop::Conversion::Repr:
    return repr(value);
  case uop::Conversion::Ascii:
    return ascii(value);
  }
  __builtin_unreachable();
}

Value conversionName(uint16_t conversion) {
  switch (static_cast<uop::Conversion>(conversion)) {
  case uop::Conversion::None:
    return Value::none();
  case uop::Conversion::Str:
    return internLiteral("s");
  case uop::Conversion::Repr:
    return internLiteral("r");
  case uop::Conversion::Ascii:
    return internLiteral("a");
  }
  __builtin_unreachable();
}

} // namespace pyc::rt
