// Entry points whose common case is short: compiled to bitcode, linked into each compiled module
// and inlined there. See entry.h.

#include "runtime/abi/fast_builtins.h"
#include "runtime/abi/fast_iteration.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/abi/fast_slices.h"
#include "runtime/objects/class_cell.h"
#include "runtime/objects/dict_hint.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/list_storage.h"
#include "runtime/objects/range.h"
#include "runtime/objects/super.h"

#include <bit>

namespace pyc::rt {

namespace {

[[gnu::always_inline]] inline uintptr_t stackPointer() {
  uintptr_t sp;
#if defined(__x86_64__)
  asm("mov %%rsp, %0" : "=r"(sp));
#else
  asm("mov %0, sp" : "=r"(sp));
#endif
  return sp;
}

[[gnu::always_inline]] inline FunctionObject* asPlainFunction(Value value) {
  return hasShape(value, kShapeFunction) ? asFunction(value) : nullptr;
}

/// a * a, if that is what the C library's pow gives: pow is off by less than 0.05 units in the last
/// place before it rounds, so that it can differ only near the middle between two doubles. False
/// there, and for very small and large numbers.
[[gnu::always_inline]] inline bool squareAsPow(double a, double& square) {
  square = a * a;
  if (!(square > 0x1p-900 && square < 0x1p900))
    return false;
  // What rounding lost, exactly (Dekker).
  double scaled = a * 0x1.0000002p27;
  double high = scaled - (scaled - a), low = a - high;
  double lost = ((high * high - square) + 2 * high * low) + low * low;
  uint64_t exponent = std::bit_cast<uint64_t>(square) & 0x7FF0000000000000;
  return std::fabs(lost) < 0.4 * 0x1p-52 * std::bit_cast<double>(exponent);
}

[[gnu::always_inline]] inline Value* slotAt(Object* object, unsigned offset) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + offset);
}

} // namespace

extern "C" {

PYC_FAST void pyc_incref(Value value) {
  if (value)
    increfInline(value);
}
PYC_FAST void pyc_decref(Value value) {
  if (value)
    decrefInline(value);
}
/// Of what is known to be an object.
PYC_FAST void pyc_incref_object(Value value) {
  increfObjectInline(value.object());
}
PYC_FAST void pyc_decref_object(Value value) {
  decrefObjectInline(value.object());
}
PYC_FAST bool pyc_is_last(Value value) {
  return value && isLast(value);
}
PYC_FAST bool pyc_poll_needed() {
  // Atomic, for a loop that does nothing else has to see a request as well.
  return stackPointer() < __atomic_load_n(&thisThread().stackLimit, __ATOMIC_RELAXED);
}
PYC_FAST bool pyc_is_raised() {
  return isRaised();
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// Inlined: both ints, or both floats. Mixed ones take a copy of the module's own.
#define PYC_BINARY(uop, op)                                                                        \
  [[gnu::noinline]] static Value mixed_##uop(Value lhs, Value rhs) {                               \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  [[gnu::noinline]] static Value mixed_inplace_##uop(Value lhs, Value rhs) {                       \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_inplace_##uop(lhs, rhs);                         \
  }                                                                                                \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::op, lhs.asDouble(), rhs.asDouble());                          \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::op, lhs, rhs) : Value();               \
    return PYC_LIKELY(result) ? result : mixed_##uop(lhs, rhs);                                    \
  }                                                                                                \
  PYC_FAST Value pyc_inplace_##uop(Value lhs, Value rhs) {                                         \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::op, lhs.asDouble(), rhs.asDouble());                          \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::op, lhs, rhs) : Value();               \
    return PYC_LIKELY(result) ? result : mixed_inplace_##uop(lhs, rhs);                            \
  }
PYC_BINARY(add, Add)
PYC_BINARY(sub, Sub)
PYC_BINARY(mul, Mul)
#undef PYC_BINARY

/// The left operand ends here, so that a str can grow in place.
#define PYC_TAKING(uop)                                                                            \
  PYC_FAST Value pyc_##uop##_taking(Value lhs, Value rhs) {                                        \
    if (areDoubles(lhs, rhs))                                                                      \
      return binaryDoubles(BinaryOp::Add, lhs.asDouble(), rhs.asDouble());                         \
    Value result = areInts(lhs, rhs) ? binaryInts(BinaryOp::Add, lhs, rhs) : Value();              \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop##_taking(lhs, rhs);                        \
  }
