// Tests of patterns whose common case is in line: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_builtins.h"

namespace pyc::rt {

extern "C" {

PYC_FAST Value pyc_match_sequence(Value subject) {
  return Value::fromBool(hasTypeFlag(subject, kTypeSequence));
}
PYC_FAST Value pyc_match_mapping(Value subject) {
  return Value::fromBool(hasTypeFlag(subject, kTypeMapping));
}
PYC_FAST Value pyc_get_len(Value object) {
  if (object.isObject())
    if (Value length = lengthInLine(object))
      return length;
  return pyc_slow_get_len(object);
}
/// Of `case C():`, what isinstance() says in line. The match is an empty tuple, as `names` is.
PYC_FAST Value pyc_match_class(Value subject, Value cls, Value names, uint32_t count) {
  Value answer = isInstanceInLine(subject, cls);
  if (answer == Value::fromBool(false))
    return Value::none();
  if (answer && count == 0 && asTuple(names)->count == 0)
    return withCount(names);
  return pyc_slow_match_class(subject, cls, names, count);
}
}

} // namespace pyc::rt
