// What int(), float() and complex() share in reading text.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

/// A str as ASCII: decimal digits of all scripts and blanks stand as '0' to '9' and ' ', anything
/// else that is no ASCII as '?'. ASCII text needs no copy, other text uses `storage`.
std::string_view asciiNumberText(StrObject* str, std::string& storage);

/// What the C locale calls a blank.
inline bool isAsciiBlank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
inline bool isAsciiDigit(char c) {
  return c >= '0' && c <= '9';
}
/// Without blanks at both ends.
std::string_view trimBlanks(std::string_view text);

} // namespace pyc::rt