PYC_TAKING(add)
PYC_TAKING(inplace_add)
#undef PYC_TAKING

/// Inlined: floats. Ints divide in a copy of the module's own.
#define PYC_DIVISION(uop)                                                                          \
  [[gnu::noinline]] static Value mixed_##uop(Value lhs, Value rhs) {                               \
    Value result = binaryNumbers(BinaryOp::TrueDiv, lhs, rhs);                                     \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areDoubles(lhs, rhs) && PYC_LIKELY(rhs.asDouble() != 0))                                   \
      return Value::fromDouble(lhs.asDouble() / rhs.asDouble());                                   \
    return mixed_##uop(lhs, rhs);                                                                  \
  }
PYC_DIVISION(truediv)
PYC_DIVISION(inplace_truediv)
#undef PYC_DIVISION

/// Inlined for ints: bit operations.
#define PYC_BITWISE(uop, function)                                                                 \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    return PYC_LIKELY(areInts(lhs, rhs)) ? function(lhs, rhs) : pyc_slow_##uop(lhs, rhs);          \
  }                                                                                                \
  PYC_FAST Value pyc_inplace_##uop(Value lhs, Value rhs) {                                         \
    return PYC_LIKELY(areInts(lhs, rhs)) ? function(lhs, rhs) : pyc_slow_inplace_##uop(lhs, rhs);  \
  }
PYC_BITWISE(and, andInts)
PYC_BITWISE(or, orInts)
PYC_BITWISE(xor, xorInts)
#undef PYC_BITWISE

/// One copy a module: their fast paths are long, or not fast.
#define PYC_OUTLINED [[gnu::noinline, gnu::used]]
#define PYC_LONG(uop, op)                                                                          \
  PYC_OUTLINED Value pyc_##uop(Value lhs, Value rhs) {                                             \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_##uop(lhs, rhs);                                 \
  }                                                                                                \
  PYC_OUTLINED Value pyc_inplace_##uop(Value lhs, Value rhs) {                                     \
    Value result = binaryNumbers(BinaryOp::op, lhs, rhs);                                          \
    return PYC_LIKELY(result) ? result : pyc_slow_inplace_##uop(lhs, rhs);                         \
  }
PYC_LONG(matmul, MatMul)
PYC_LONG(floordiv, FloorDiv)
PYC_LONG(mod, Mod)
PYC_LONG(pow, Pow)
PYC_LONG(lshift, LShift)
PYC_LONG(rshift, RShift)
#undef PYC_LONG

/// Whether two objects are strs with the same text; no answer for others.
[[gnu::always_inline]] static inline bool compareStrs(Value lhs, Value rhs, bool& same) {
  if (!hasShape(lhs, kShapeStr) || !hasShape(rhs, kShapeStr))
    return false;
  StrObject *a = asStr(lhs), *b = asStr(rhs);
  if (a->length == 1 && b->length == 1 && a->isNarrow() && b->isNarrow())
    same = a->data()[0] == b->data()[0];
  else
    same = a == b || (a->length == b->length && strEquals(a, b));
  return true;
}
/// Inlined for == and !=: one of the two is nearly always a character or interned.
[[gnu::always_inline]] static inline bool compareTexts(CompareOp op, Value lhs, Value rhs,
                                                       bool& result) {
  bool same;
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !compareStrs(lhs, rhs, same))
    return false;
  result = same == (op == CompareOp::Eq);
  return true;
}
#define PYC_COMPARE(uop, op)                                                                       \
  PYC_FAST Value pyc_##uop(Value lhs, Value rhs) {                                                 \
    if (areInts(lhs, rhs))                                                                         \
      return Value::fromBool(compareInts(CompareOp::op, lhs, rhs));                                \
    if (areDoubles(lhs, rhs))                                                                      \
      return Value::fromBool(compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble()));            \
    if (bool same; compareTexts(CompareOp::op, lhs, rhs, same))                                    \
      return Value::fromBool(same);                                                                \
    return pyc_slow_##uop(lhs, rhs);                                                               \
  }                                                                                                \
  PYC_FAST int32_t pyc_truth_##uop(Value lhs, Value rhs) {                                         \
    if (areInts(lhs, rhs))                                                                         \
      return compareInts(CompareOp::op, lhs, rhs);                                                 \
    if (areDoubles(lhs, rhs))                                                                      \
      return compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble());                             \
    if (bool same; compareTexts(CompareOp::op, lhs, rhs, same))                                    \
      return same;                                                                                 \
    return pyc_slow_truth_##uop(lhs, rhs);                                                         \
  }
