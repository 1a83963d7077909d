// The type float: slots, methods, attributes.
#include "runtime/objects/errors.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <bit>
#include <cmath>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  freeObject(self);
}

Ref floatRepr(Value self) {
  std::string text;
  appendFloatRepr(text, floatValue(self));
  return makeStrAscii(text);
}

bool hashSlot(Value self, int64_t& hash) {
  hash = floatHash(floatValue(self));
  return true;
}

bool floatTruth(Value self, bool& result) {
  result = floatValue(self) != 0;
  return true;
}

Ref exactFloat(Value self) {
  return makeFloat(floatValue(self));
}
Ref negate(Value self) {
  return makeFloat(-floatValue(self));
}
Ref absolute(Value self) {
  return makeFloat(std::fabs(floatValue(self)));
}

} // namespace

Ref floatToInt(double value) {
  if (std::isnan(value))
    return raise(valueErrorType, "cannot convert float NaN to integer");
  if (std::isinf(value))
    return raise(overflowErrorType, "cannot convert float infinity to integer");
  return makeIntFromDouble(value);
}

namespace {

Ref intOfFloat(Value self) {
  return floatToInt(floatValue(self));
}

Ref powerWithModulus(Value, Value, Value) {
  return raise(typeErrorType, "pow() 3rd argument not allowed unless all arguments are integers");
}

Ref itself(const Value* args) {
  return exactFloat(args[0]);
}
Ref isWhole(const Value* args) {
  double value = floatValue(args[0]);
  return Ref::boolean(std::isfinite(value) && value == std::floor(value));
}
Ref getNewArgs(const Value* args) {
  return tupleOf(Value::fromForeignDouble(floatValue(args[0])));
}

/// Numerator and denominator in lowest terms.
Ref asIntegerRatio(const Value* args) {
  double value = floatValue(args[0]);
  if (std::isnan(value))
    return raise(valueErrorType, "cannot convert NaN to integer ratio");
  if (std::isinf(value))
    return raise(overflowErrorType, "cannot convert Infinity to integer ratio");
  int exponent;
  auto mantissa = static_cast<int64_t>(std::ldexp(std::frexp(value, &exponent), 53));
  exponent -= 53;
  if (mantissa == 0)
    return tupleOf(Value::fromInt(0), Value::fromInt(1));
  int zeros = __builtin_ctzll(static_cast<uint64_t>(mantissa));
  mantissa >>= zeros;
  exponent += zeros;
  Ref numerator = makeInt(mantissa), denominator = makeInt(1);
  Ref& scaled = exponent > 0 ? numerator : denominator;
  if (scaled)
    scaled = intBinary(BinaryOp::LShift, scaled, Value::fromInt(std::abs(exponent)));
  return numerator && denominator ? tupleOf(numerator, denominator) : Ref();
}

Ref fromNumber(const Value* args) {
  double value;
  if (!toDouble(args[1], value))
    return {};
  Ref number = makeFloat(value);
  return args[0] == Value(&floatType.header) ? std::move(number) : call(args[0], number);
}

Ref getFormat(const Value* args) {
  if (!strArg("__getformat__", 0, args[1]))
    return {};
  if (!strEquals(asStr(args[1]), "double") && !strEquals(asStr(args[1]), "float"))
    return raise(valueErrorType, "__getformat__() argument 1 must be 'double' or 'float'");
  return makeStrAscii(std::endian::native == std::endian::little ? "IEEE, little-endian"
                                                                 : "IEEE, big-endian");
}

constexpr MethodDef kMethods[] = {
    {.signature = "from_number($type, number, /)",
     .bound = fromNumber,
     .kind = MethodDef::Class,
     .doc = "Convert real number to a floating-point number."},
    {.signature = "fromhex($type, string, /)",
     .bound = floatFromHex,
     .kind = MethodDef::Class,
     .doc = "Create a floating-point number from a hexadecimal string."},
    {.signature = "hex($self, /)",
     .bound = floatHex,
     .doc = "Return a hexadecimal representation of a floating-point number."},
    {.signature = "as_integer_ratio($self, /)",
     .bound = asIntegerRatio,
     .doc = "Return a pair of integers, whose ratio is exactly equal to the original float."},
    {.signature = "__round__($self, ndigits=None, /)",
     .bound = floatRound,
     .doc = "Return the Integral closest to x, rounding half toward even.\n\n"
            "When an argument is passed, work like built-in round(x, ndigits)."},
    {.signature = "__getformat__($type, typestr, /)",
     .bound = getFormat,
     .kind = MethodDef::Class,
     .doc = "How C doubles or floats lie in memory."},
    {.signature = "conjugate($self, /)",
     .bound = itself,
     .doc = "Return self, the complex conjugate of any float."},
    {.signature = "__trunc__($self, /)",
     .bound = [](const Value* args) { return intOfFloat(args[0]); },
     .doc = "Return the Integral closest to x between 0 and x."},
    {.signature = "__floor__($self, /)",
     .bound = [](const Value* args) { return floatToInt(std::floor(floatValue(args[0]))); },
     .doc = "Return the floor as an Integral."},
    {.signature = "__ceil__($self, /)",
     .bound = [](const Value* args) { return floatToInt(std::ceil(floatValue(args[0]))); },
     .doc = "Return the ceiling as an Integral."},
    {.signature = "is_integer($self, /)",
     .bound = isWhole,
     .doc = "Return True if the float is an integer."},
    {.signature = "__divmod__($self, value, /)",
     .bound = [](const Value* args) { return floatDivmod(args[0], args[1]); },
     .doc = "Return divmod(self, value)."},
    {.signature = "__rdivmod__($self, value, /)",
     .bound = [](const Value* args) { return floatDivmod(args[1], args[0]); },
     .doc = "Return divmod(value, self)."},
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
    {.signature = "__format__($self, format_spec, /)",
     .bound = floatFormat,
     .doc = "Formats the float according to format_spec."},
};

constexpr GetSetDef kGetSets[] = {
    {.name = "real", .get = exactFloat, .doc = "the real part of a complex number"},
    {.name = "imag",
     .get = [](Value) { return makeFloat(0); },
     .doc = "the imaginary part of a complex number"},
};

} // namespace

extern "C" constinit TypeObject floatType = {
    .name = "float",
    .base = &objectType,
    .basicSize = sizeof(FloatObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeMatchSelf | kTypeIsFloat,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc =
        "float(x=0, /)\n--\n\nConvert a string or number to a floating-point number, if possible.",
    .slots = {.dealloc = dealloc,
              .repr = floatRepr,
              .hash = hashSlot,
              .compare = floatCompare,
              .create = floatCreate,
              .binary = {floatAdd, floatSubtract, floatMultiply, nullptr, floatDivide,
                         floatFloorDivide, floatModulo, floatPowerOf},
              .power = powerWithModulus,
              .unary = {negate, exactFloat, nullptr, absolute},
              .truth = floatTruth,
              .toInt = intOfFloat,
              .toFloat = exactFloat},
};

} // namespace pyc::rt
