// The type complex: slots, methods, attributes.
#include "runtime/objects/complex_slots.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/float.h"
#include "runtime/objects/float_text.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/known_functions.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

Ref makeComplex(double real, double imag) {
  auto* object =
      reinterpret_cast<ComplexObject*>(allocFast<false>(&complexType, sizeof(ComplexObject)));
  if (!object)
    return {};
  object->real = real;
  object->imag = imag;
  return Ref::steal(&object->header);
}

Value pyc_box_complex(double real, double imag) {
  return makeComplex(real, imag).release();
}
double pyc_complex_abs(double real, double imag) {
  return std::hypot(real, imag);
}

namespace {

void dealloc(Object* self) {
  if (PYC_LIKELY(self->shape == kShapeComplex))
    freeFast<false>(self);
  else
    freeObject(self);
}

/// "2j" when the real part is plain zero, else "(1+2j)".
Ref repr(Value self) {
  ComplexNumber z = asComplex(self)->number();
  std::string text;
  bool imagOnly = z.real == 0 && !std::signbit(z.real);
  if (!imagOnly) {
    text += '(';
    appendFloatShortest(text, z.real, false);
    if (!std::signbit(z.imag) || std::isnan(z.imag))
      text += '+';
  }
  appendFloatShortest(text, z.imag, false);
  text += imagOnly ? "j" : "j)";
  return makeStrAscii(text);
}

bool hash(Value self, int64_t& result) {
  auto real = static_cast<uint64_t>(floatHash(asComplex(self)->real));
  auto imag = static_cast<uint64_t>(floatHash(asComplex(self)->imag));
  result = static_cast<int64_t>(real + imag * 1000003u);
  if (result == -1)
    result = -2;
  return true;
}

Ref compare(Value self, Value other, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return Ref::notImplemented();
  ComplexNumber z = asComplex(self)->number();
  bool equal;
  if (isComplex(other))
    equal = z.real == asComplex(other)->real && z.imag == asComplex(other)->imag;
  else if (isFloat(other))
    equal = z.imag == 0 && z.real == floatValue(other);
  else if (isInteger(other))
    equal = z.imag == 0 && z.real == z.real && compareIntToDouble(other, z.real) == 0;
  else
    return Ref::notImplemented();
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool truth(Value self, bool& result) {
  result = asComplex(self)->real != 0 || asComplex(self)->imag != 0;
  return true;
}

Ref negate(Value self) {
  return makeComplex(-asComplex(self)->real, -asComplex(self)->imag);
}
Ref exactComplex(Value self) {
  return hasShape(self, kShapeComplex) ? Ref::copy(self) : makeComplex(asComplex(self)->number());
}
Ref absolute(Value self) {
  ComplexNumber z = asComplex(self)->number();
  double result = pyc_complex_abs(z.real, z.imag);
  if (std::isinf(result) && std::isfinite(z.real) && std::isfinite(z.imag))
    return raise(overflowErrorType, "absolute value too large");
  return makeFloat(result);
}

Ref conjugate(const Value* args) {
  return makeComplex(asComplex(args[0])->real, -asComplex(args[0])->imag);
}
Ref fromNumber(const Value* args) {
  if (hasShape(args[1], kShapeComplex) && args[0] == Value(&complexType.header))
    return Ref::copy(args[1]);
  ComplexNumber number;
  if (!toComplex(args[1], number))
    return {};
  PYC_TRY(result, makeComplex(number));
  Value argument = result;
  return args[0] == Value(&complexType.header)
             ? std::move(result)
             : complexCreate(args[0].as<TypeObject>(), &argument, 1, {});
}
Ref getNewArgs(const Value* args) {
  ComplexNumber z = asComplex(args[0])->number();
  return tupleOf(Value::fromForeignDouble(z.real), Value::fromForeignDouble(z.imag));
}

constexpr MethodDef kMethods[] = {
    {.signature = "from_number($type, number, /)",
     .bound = fromNumber,
     .kind = MethodDef::Class,
     .doc = "Convert number to a complex floating-point number."},
    {.signature = "conjugate($self, /)",
     .bound = conjugate,
     .doc = "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."},
    {.signature = "__complex__($self, /)",
     .bound = [](const Value* args) { return exactComplex(args[0]); },
     .doc = "Convert this value to exact type complex."},
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
    {.signature = "__format__($self, format_spec, /)",
     .bound = complexFormat,
     .doc = "Convert to a string according to format_spec."},
};

constexpr GetSetDef kGetSets[] = {
    {.name = "real",
     .get = [](Value self) { return makeFloat(asComplex(self)->real); },
     .doc = "the real part of a complex number"},
    {.name = "imag",
     .get = [](Value self) { return makeFloat(asComplex(self)->imag); },
     .doc = "the imaginary part of a complex number"},
};

} // namespace

extern "C" constinit TypeObject complexType = {
    .name = "complex",
    .base = &objectType,
    .basicSize = sizeof(ComplexObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "complex(real=0, imag=0)\n--\n\nCreate a complex number from a string or numbers.",
    .slots = {.dealloc = dealloc,
              .repr = repr,
              .hash = hash,
              .compare = compare,
              .create = complexCreate,
              .binary = {complexAdd, complexSubtract, complexMultiply, nullptr, complexDivide,
                         nullptr, nullptr, complexPowerOf},
              .power = complexPowerModulo,
              .unary = {negate, exactComplex, nullptr, absolute},
              .truth = truth},
};

} // namespace pyc::rt
