// complex(...): from text, from one number, from a real and an imaginary part.
#include "runtime/objects/complex_slots.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float.h"
#include "runtime/objects/float_text.h"
#include "runtime/objects/number_text.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

/// A number's text, apart from blanks and brackets: "1+2j", "2j", "-j", "1".
bool scanComplex(std::string_view text, ComplexNumber& result) {
  result = {0, 0};
  auto isUnit = [](char c) { return c == 'j' || c == 'J'; };
  double number = 0;
  size_t length = scanDouble(text, number);
  text.remove_prefix(length);
  if (length != 0 && (text.empty() || !isUnit(text[0]))) {
    result.real = number;
    if (text.empty())
      return true;
    if (text[0] != '+' && text[0] != '-')
      return false;
    length = scanDouble(text, number);
    text.remove_prefix(length);
  }
  if (length == 0) { // "j", "+j", "-j"
    number = 1;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
      number = text[0] == '-' ? -1 : 1;
      text.remove_prefix(1);
    }
  }
  result.imag = number;
  return text.size() == 1 && isUnit(text[0]);
}

bool scanBracketed(std::string_view text, ComplexNumber& result) {
  text = trimBlanks(text);
  if (text.starts_with('(')) {
    if (!text.ends_with(')'))
      return false;
    text = trimBlanks(text.substr(1, text.size() - 2));
  }
  return scanComplex(text, result);
}

bool parseComplex(Value str, ComplexNumber& result) {
  std::string storage, plain;
  std::string_view text = asciiNumberText(asStr(str), storage);
  if (text.find('_') != std::string_view::npos) {
    if (!removeUnderscores(text, plain))
      return raise(valueErrorType, "could not convert string to complex: %R", str);
    text = plain;
  }
  return scanBracketed(text, result) ||
         raise(valueErrorType, "complex() arg is a malformed string");
}

/// Through __complex__; false with nothing raised and `found` false when there is none.
bool callComplexMethod(Value value, ComplexNumber& result, bool& found) {
  Ref number = callSpecial(value, names::complex_, nullptr, 0, found);
  if (!found || !number)
    return false;
  if (!isComplex(number))
    return raise(typeErrorType, "%Q.__complex__() must return a complex, not %Q", value,
                 number.get());
  result = asComplex(number)->number();
  if (hasShape(number, kShapeComplex))
    return true;
  return warn(deprecationWarningType, 1,
              "%Q.__complex__() must return a complex, not %Q.  The ability to return an instance "
              "of a strict subclass of complex is deprecated, and may not be supported in a future "
              "version of Python.",
              value, number.get());
}

bool isRealNumber(Value value) {
  const TypeSlots& slots = typeOf(value)->slots;
  return slots.toFloat || slots.index;
}

/// complex(value) where it is a number; false with nothing raised and `known` false where not.
bool numberOf(Value value, ComplexNumber& result, bool& known) {
  known = true;
  if (hasShape(value, kShapeComplex)) {
    result = asComplex(value)->number();
    return true;
  }
  bool found = false;
  if (value.isObject() && callComplexMethod(value, result, found))
    return true;
  if (found)
    return false;
  result.imag = 0;
  known = isRealNumber(value);
  return known && toDouble(value, result.real);
}

Ref finish(TypeObject* type, ComplexNumber number) {
  if (type == &complexType)
    return makeComplex(number);
  auto* object = reinterpret_cast<ComplexObject*>(allocObject(type));
  if (!object)
    return {};
  object->real = number.real;
  object->imag = number.imag;
  return Ref::steal(&object->header);
}

Ref fromOne(TypeObject* type, Value value) {
  if (type == &complexType && hasShape(value, kShapeComplex))
    return Ref::copy(value);
  ComplexNumber number;
  if (isStr(value))
    return parseComplex(value, number) ? finish(type, number) : Ref();
  bool known;
  if (numberOf(value, number, known))
    return finish(type, number);
  if (!known)
    return raise(typeErrorType, "complex() argument must be a string or a number, not %T", value);
  return {};
}

/// One of two parts, which should be real numbers.
bool takePart(Value value, const char* name, ComplexNumber& result, bool& isReal) {
  isReal = !isComplex(value);
  bool known;
  if (!numberOf(value, result, known)) {
    if (!known)
      raise(typeErrorType, "complex() argument '%s' must be a real number, not %T", name, value);
    return false;
  }
  if (isReal)
    return true;
  return warn(deprecationWarningType, 1, "complex() argument '%s' must be a real number, not %T",
              name, value);
}

Ref fromParts(TypeObject* type, Value realPart, Value imagPart) {
  ComplexNumber real{0, 0}, imag{0, 0};
  bool realIsReal = true, imagIsReal = true;
  if (realPart && !takePart(realPart, "real", real, realIsReal))
    return {};
  if (imagPart && !takePart(imagPart, "imag", imag, imagIsReal))
    return {};
  // real + imag * 1j, without touching the parts that are not there.
  if (!imagIsReal)
    real.real -= imag.imag;
  double total = imag.real;
  if (!realIsReal)
    total += real.imag;
  return finish(type, {real.real, total});
}

} // namespace

bool toComplex(Value value, ComplexNumber& result) {
  bool known;
  if (numberOf(value, result, known))
    return true;
  if (!known)
    raise(typeErrorType, "must be real number, not %.50T", value);
  return false;
}

Ref complexCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("complex(real=0, imag=0)");
  if (argc == 1 && !kwnames)
    return fromOne(type, args[0]);
  Value bound[2] = {};
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  return fromParts(type, bound[0], bound[1]);
}

} // namespace pyc::rt
