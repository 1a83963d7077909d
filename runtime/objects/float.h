// float: doubles are Values themselves; only instances of subclasses are objects.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

struct FloatObject {
  Object header;
  double value;
};

/// The number of a float or instance of a subclass.
inline double floatValue(Value value) {
  return value.isDouble() ? value.asDouble() : value.as<FloatObject>()->value;
}
/// Any double as a float.
inline Ref makeFloat(double value) {
  return Ref::number(Value::fromForeignDouble(value));
}

int64_t floatHash(double value);
/// repr(): the shortest text that gives the same number, "1.0", "1e+16", "inf", "nan".
void appendFloatRepr(std::string& out, double value);
/// Reads a number as float() does, without blanks and underscores: false when `text` is none.
bool parseDouble(std::string_view text, double& result);
/// x ** y; ZeroDivisionError, OverflowError, a complex number for negative bases.
Ref floatPower(double x, double y);

} // namespace pyc::rt