PYC_FOR_EACH_COMPARE(PYC_COMPARE)
#undef PYC_COMPARE

PYC_FAST Value pyc_neg(Value operand) {
  if (operand.isDouble())
    return Value::fromDouble(-operand.asDouble());
  if (operand.isInt() && operand.asInt() != Value::kMinInt)
    return Value::fromInt(-operand.asInt());
  return pyc_slow_neg(operand);
}
PYC_FAST Value pyc_pos(Value operand) {
  return operand.isNumber() ? operand : pyc_slow_pos(operand);
}
PYC_FAST Value pyc_invert(Value operand) {
  return operand.isInt() ? Value::fromInt(~operand.asInt()) : pyc_slow_invert(operand);
}

PYC_FAST Value pyc_box_int(int64_t value) {
  return PYC_LIKELY(Value::fitsInt(value)) ? Value::fromInt(value) : pyc_slow_box_int(value);
}
PYC_FAST bool pyc_int_floordiv(int64_t a, int64_t b, int64_t* result) {
  if (b == 0 || (b == -1 && a == INT64_MIN))
    return false;
  int64_t quotient = a / b;
  *result = quotient - ((a % b != 0) & ((a < 0) != (b < 0)));
  return true;
}
PYC_FAST bool pyc_int_mod(int64_t a, int64_t b, int64_t* result) {
  if (b == 0 || b == -1) {
    *result = 0;
    return b != 0;
  }
  int64_t rest = a % b;
  *result = rest != 0 && (rest ^ b) < 0 ? rest + b : rest;
  return true;
}
PYC_FAST bool pyc_int_lshift(int64_t a, int64_t shift, int64_t* result) {
  if (shift < 0 || shift > 62)
    return false;
  *result = static_cast<int64_t>(static_cast<uint64_t>(a) << shift);
  return (*result >> shift) == a;
}
PYC_FAST bool pyc_int_rshift(int64_t a, int64_t shift, int64_t* result) {
  *result = a >> (shift > 63 ? 63 : shift & 63);
  return shift >= 0;
}
/// Square and multiply; leaves when the result needs more than 64 bits, or is a float.
[[gnu::used]] inline bool pyc_int_pow(int64_t base, int64_t exponent, int64_t* result) {
  if (exponent < 0)
    return false;
  if (base == -1 || base == 1) {
    *result = (exponent & 1) != 0 ? base : 1;
    return true;
  }
  int64_t power = 1;
  while (exponent != 0) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(power, base, &power))
      return false;
    exponent >>= 1;
    if (exponent != 0 && __builtin_mul_overflow(base, base, &base))
      return false;
  }
  *result = power;
  return true;
}
/// Exact where both operands are exact doubles; CPython's longer way gives the same there.
PYC_FAST bool pyc_int_truediv(int64_t a, int64_t b, double* result) {
  constexpr int64_t kExact = 1ll << 53;
  if (b == 0 || a > kExact || a < -kExact || b > kExact || b < -kExact)
    return false;
  *result = static_cast<double>(a) / static_cast<double>(b);
  return true;
}
PYC_FAST bool pyc_float_floordiv(double a, double b, double* result) {
  Value value = floorDivDoubles(a, b);
  *result = value ? value.asDouble() : 0;
  return static_cast<bool>(value);
}
PYC_FAST bool pyc_float_mod(double a, double b, double* result) {
  Value value = modDoubles(a, b);
  *result = value ? value.asDouble() : 0;
  return static_cast<bool>(value);
}
/// Finite operands whose power is a finite real number; everything else has its own rules.
PYC_FAST bool pyc_float_pow(double a, double b, double* result) {
  if (b == 2 && squareAsPow(a, *result))
    return true;
  if ((a < 0 && b != std::floor(b)) || (a == 0 && b < 0) || !std::isfinite(a) || !std::isfinite(b))
    return false;
  *result = pyc_library_pow(a, b);
  return std::isfinite(*result);
}

