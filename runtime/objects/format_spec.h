// The format mini-language (PEP 3101, 378, 515, 682, and 3.14's separators in the fraction):
//   [[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]
// The parser is shared by all types; so is the layout of numbers: a type takes a number's text
// apart (NumberText) and formatNumber puts sign, prefix, separators and padding around it.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

enum class Grouping : uint8_t {
  None,
  Comma,          // every three digits
  Underscore,     // every three digits
  UnderscoreFour, // every four digits (b, o, x, X)
};

struct FormatSpec {
  uint32_t fill = ' ';
  char align = '<';            // '<', '>', '^', '=': what was given, or the type's default
  char sign = 0;               // '+', '-', ' '; 0: not given
  bool noNegativeZero = false; // z
  bool alternate = false;      // #
  int64_t width = -1;          // -1: not given
  Grouping grouping = Grouping::None;
  int64_t precision = -1; // -1: not given
  Grouping fractionGrouping = Grouping::None;
  uint32_t type = 0; // the letter, or the type's default
};

/// Parses a whole spec for `object` (for error messages). The defaults are used where the spec is
/// silent; numbers have default alignment '>'. ValueError as CPython's.
bool parseFormatSpec(StrObject* text, Value object, char defaultType, char defaultAlign,
                     FormatSpec& spec);

/// ValueError: Unknown format code 'x' for object of type 'int'.
Raised raiseUnknownFormatCode(uint32_t type, Value object);

/// A number's text, ASCII, in the order in which the parts are printed.
struct NumberText {
  char sign = 0;                  // '-' or 0; '+' and ' ' are added as the spec says
  std::string_view prefix = {};   // "0x", ...
  std::string_view digits = {};   // integer part, the one that is grouped and zero-padded
  bool point = false;             // a decimal point follows
  std::string_view fraction = {}; // digits behind the point
  std::string_view suffix = {};   // exponent, '%', 'j'; or all of "inf", "nan"
};

/// Lays out a number. spec.type 'n' takes separators and point from the locale. For a number
/// without padding (complex numbers consist of two) leave out the spec's width.
Ref formatNumber(const NumberText& number, const FormatSpec& spec);
/// Pads a finished text to the spec's width ('=' counts as '>').
Ref padText(StrObject* text, const FormatSpec& spec);

/// format(str, spec).
Ref formatStr(StrObject* str, StrObject* spec);

// Of the numbers (int_format.cpp, float_format.cpp): what their __format__ does with a parsed spec,
// also for the % operator.
Ref formatInt(Value integer, const FormatSpec& spec);
Ref formatFloat(double value, const FormatSpec& spec);

} // namespace pyc::rt
