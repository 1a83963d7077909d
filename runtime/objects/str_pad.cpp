// Methods of str that fill it up: center, ljust, rjust, zfill, expandtabs.
#include "runtime/objects/str_methods.h"

#include <algorithm>

namespace pyc::rt::str_methods {

namespace {

/// The text with so many fill characters on each side.
Ref padded(StrObject* str, int64_t left, int64_t right, uint32_t fill) {
  left = std::max<int64_t>(left, 0);
  right = std::max<int64_t>(right, 0);
  if (left == 0 && right == 0)
    return exactStr(str);
  StrBuilder out;
  out.reserve(str->length + left + right, std::max(fill, maxCodePointOf(str)));
  out.appendRepeated(fill, left);
  out.append(str);
  out.appendRepeated(fill, right);
  return out.finish();
}

struct PadArgs {
  StrObject* str;
  int64_t missing; // characters; may be negative
  int64_t width = 0;
  uint32_t fill = ' ';

  bool parse(const Value* args) {
    str = asStr(args[0]);
    if (!sizeArg(args[1], width))
      return false;
    missing = width < str->length ? 0 : width - str->length;
    if (!args[2])
      return true;
    if (!isStr(args[2]))
      return raise(typeErrorType, "The fill character must be a unicode character, not %T",
                   args[2]);
    if (asStr(args[2])->length != 1)
      return raise(typeErrorType, "The fill character must be exactly one character long");
    fill = asStr(args[2])->at(0);
    return true;
  }
};

} // namespace

Ref center(const Value* args) {
  PadArgs pad;
  if (!pad.parse(args))
    return {};
  // The odd one goes left when the width is odd.
  int64_t left = pad.missing / 2 + (pad.missing & pad.width & 1);
  return padded(pad.str, left, pad.missing - left, pad.fill);
}

Ref ljust(const Value* args) {
  PadArgs pad;
  return pad.parse(args) ? padded(pad.str, 0, pad.missing, pad.fill) : Ref();
}

Ref rjust(const Value* args) {
  PadArgs pad;
  return pad.parse(args) ? padded(pad.str, pad.missing, 0, pad.fill) : Ref();
}

Ref zfill(const Value* args) {
  StrObject* str = asStr(args[0]);
  int64_t width = 0;
  if (!sizeArg(args[1], width))
    return {};
  if (width <= str->length)
    return exactStr(str);
  bool hasSign = str->length != 0 && (str->at(0) == '+' || str->at(0) == '-');
  StrBuilder out;
  out.reserve(width, maxCodePointOf(str));
  out.append(str, 0, hasSign);
  out.appendRepeated('0', width - str->length);
  out.append(str, hasSign, str->length);
  return out.finish();
}

Ref expandtabs(const Value* args) {
  StrObject* str = asStr(args[0]);
  int tabSize = 8;
  if (!intArg(args[1], tabSize))
    return {};
  StrBuilder out;
  out.reserve(str->length, maxCodePointOf(str));
  int64_t column = 0, done = 0;
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    ++column;
    if (c == '\n' || c == '\r') {
      column = 0;
    } else if (c == '\t') {
      --column;
      out.append(str, done, i);
      done = i + 1;
      if (tabSize > 0) {
        int64_t blanks = tabSize - column % tabSize;
        out.appendRepeated(' ', blanks);
        column += blanks;
      }
    }
  }
  if (done == 0)
    return exactStr(str);
  out.append(str, done, str->length);
  return out.finish();
}

} // namespace pyc::rt::str_methods