//===----------------------------------------------------------------------===//
// Truth and identity
//===----------------------------------------------------------------------===//

/// Containers, and instances whose class says nothing about it: one copy a module.
PYC_OUTLINED static int32_t other_truth(Value value) {
  if (value.isDouble())
    return value.asDouble() != 0;
  ShapeRef shape = value.object()->shape;
  if (shape == kShapeList)
    return asList(value)->count != 0;
  if (shape == kShapeStr)
    return asStr(value)->length != 0;
  if (shape == kShapeTuple)
    return asTuple(value)->count != 0;
  const TypeSlots& slots = shapeAt(shape)->type->slots;
  return slots.truth || slots.length ? pyc_slow_truth(value) : 1;
}
PYC_FAST int32_t pyc_truth(Value value) {
  bool result;
  if (PYC_LIKELY(truthFast(value, result)))
    return result;
  return other_truth(value);
}
/// Numbers with the same bits are the same; other bits may still be the same number (NaN is not
/// 0.0, but a big int is a big int).
PYC_FAST bool pyc_same(Value lhs, Value rhs) {
  if (lhs == rhs)
    return true;
  if (lhs.isObject() && (lhs.object()->shape != kShapeInt || !rhs.isObject()))
    return false;
  return pyc_slow_same(lhs, rhs);
}
PYC_FAST Value pyc_is(Value lhs, Value rhs) {
  return Value::fromBool(pyc_same(lhs, rhs));
}
PYC_FAST Value pyc_is_not(Value lhs, Value rhs) {
  return Value::fromBool(!pyc_same(lhs, rhs));
}
PYC_FAST Value pyc_not(Value operand) {
  int32_t answer = pyc_truth(operand);
  return answer < 0 ? Value() : Value::fromBool(answer == 0);
}
PYC_FAST Value pyc_to_bool(Value operand) {
  int32_t answer = pyc_truth(operand);
  return answer < 0 ? Value() : Value::fromBool(answer != 0);
}

//===----------------------------------------------------------------------===//
// Names, attributes, items
//===----------------------------------------------------------------------===//

PYC_FAST Value pyc_free_variable(Value self, uint32_t index) {
  return asTuple(asFunction(self)->closure)->items()[index];
}
PYC_FAST Value pyc_load_deref(Value self, uint32_t word, Value cell) {
  Value value = asCell(cell)->content;
  return PYC_LIKELY(value) ? withCount(value) : pyc_slow_load_deref(self, word);
}
/// The same for a value that is only looked at; null where the cell is empty.
PYC_FAST Value pyc_view_deref(Value cell) {
  return asCell(cell)->content;
}
PYC_FAST void pyc_store_deref(Value cell, Value value) {
  increfInline(value);
  Value old = asCell(cell)->content;
  asCell(cell)->content = value;
  if (old)
    decrefInline(old);
}
PYC_FAST Value pyc_load_global(Value self, uint32_t name, GlobalSlot** slot) {
  if (PYC_LIKELY(*slot != nullptr)) {
    Value value = (*slot)->value;
    if (PYC_LIKELY(value))
      return withCount(value);
  }
  return pyc_slow_load_global(self, name);
}

/// The same for a value that is only looked at; null where only code could tell.
PYC_FAST Value pyc_view_global(Value self, uint32_t name, GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? (*slot)->value : pyc_slow_view_global(self, name);
}
PYC_FAST bool pyc_set_global(Value self, uint32_t word, Value value, StrObject* name,
                             GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? pyc_slow_set_global(self, *slot, value)
                                      : pyc_store_global(self, word, value, name);
}
/// In a module's code, whose names are its globals.
PYC_FAST bool pyc_set_name(Value self, uint32_t word, Value value, StrObject* name,
                           GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? pyc_slow_set_global(self, *slot, value)
                                      : pyc_store_name(self, word, value, name);
}

