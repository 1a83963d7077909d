// A float's text by a format spec, in parts, for float and complex.
#pragma once

#include "runtime/objects/format_spec.h"

namespace pyc::rt {

class FloatText {
public:
  /// `spec.type` is e, E, f, F, g, G, n, %, or 0: repr()'s form, or g's when there is a precision.
  /// `pointZero`: with type 0, whole numbers end with ".0".
  FloatText(double value, const FormatSpec& spec, bool pointZero);
  FloatText(const FloatText&) = delete;
  FloatText& operator=(const FloatText&) = delete;

  const NumberText& number() const { return number_; }

private:
  void format(double magnitude, const FormatSpec& spec, bool pointZero);
  void formatScientific(double magnitude, size_t precision, bool alternate);
  void formatFixed(double magnitude, size_t precision, bool alternate);
  void formatSignificant(double magnitude, size_t precision, bool alternate, bool pointZero);
  void formatShortest(double magnitude, bool alternate, bool pointZero);
  void layOut(std::string_view digits, int point, bool scientific, bool alternate, bool pointZero);
  void setExponent(int exponent);
  void toUpperCase();

  std::string digits_, fraction_, suffix_;
  NumberText number_;
};

/// Checks the parts of a spec that no float can have; ValueError.
bool checkFloatPrecision(const FormatSpec& spec);

} // namespace pyc::rt
