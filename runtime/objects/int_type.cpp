// The type int: slots, methods, attributes.
#include "runtime/objects/fast.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  if (PYC_LIKELY(self->shape == kShapeInt))
    freeFast<false>(self);
  else
    freeObject(self);
}

bool hash(Value self, int64_t& hash) {
  hash = intHash(self);
  return true;
}

Ref compare(Value self, Value other, CompareOp op) {
  return isInteger(other) ? Ref::boolean(compareAs(op, intCompare(self, other), 0))
                          : Ref::notImplemented();
}

bool truth(Value self, bool& result) {
  result = !IntView(self).isZero();
  return true;
}

Ref power(Value base, Value exponent) {
  return intPower(base, exponent, {});
}

Ref toFloat(Value self) {
  double result;
  if (!intToDouble(self, result))
    return raise(overflowErrorType, "int too large to convert to float");
  return Ref::number(Value::fromDouble(result));
}

Ref divmodOf(Value a, Value b) {
  if (!isInteger(a) || !isInteger(b))
    return Ref::notImplemented();
  Ref quotient, remainder;
  return intDivide(a, b, &quotient, &remainder) ? tupleOf(quotient, remainder) : Ref();
}

Ref divmodMethod(const Value* args) {
  return divmodOf(args[0], args[1]);
}
Ref reflectedDivmod(const Value* args) {
  return divmodOf(args[1], args[0]);
}
Ref itself(const Value* args) {
  return exactInt(args[0]);
}
Ref bitLength(const Value* args) {
  return makeIntUnsigned(IntView(args[0]).bitLength());
}
Ref bitCount(const Value* args) {
  IntView view(args[0]);
  uint64_t count = view.count ? mpn_popcount(view.limbs, static_cast<mp_size_t>(view.count)) : 0;
  return makeIntUnsigned(count);
}
Ref asIntegerRatio(const Value* args) {
  PYC_TRY(numerator, exactInt(args[0]));
  return tupleOf(numerator, Value::fromInt(1));
}
Ref getNewArgs(const Value* args) {
  PYC_TRY(number, exactInt(args[0]));
  return tupleOf(number);
}
/// A number without an object of its own takes the room of its Value.
Ref sizeOf(const Value* args) {
  if (!args[0].isObject())
    return Ref::number(Value::fromInt(sizeof(Value)));
  size_t limbs = args[0].isBool() ? 0 : IntView(args[0]).count;
  size_t fixed = args[0].isBool() ? sizeof(Object) : typeOf(args[0])->instanceSize;
  return makeIntUnsigned(fixed + limbs * sizeof(Limb));
}

constexpr MethodDef kMethods[] = {
    {.signature = "conjugate($self, /)",
     .bound = itself,
     .doc = "Returns self, the complex conjugate of any int."},
    {.signature = "bit_length($self, /)",
     .bound = bitLength,
     .doc = "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n"
            ">>> (37).bit_length()\n6"},
    {.signature = "bit_count($self, /)",
     .bound = bitCount,
     .doc = "Number of ones in the binary representation of the absolute value of self."},
    {.signature = "as_integer_ratio($self, /)",
     .bound = asIntegerRatio,
     .doc = "Return a pair of integers, whose ratio is equal to the original int."},
    {.signature = "is_integer($self, /)",
     .bound = [](const Value*) { return Ref::boolean(true); },
     .doc = "Returns True. Exists for duck type compatibility with float.is_integer."},
    {.signature = "__trunc__($self, /)",
     .bound = itself,
     .doc = "Truncating an Integral returns itself."},
    {.signature = "__floor__($self, /)",
     .bound = itself,
     .doc = "Flooring an Integral returns itself."},
    {.signature = "__ceil__($self, /)",
     .bound = itself,
     .doc = "Ceiling of an Integral returns itself."},
    {.signature = "__divmod__($self, value, /)",
     .bound = divmodMethod,
     .doc = "Return divmod(self, value)."},
    {.signature = "__rdivmod__($self, value, /)",
     .bound = reflectedDivmod,
     .doc = "Return divmod(value, self)."},
    {.signature = "__round__($self, ndigits=None, /)",
     .bound = intRound,
     .doc = "Rounding an Integral returns itself.\n\n"
            "Rounding with an ndigits argument also returns an integer."},
    {.signature = "to_bytes($self, /, length=1, byteorder='big', *, signed=False)",
     .bound = intToBytes,
     .doc = "Return an array of bytes representing an integer."},
    {.signature = "from_bytes($type, /, bytes, byteorder='big', *, signed=False)",
     .bound = intFromBytes,
     .kind = MethodDef::Class,
     .doc = "Return the integer represented by the given array of bytes."},
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
    {.signature = "__format__($self, format_spec, /)",
     .bound = intFormat,
     .doc = "Convert to a string according to format_spec."},
    {.signature = "__sizeof__($self, /)",
     .bound = sizeOf,
     .doc = "Returns size in memory, in bytes."},
};

constexpr GetSetDef kGetSets[] = {
    {.name = "real", .get = exactInt, .doc = "the real part of a complex number"},
    {.name = "imag",
     .get = [](Value) { return Ref::number(Value::fromInt(0)); },
     .doc = "the imaginary part of a complex number"},
    {.name = "numerator",
     .get = exactInt,
     .doc = "the numerator of a rational number in lowest terms"},
    {.name = "denominator",
     .get = [](Value) { return Ref::number(Value::fromInt(1)); },
     .doc = "the denominator of a rational number in lowest terms"},
};

} // namespace

extern "C" constinit TypeObject intType = {
    .name = "int",
    .base = &objectType,
    .basicSize = sizeof(IntObject),
    .itemSize = sizeof(Limb),
    .flags = kTypeBuiltin | kTypeBase | kTypeVarSized | kTypeMatchSelf | kTypeIsInt,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
           "Convert a number or string to an integer, or return 0 if no arguments\nare given.",
    .slots = {.dealloc = dealloc,
              .repr = intToStr,
              .hash = hash,
              .compare = compare,
              .create = intCreate,
              .binary = {intAdd, intSubtract, intMultiply, nullptr, intTrueDivide, intFloorDivide,
                         intModulo, power, intShiftLeft, intShiftRight, intAnd, intOr, intXor},
              .power = intPower,
              .unary = {intNegate, exactInt, intInvert, intAbsolute},
              .truth = truth,
              .toInt = exactInt,
              .toFloat = toFloat,
              .index = exactInt},
};

} // namespace pyc::rt
