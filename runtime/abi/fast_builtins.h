// Calls of built-in functions and methods that are done in line: part of fast_entry.cpp. Each takes
// the call's values and answers with the result (owned), or null, with nothing raised and nothing
// done, where the call has to be made in the general way.
//
// Methods are told by the object alone: the methods of an exact list or dict can't be replaced.
// Functions are told by what the callee's table has (runtime/objects/known_functions.h).
#pragma once

#include "runtime/abi/fast_arrays.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/objects/array_object.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/compensated_sum.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/known_functions.h"
#include "runtime/objects/set.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

namespace {

[[gnu::always_inline]] inline const MethodDef* definitionOf(Value callee) {
  return PYC_LIKELY(hasShape(callee, kShapeBuiltinFunction))
             ? callee.as<BuiltinFunctionObject>()->def
             : nullptr;
}
[[gnu::always_inline]] inline bool isBound(Value callee, Ref (*function)(const Value*)) {
  const MethodDef* definition = definitionOf(callee);
  return PYC_LIKELY(definition && definition->bound == function);
}
[[gnu::always_inline]] inline bool isRaw(Value callee,
                                         Ref (*function)(const Value*, size_t, Value)) {
  const MethodDef* definition = definitionOf(callee);
  return PYC_LIKELY(definition && definition->raw == function);
}

/// The length of a list, tuple, str, dict or set; null for others.
[[gnu::always_inline]] inline Value lengthInLine(Value object) {
  switch (object.object()->shape) {
  case kShapeList:
    return Value::fromInt(asList(object)->count);
  case kShapeTuple:
    return Value::fromInt(asTuple(object)->count);
  case kShapeStr:
    return Value::fromInt(asStr(object)->length);
  case kShapeDict:
    return Value::fromInt(asDict(object)->count);
  case kShapeSet:
  case kShapeFrozenSet:
    return Value::fromInt(asSet(object)->count);
  default:
    return {};
  }
}
/// Null where it takes the runtime: instances of classes may deny their type (__class__), and
/// metaclasses decide for themselves.
[[gnu::always_inline]] inline Value isInstanceInLine(Value object, Value wanted) {
  const TypeObject* type = typeOf(object);
  if (Value(type) == wanted)
    return Value::fromBool(true);
  if (!wanted.isObject() || typeOf(wanted) != &typeType)
    return {};
  if (isSubtype(type, wanted.as<TypeObject>()))
    return Value::fromBool(true);
  bool isDecided = (type->flags & kTypeBuiltin) != 0 && (type->flags & kTypeCustomGetAttr) == 0;
  return isDecided ? Value::fromBool(false) : Value();
}

} // namespace

