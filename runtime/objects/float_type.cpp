// The type float: slots, methods, attributes.
#include "runtime/objects/errors.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/int.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  freeObject(self);
}

Ref repr(Value self) {
  std::string text;
  appendFloatRepr(text, floatValue(self));
  return makeStrAscii(text);
}

bool hash(Value self, int64_t& hash) {
  hash = floatHash(floatValue(self));
  return true;
}

bool truth(Value self, bool& result) {
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

Ref toInt(Value self) {
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

constexpr MethodDef kMethods[] = {
    {.signature = "conjugate($self, /)",
     .bound = itself,
     .doc = "Return self, the complex conjugate of any float."},
    {.signature = "__trunc__($self, /)",
     .bound = [](const Value* args) { return toInt(args[0]); },
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
    .doc = "Convert a string or number to a floating-point number, if possible.",
    .slots = {.dealloc = dealloc,
              .repr = repr,
              .hash = hash,
              .compare = floatCompare,
              .create = floatCreate,
              .binary = {floatAdd, floatSubtract, floatMultiply, nullptr, floatDivide,
                         floatFloorDivide, floatModulo, floatPowerOf},
              .power = powerWithModulus,
              .unary = {negate, exactFloat, nullptr, absolute},
              .truth = truth,
              .toInt = toInt,
              .toFloat = exactFloat},
};

} // namespace pyc::rt