PYC_FAST Value pyc_load_attr(Value object, StrObject* name, AttrCache* cache) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape)) {
    // A slot is empty after `del`, and before the first store to a member of __slots__.
    if (PYC_LIKELY(cache->kind == AttrKind::InlineSlot)) {
      if (Value value = *slotAt(object.object(), cache->offset); PYC_LIKELY(value))
        return withCount(value);
    } else if (cache->kind == AttrKind::TypeValue) {
      return withCount(cache->value);
    }
  }
  return pyc_slow_load_attr(object, name, cache);
}
PYC_FAST bool pyc_store_attr(Value object, Value value, StrObject* name, AttrCache* cache) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape)) {
    Object* target = object.object();
    if (PYC_LIKELY(cache->kind == AttrKind::InlineSlot)) {
      increfInline(value);
      Value* slot = slotAt(target, cache->offset);
      Value old = *slot;
      *slot = value;
      if (PYC_LIKELY(old))
        decrefInline(old);
      return true;
    }
    if (cache->kind == AttrKind::AddInline) {
      increfInline(value);
      *slotAt(target, cache->offset) = value;
      target->shape = cache->newShape;
      return true;
    }
  }
  return pyc_slow_store_attr(object, value, name, cache);
}
PYC_FAST bool pyc_load_method(Value object, StrObject* name, AttrCache* cache, Value* out) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape &&
                 cache->kind == AttrKind::Method)) {
    out[0] = withCount(cache->value);
    out[1] = withCount(object);
    return true;
  }
  return pyc_slow_load_method(object, name, cache, out);
}

/// The same with several caches, one a class.
PYC_FAST bool pyc_load_method_ways(Value object, StrObject* name, AttrCache* ways, uint32_t count,
                                   Value* out) {
  if (PYC_LIKELY(object.isObject())) {
    ShapeRef shape = object.object()->shape;
    for (uint32_t way = 0; way < count; ++way)
      if (ways[way].shape == shape && ways[way].kind == AttrKind::Method) {
        out[0] = withCount(ways[way].value);
        out[1] = withCount(object);
        return true;
      }
  }
  return pyc_slow_load_method_ways(object, name, ways, count, out);
}

/// Characters and bytes: one copy a module.
PYC_OUTLINED static Value other_item(Value object, int64_t index) {
  if (hasShape(object, kShapeStr)) {
    StrObject* text = asStr(object);
    int64_t place = index < 0 ? index + text->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(text->length)))
      if (uint32_t character = text->at(place); PYC_LIKELY(character < 256))
        return Value(latin1Char(character)); // immortal
  } else if (hasShape(object, kShapeBytes)) {
    auto* bytes = object.as<BytesObject>();
    int64_t place = index < 0 ? index + bytes->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(bytes->length)))
      return Value::fromInt(bytes->data()[place]);
  } else if (hasShape(object, kShapeByteArray)) {
    auto* array = object.as<ByteArrayObject>();
    int64_t place = index < 0 ? index + array->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(array->length)))
      return Value::fromInt(array->data[place]);
  }
  return pyc_slow_load_item_int(object, index);
}
// Where a profile saw one type only.

PYC_FAST Value pyc_load_item_str(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeStr))) {
    StrObject* text = asStr(object);
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(text->length) &&
                   text->isNarrow()))
      return Value(latin1Char(text->data<uint8_t>()[index])); // immortal
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_bytes(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeBytes))) {
    auto* bytes = object.as<BytesObject>();
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(bytes->length)))
      return Value::fromInt(bytes->data()[index]);
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_bytearray(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeByteArray))) {
    auto* array = object.as<ByteArrayObject>();
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(array->length)))
      return Value::fromInt(array->data[index]);
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_int(Value object, int64_t index);
PYC_FAST Value pyc_load_item_dict(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    if (int64_t number = dictFirstInt(asDict(object), index); PYC_LIKELY(number >= 0))
      return withCount(asDict(object)->entries[number].value);
  return pyc_load_item_int(object, index);
}
/// What the place remembers of super(), called without arguments, for `self`; null: nothing.
PYC_FAST SuperWay* pyc_super_way(Value callee, Value cell, Value self, SuperCache* cache) {
  if (PYC_UNLIKELY(callee != Value(&superType.header) || !self.isObject() || !self ||
                   !hasShape(cell, kShapeCell)))
    return nullptr;
  for (SuperWay& way : cache->ways)
    if (PYC_LIKELY(way.method.shape == self.object()->shape &&
                   way.type == cell.as<CellObject>()->content))
      return &way;
  return nullptr;
}