extern "C" {

PYC_FAST Value pyc_method_append(Value self, Value item) {
  if (PYC_LIKELY(hasShape(self, kShapeList)))
    return appendInPlace(asList(self), item) ? Value::none() : Value();
  return item.isInt()      ? append_int(self, item.asInt())
         : item.isDouble() ? append_float(self, item.asDouble())
                           : Value();
}

PYC_FAST Value pyc_method_append_int(Value self, int64_t item) {
  if (!hasShape(self, kShapeList))
    return append_int(self, item);
  if (PYC_LIKELY(appendInt(asList(self), item)))
    return Value::none();
  return Value::fitsInt(item) ? pyc_method_append(self, Value::fromInt(item)) : Value();
}
PYC_FAST Value pyc_method_append_float(Value self, double item) {
  if (!hasShape(self, kShapeList))
    return append_float(self, item);
  if (PYC_LIKELY(appendFloat(asList(self), item)))
    return Value::none();
  return pyc_method_append(self, Value::fromDouble(item));
}

/// The last item of a list that needs no trimming afterwards.
PYC_FAST Value pyc_method_pop(Value self) {
  constexpr int64_t kKeep = 64;
  if (!hasShape(self, kShapeList))
    return {};
  ListObject* list = asList(self);
  int64_t last = list->count - 1;
  if (PYC_UNLIKELY(last < 0 || list->exports != 0 ||
                   (list->capacity > kKeep && last < list->capacity / 4)))
    return {};
  list->count = last;
  if (list->storage == ListStorage::Values)
    return list->values()[last];
  return itemOf(list, last);
}

PYC_FAST Value pyc_method_get(Value self, Value key) {
  return hasShape(self, kShapeDict) ? pyc_slow_dict_get(self, key, Value::none()) : Value();
}
PYC_FAST Value pyc_method_get_default(Value self, Value key, Value missing) {
  return hasShape(self, kShapeDict) ? pyc_slow_dict_get(self, key, missing) : Value();
}

PYC_FAST Value pyc_method_add(Value self, Value item) {
  return hasShape(self, kShapeSet) ? pyc_slow_set_add(self, item) : Value();
}

PYC_FAST Value pyc_function_len(Value callee, Value object) {
  if (!isBound(callee, pycBuiltinLen) || !object.isObject())
    return {};
  Value length = lengthInLine(object);
  return length ? length : pyc_slow_length_of_instance(object);
}
PYC_FAST Value pyc_function_isinstance(Value callee, Value object, Value wanted) {
  return isBound(callee, pycBuiltinIsInstance) ? isInstanceInLine(object, wanted) : Value();
}
PYC_FAST Value pyc_function_abs(Value callee, Value number) {
  if (!isBound(callee, pycBuiltinAbs))
    return {};
  if (number.isDouble())
    return Value::fromDouble(std::fabs(number.asDouble()));
  if (number.isInt() && number.asInt() != Value::kMinInt)
    return Value::fromInt(number.asInt() < 0 ? -number.asInt() : number.asInt());
  return {};
}
/// The later of two equal ones never wins.
PYC_FAST Value pyc_function_min(Value callee, Value a, Value b) {
  if (!isRaw(callee, pycBuiltinMin))
    return {};
  if (a.isInt() && b.isInt())
    return b.asInt() < a.asInt() ? b : a;
  if (a.isDouble() && b.isDouble())
    return b.asDouble() < a.asDouble() ? b : a;
  return {};
}
PYC_FAST Value pyc_function_max(Value callee, Value a, Value b) {
  if (!isRaw(callee, pycBuiltinMax))
    return {};
  if (a.isInt() && b.isInt())
    return b.asInt() > a.asInt() ? b : a;
  if (a.isDouble() && b.isDouble())
    return b.asDouble() > a.asDouble() ? b : a;
  return {};
}
PYC_FAST Value pyc_function_ord(Value callee, Value text) {
  if (!isBound(callee, pycBuiltinOrd) || !hasShape(text, kShapeStr) || asStr(text)->length != 1)
    return {};
  return Value::fromInt(asStr(text)->at(0));
}
PYC_FAST Value pyc_function_chr(Value callee, Value number) {
  if (!isBound(callee, pycBuiltinChr) || !number.isInt() ||
      static_cast<uint64_t>(number.asInt()) >= 256)
    return {};
  return Value(latin1Char(static_cast<unsigned>(number.asInt()))); // immortal
}
PYC_FAST Value pyc_function_float(Value callee, Value number) {
  if (callee != Value(&floatType))
    return {};
  if (number.isInt())
    return Value::fromDouble(static_cast<double>(number.asInt()));
  return number.isDouble() ? number : Value();
}
PYC_FAST Value pyc_function_int(Value callee, Value number) {
  constexpr double kFits = 1ll << 48;
  if (callee != Value(&intType))
    return {};
  if (number.isInt())
    return number;
  if (number.isDouble() && std::fabs(number.asDouble()) < kFits)
    return Value::fromInt(static_cast<int64_t>(number.asDouble()));
  if (hasShape(number, kShapeStr))
    return pyc_slow_parse_int(number);
  return {};
}
/// Null with MemoryError too.
PYC_FAST Value pyc_function_str(Value callee, Value object) {
  if (callee != Value(&strType))
    return {};
  if (object.isInt())
    return pyc_slow_int_text(object);
  return hasShape(object, kShapeStr) ? withCount(object) : Value();
}
PYC_FAST bool pyc_is_abs(Value callee) {
  return isBound(callee, pycBuiltinAbs);
}
PYC_FAST bool pyc_is_len(Value callee) {
  return isBound(callee, pycBuiltinLen);
}
PYC_FAST bool pyc_is_isinstance(Value callee) {
  return isBound(callee, pycBuiltinIsInstance);
}
PYC_FAST bool pyc_is_min(Value callee) {
  return isRaw(callee, pycBuiltinMin);
}
PYC_FAST bool pyc_is_max(Value callee) {
  return isRaw(callee, pycBuiltinMax);
}
PYC_FAST bool pyc_is_float(Value callee) {
  return callee == Value(&floatType);
}
PYC_FAST bool pyc_is_int(Value callee) {
  return callee == Value(&intType);
}
PYC_FAST bool pyc_is_complex(Value callee) {
  return callee == Value(&complexType);
}
PYC_FAST bool pyc_is_sqrt(Value callee) {
  return isBound(callee, pycMathSqrt);
}
PYC_FAST bool pyc_is_floor(Value callee) {
  return isBound(callee, pycMathFloor);
}
PYC_FAST bool pyc_is_ceil(Value callee) {
  return isBound(callee, pycMathCeil);
}
#define PYC_IS(name)                                                                               \
  PYC_FAST bool pyc_is_##name(Value callee) {                                                      \
    return isBound(callee, pycMath_##name);                                                        \
  }
PYC_FLOAT_FUNCTIONS(PYC_IS)
#undef PYC_IS
PYC_FAST bool pyc_length(Value object, int64_t* length) {
  if (!object.isObject())
    return false;
  switch (object.object()->shape) {
  case kShapeList:
    *length = asList(object)->count;
    return true;
  case kShapeTuple:
    *length = asTuple(object)->count;
    return true;
  case kShapeStr:
    *length = asStr(object)->length;
    return true;
  case kShapeBytes:
    *length = asBytes(object)->length;
    return true;
  case kShapeByteArray:
    *length = asByteArray(object)->length;
    return true;
  default:
    *length = isExactArray(object) ? asArray(object)->count : 0;
    return isExactArray(object);
  }
}
/// Functions over inlined generators (compiler: expand_reductions.cpp).
PYC_FAST bool pyc_is_sum(Value callee) {
  return isBound(callee, pycBuiltinSum);
}
PYC_FAST bool pyc_is_any(Value callee) {
  return isBound(callee, pycBuiltinAny);
}
PYC_FAST bool pyc_is_all(Value callee) {
  return isBound(callee, pycBuiltinAll);
}
PYC_FAST bool pyc_is_sorted(Value callee) {
  return isBound(callee, pycBuiltinSorted);
}
PYC_FAST bool pyc_is_list(Value callee) {
  return callee == Value(&listType);
}
PYC_FAST bool pyc_is_tuple(Value callee) {
  return callee == Value(&tupleType);
}
PYC_FAST bool pyc_is_set(Value callee) {
  return callee == Value(&setType);
}
PYC_FAST bool pyc_is_frozenset(Value callee) {
  return callee == Value(&frozenSetType);
}
/// Not the method but its str: no other `join` belongs to it.
PYC_FAST bool pyc_is_join(Value self) {
  return self && hasShape(self, kShapeStr);
}
/// enumerate() and zip() in for loops (compiler: builtin_iterators.cpp).
PYC_FAST bool pyc_is_enumerate(Value callee) {
  return callee == Value(&enumerateType);
}
PYC_FAST bool pyc_is_zip(Value callee) {
  return callee == Value(&zipType);
}
/// The compensation behind high + x; high + x itself is a plain addition.
PYC_FAST double pyc_sum_low(double high, double low, double x) {
  CompensatedSum sum{high, low};
  sum.add(x);
  return sum.low;
}
PYC_FAST double pyc_sum_value(double high, double low) {
  return CompensatedSum{high, low}.value();
}
PYC_FAST Value pyc_function_sqrt(Value callee, Value number) {
  if (!isBound(callee, pycMathSqrt) || !number.isDouble() || !(number.asDouble() >= 0))
    return {};
  return Value::fromDouble(std::sqrt(number.asDouble()));
}
}

} // namespace pyc::rt