PYC_FAST Value pyc_load_item_int(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeList))) {
    ListObject* list = asList(object);
    int64_t place = index < 0 ? index + list->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(list->count))) {
      return itemOf(list, place);
    }
  } else if (hasShape(object, kShapeTuple)) {
    TupleObject* tuple = asTuple(object);
    int64_t place = index < 0 ? index + tuple->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(tuple->count)))
      return withCount(tuple->items()[place]);
  } else {
    return other_item(object, index);
  }
  return pyc_slow_load_item_int(object, index);
}
/// A view: where the items lie and how many there are; none for a list of another storage.
PYC_FAST void* pyc_view_list(Value object, uint32_t storage, int64_t* count) {
  *count = 0;
  if (PYC_UNLIKELY(!object || !hasShape(object, kShapeList)))
    return nullptr;
  ListObject* list = asList(object);
  if (PYC_LIKELY(list->storage == static_cast<ListStorage>(storage)))
    *count = list->count;
  return list->data;
}
PYC_FAST Value pyc_view_item(Value* items, int64_t count, int64_t index) {
  int64_t place = index < 0 ? index + count : index;
  return static_cast<uint64_t>(place) < static_cast<uint64_t>(count) ? items[place] : Value();
}
PYC_FAST Value pyc_load_item(Value object, Value key) {
  if (PYC_LIKELY(key.isInt()) && (hasShape(object, kShapeList) || hasShape(object, kShapeTuple))) {
    // Out of range goes through the general path with the index as written.
    int64_t count = hasShape(object, kShapeList) ? asList(object)->count : asTuple(object)->count;
    int64_t index = key.asInt();
    if (index >= -count && index < count)
      return pyc_load_item_int(object, index);
  } else if (key.isInt() && (hasShape(object, kShapeStr) || hasShape(object, kShapeBytes) ||
                             hasShape(object, kShapeByteArray))) {
    return other_item(object, key.asInt());
  }
  return pyc_slow_load_item(object, key);
}
PYC_FAST bool pyc_store_item_int(Value object, int64_t index, Value value) {
  if (PYC_LIKELY(hasShape(object, kShapeList))) {
    ListObject* list = asList(object);
    int64_t place = index < 0 ? index + list->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(list->count))) {
      if (list->storage == ListStorage::Values) {
        increfInline(value);
        Value old = list->values()[place];
        list->values()[place] = value;
        decrefInline(old);
        return true;
      }
      if (list->storage == ListStorage::Ints && value.isInt()) {
        list->ints()[place] = value.asInt();
        return true;
      }
      if (list->storage == ListStorage::Floats && value.isDouble()) {
        list->floats()[place] = value.asDouble();
        return true;
      }
      if (list->storage == ListStorage::Bools && value.isBool()) {
        list->bools()[place] = value.isTrue();
        return true;
      }
    }
  }
  return pyc_slow_store_item_int(object, index, value);
}
PYC_FAST bool pyc_store_item(Value object, Value key, Value value) {
  if (PYC_LIKELY(key.isInt()) && hasShape(object, kShapeList))
    return pyc_store_item_int(object, key.asInt(), value);
  return pyc_slow_store_item(object, key, value);
}

// With a hint where the key was found last: inlined where it is still right.

PYC_FAST Value pyc_load_item_hinted(Value object, Value key, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict))) {
    if (DictEntry* entry = dictEntryAt(asDict(object), key, hint))
      return withCount(entry->value);
    return pyc_slow_load_item_hinted(object, key, hint);
  }
  return pyc_load_item(object, key);
}
PYC_FAST Value pyc_load_item_int_hinted(Value object, int64_t index, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    return pyc_load_item_hinted(object, Value::fromInt(index), hint);
  return pyc_load_item_int(object, index);
}
PYC_FAST bool pyc_store_item_hinted(Value object, Value key, Value value, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict))) {
    DictEntry* entry = dictEntryAt(asDict(object), key, hint);
    if (PYC_LIKELY(entry && !asDict(object)->watch)) {
      increfInline(value);
      Value old = entry->value;
      entry->value = value;
      decrefInline(old);
      return true;
    }
    return pyc_slow_store_item_hinted(object, key, value, hint);
  }
  return pyc_store_item(object, key, value);
}
PYC_FAST bool pyc_store_item_int_hinted(Value object, int64_t index, Value value, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    return pyc_store_item_hinted(object, Value::fromInt(index), value, hint);
  return pyc_store_item_int(object, index, value);
}
PYC_FAST Value pyc_contains_hinted(Value item, Value container, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(container, kShapeDict)) && dictEntryAt(asDict(container), item, hint))
    return Value::fromBool(true);
  return pyc_slow_contains_hinted(item, container, hint);
}
PYC_FAST Value pyc_not_contains_hinted(Value item, Value container, uint32_t* hint) {
  Value answer = pyc_contains_hinted(item, container, hint);
  return PYC_LIKELY(answer) ? Value::fromBool(!answer.isTrue()) : Value();
}
/// Of an int in a register; the hint gets the place.
PYC_FAST Value pyc_contains_int(int64_t item, Value container, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(container, kShapeDict) && Value::fitsInt(item))) {
    int64_t number = dictFirstInt(asDict(container), item);
    if (number >= 0)
      *hint = static_cast<uint32_t>(number);
    if (PYC_LIKELY(number != kDictFurther))
      return Value::fromBool(number >= 0);
  }
  return pyc_slow_contains_int(item, container, hint);
}
PYC_FAST Value pyc_not_contains_int(int64_t item, Value container, uint32_t* hint) {
  Value answer = pyc_contains_int(item, container, hint);
  return PYC_LIKELY(answer) ? Value::fromBool(!answer.isTrue()) : Value();
}

//===----------------------------------------------------------------------===//
// Handlers of exceptions
//===----------------------------------------------------------------------===//

PYC_FAST Value pyc_take_exception() {
  ThreadState& thread = thisThread();
  Value exception = thread.raised;
  thread.raised = Value();
  return exception;
}
PYC_FAST Value pyc_enter_handler(Value exception) {
  HandledException* handled = thisThread().handled;
  Value previous = handled->exception;
  increfInline(exception);
  handled->exception = exception;
  return previous ? previous : Value::none();
}
PYC_FAST void pyc_leave_handler(Value previous) {
  HandledException* handled = thisThread().handled;
  Value left = handled->exception;
  handled->exception = previous.isNone() ? Value() : withCount(previous);
  if (left)
    decrefInline(left);
}
/// Inlined: the very class that stands behind `except`. The class of an exception is one.
PYC_FAST Value pyc_match_exception(Value exception, Value type) {
  if (Value(&typeOf(exception)->header) == type)
    return Value::fromBool(true);
  return pyc_slow_match_exception(exception, type);
}

//===----------------------------------------------------------------------===//
// Calls and iteration
//===----------------------------------------------------------------------===//

PYC_FAST void* pyc_direct_entry(Value callee, uint32_t argc) {
  FunctionObject* function = asPlainFunction(callee);
  return function && function->directArgs == argc ? function->nativeEntry : nullptr;
}
/// The native code of a function that was made with it; null for others.
PYC_FAST void* pyc_native_entry(Value callee) {
  FunctionObject* function = asPlainFunction(callee);
  return function ? function->nativeEntry : nullptr;
}
/// The same of what is known to be a function.
PYC_FAST void* pyc_function_entry(Value callee) {
  return asFunction(callee)->nativeEntry;
}
/// A new instance if `callee` is a class that makes them in the plain way and whose __init__ is the
/// function with this native code, which is handed over in `init`, counted if it `isHeld`; else
/// null, with nothing raised.
PYC_FAST Value pyc_begin_construction(Value callee, void* entry, Value* init,
                                      ConstructionCache* cache, bool isHeld) {
  TypeObject* type = cache->type;
  if (PYC_LIKELY(callee == Value(type) && type->header.shape == kShapeType &&
                 type->version == cache->version && asFunction(cache->init)->nativeEntry == entry))
    if (Object* object = reuseInstance(cache->shape, cache->grains, cache->cleared);
        PYC_LIKELY(object != nullptr)) {
      if (isHeld)
        increfObjectInline(cache->init.object());
      *init = cache->init;
      return object;
    }
  return pyc_slow_begin_construction(callee, entry, init, cache, isHeld);
}
// The functions that these give are not counted: their classes hold them.

/// The function with this native code that lhs op rhs calls first, if the cache or a
/// look-up says so; else null.
PYC_FAST Value pyc_find_operator(Value lhs, Value rhs, uint32_t op, AttrCache* cache, void* entry) {
  if (PYC_LIKELY(lhs.isObject() && lhs.object()->shape == cache->shape &&
                 (!rhs.isObject() || rhs.object()->shape == cache->shape) &&
                 asFunction(cache->value)->nativeEntry == entry))
    return cache->value;
  return pyc_slow_find_operator(lhs, rhs, op, cache, entry);
}
/// The class's __init__, if the cell says that it has this native code and that instances
/// which nobody sees need not be made; else null: pyc_slow_known_construction.
PYC_FAST Value pyc_known_construction(Value callee, void* entry, ClassCell* cell) {
  TypeObject* type = cell->type;
  return callee == Value(type) && type->version == cell->version &&
                 asFunction(cell->function)->nativeEntry == entry
             ? cell->function
             : Value();
}
PYC_FAST Value pyc_known_class_method(Value callee, ClassCell* cell) {
  TypeObject* type = cell->type;
  return callee == Value(type) && type->version == cell->version ? cell->function : Value();
}
/// The function that lhs op rhs calls first. The bits of `classes` say which operand is
/// the class of one (1: lhs, 2: rhs).
PYC_FAST Value pyc_known_class_operator(Value lhs, Value rhs, uint32_t op, uint32_t classes,
                                        ClassCell* cell, void* entry) {
  TypeObject* left = classes & 1 ? lhs.as<TypeObject>() : typeOf(lhs);
  TypeObject* right = classes & 2 ? rhs.as<TypeObject>() : typeOf(rhs);
  if (PYC_LIKELY(left == cell->type && right == cell->right && left->version == cell->version &&
                 right->version == cell->rightVersion &&
                 asFunction(cell->function)->nativeEntry == entry))
    return cell->function;
  return pyc_slow_known_class_operator(lhs, rhs, op, classes, cell, entry);
}
/// Whether instances of the class (null: no class) run code when they die.
PYC_FAST bool pyc_has_finalizer(Value type) {
  return type && type.as<TypeObject>()->slots.finalize;
}
PYC_FAST void* pyc_direct_method_entry(Value callee, Value self, uint32_t argc) {
  return self ? pyc_direct_entry(callee, argc) : nullptr;
}

/// To a list that a comprehension builds.
PYC_FAST void pyc_list_append(Value object, Value item) {
  if (PYC_UNLIKELY(!appendInPlace(asList(object), item)))
    pyc_slow_list_append(object, item);
}

PYC_FAST void pyc_list_append_int(Value object, int64_t item) {
  if (PYC_UNLIKELY(!appendInt(asList(object), item)))
    pyc_slow_list_append_int(object, item);
}
PYC_FAST void pyc_list_append_float(Value object, double item) {
  if (PYC_UNLIKELY(!appendFloat(asList(object), item)))
    pyc_slow_list_append(object, Value::fromDouble(item));
}
PYC_FAST void pyc_list_append_bool(Value object, bool item) {
  pyc_list_append(object, Value::fromBool(item));
}

/// Lists: one copy a module.
PYC_OUTLINED static bool unpack_other(Value source, uint32_t count, Value* out) {
  if (!hasShape(source, kShapeList) || asList(source)->count != count)
    return pyc_slow_unpack_sequence(source, count, out);
  for (uint32_t k = 0; k < count; ++k)
    out[count - 1 - k] = itemOf(asList(source), k);
  return true;
}
/// The first item comes last, as registers are written.
PYC_FAST bool pyc_unpack_sequence(Value source, uint32_t count, Value* out) {
  constexpr uint32_t kFew = 4;
  if (count <= kFew && hasShape(source, kShapeTuple) && asTuple(source)->count == count) {
    for (uint32_t k = 0; k < count; ++k)
      out[count - 1 - k] = withCount(asTuple(source)->items()[k]);
    return true;
  }
  return unpack_other(source, count, out);
}
}

} // namespace pyc::rt
