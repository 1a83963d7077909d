// Methods of bytes and bytearray about ASCII letters, and those that fill up: lower, title,
// center...
#include "runtime/objects/bytes_methods.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt::bytes_methods {

namespace {

constexpr bool isLowerByte(uint8_t c) {
  return static_cast<uint8_t>(c - 'a') < 26;
}
constexpr bool isUpperByte(uint8_t c) {
  return static_cast<uint8_t>(c - 'A') < 26;
}
constexpr bool isLetter(uint8_t c) {
  return isLowerByte(c | 0x20);
}
constexpr bool isDigitByte(uint8_t c) {
  return static_cast<uint8_t>(c - '0') < 10;
}
constexpr bool isBlankByte(uint8_t c) {
  return c == ' ' || c - 9u < 5;
}
constexpr uint8_t toLower(uint8_t c) {
  return static_cast<uint8_t>(isUpperByte(c) ? c | 0x20 : c);
}
constexpr uint8_t toUpper(uint8_t c) {
  return static_cast<uint8_t>(isLowerByte(c) ? c ^ 0x20 : c);
}

/// Applies change(byte, the byte before or 0) to each byte.
template <class Change> Ref map(Value self, Change change) {
  std::string_view view = byteView(self);
  ByteOutput result;
  if (!result.makeLike(self, static_cast<int64_t>(view.size())))
    return {};
  const uint8_t* in = byteData(view);
  uint8_t* out = result.data();
  for (size_t i = 0; i < view.size(); ++i)
    out[i] = change(in[i], i == 0 ? uint8_t(0) : in[i - 1]);
  return result.finish();
}

} // namespace

Ref lower(const Value* args) {
  return map(args[0], [](uint8_t c, uint8_t) { return toLower(c); });
}
Ref upper(const Value* args) {
  return map(args[0], [](uint8_t c, uint8_t) { return toUpper(c); });
}
Ref swapcase(const Value* args) {
  return map(args[0],
             [](uint8_t c, uint8_t) { return static_cast<uint8_t>(isLetter(c) ? c ^ 0x20 : c); });
}
Ref title(const Value* args) {
  return map(args[0],
             [](uint8_t c, uint8_t before) { return isLetter(before) ? toLower(c) : toUpper(c); });
}
Ref capitalize(const Value* args) {
  bool first = true;
  return map(args[0], [&](uint8_t c, uint8_t) {
    return std::exchange(first, false) ? toUpper(c) : toLower(c);
  });
}

// Tests of all bytes.

namespace {

template <class Test> Ref all(Value self, Test test) {
  std::string_view view = byteView(self);
  return Ref::boolean(!view.empty() && std::all_of(view.begin(), view.end(), [&](char c) {
    return test(static_cast<uint8_t>(c));
  }));
}

/// Whether there is a byte with `wanted` and none with `forbidden`.
template <class Wanted, class Forbidden> Ref some(Value self, Wanted wanted, Forbidden forbidden) {
  bool found = false;
  for (char character : byteView(self)) {
    auto c = static_cast<uint8_t>(character);
    if (forbidden(c))
      return Ref::boolean(false);
    found |= wanted(c);
  }
  return Ref::boolean(found);
}

} // namespace

Ref isalnum(const Value* args) {
  return all(args[0], [](uint8_t c) { return isLetter(c) || isDigitByte(c); });
}
Ref isalpha(const Value* args) {
  return all(args[0], isLetter);
}
Ref isdigit(const Value* args) {
  return all(args[0], isDigitByte);
}
Ref isspace(const Value* args) {
  return all(args[0], isBlankByte);
}
Ref islower(const Value* args) {
  return some(args[0], isLowerByte, isUpperByte);
}
Ref isupper(const Value* args) {
  return some(args[0], isUpperByte, isLowerByte);
}
Ref isascii(const Value* args) {
  std::string_view view = byteView(args[0]);
  return Ref::boolean(view.empty() || std::all_of(view.begin(), view.end(), [](char c) {
                        return static_cast<uint8_t>(c) < 128;
                      }));
}

Ref istitle(const Value* args) {
  bool found = false, afterLetter = false;
  for (char character : byteView(args[0])) {
    auto c = static_cast<uint8_t>(character);
    if (isLetter(c)) {
      if (isUpperByte(c) == afterLetter)
        return Ref::boolean(false);
      found = true;
    }
    afterLetter = isLetter(c);
  }
  return Ref::boolean(found);
}

// Filling up.

namespace {

Ref padded(Value self, int64_t left, int64_t right, uint8_t fill) {
  std::string_view view = byteView(self);
  if (left + right == 0)
    return bytesUnchanged(self);
  auto length = static_cast<int64_t>(view.size());
  ByteOutput result;
  if (!result.makeLike(self, left + length + right))
    return {};
  uint8_t* out = result.data();
  memset(out, fill, static_cast<size_t>(left));
  memcpy(out + left, view.data(), view.size());
  memset(out + left + length, fill, static_cast<size_t>(right));
  return result.finish();
}

struct PadArgs {
  int64_t width = 0;
  int64_t missing = 0;
  uint8_t fill = ' ';

  bool parse(const char* function, const Value* args) {
    if (!sizeArg(args[1], width) || (args[2] && !parseFill(function, args[2])))
      return false;
    auto length = static_cast<int64_t>(byteView(args[0]).size());
    missing = width <= length ? 0 : width - length;
    return true;
  }

private:
  bool parseFill(const char* function, Value argument) {
    if (!argument.isObject() || (!isBytes(argument) && !isByteArray(argument)))
      return raiseBadArgument(function, 2, "a byte string of length 1", argument);
    std::string_view view = byteView(argument);
    if (view.size() != 1)
      return raise(typeErrorType,
                   "%s(): argument 2 must be a byte string of length 1, not a %T object of "
                   "length %zu",
                   function, argument, view.size());
    fill = static_cast<uint8_t>(view[0]);
    return true;
  }
};

} // namespace

Ref center(const Value* args) {
  PadArgs pad;
  if (!pad.parse("center", args))
    return {};
  int64_t left = pad.missing / 2 + (pad.missing & pad.width & 1);
  return padded(args[0], left, pad.missing - left, pad.fill);
}
Ref ljust(const Value* args) {
  PadArgs pad;
  return pad.parse("ljust", args) ? padded(args[0], 0, pad.missing, pad.fill) : Ref();
}
Ref rjust(const Value* args) {
  PadArgs pad;
  return pad.parse("rjust", args) ? padded(args[0], pad.missing, 0, pad.fill) : Ref();
}

Ref zfill(const Value* args) {
  int64_t width = 0;
  if (!sizeArg(args[1], width))
    return {};
  std::string_view view = byteView(args[0]);
  int64_t missing = width - static_cast<int64_t>(view.size());
  if (missing <= 0)
    return bytesUnchanged(args[0]);
  ByteOutput result;
  if (!result.makeLike(args[0], width))
    return {};
  uint8_t* out = result.data();
  size_t sign = !view.empty() && (view[0] == '+' || view[0] == '-');
  memcpy(out, view.data(), sign);
  memset(out + sign, '0', static_cast<size_t>(missing));
  memcpy(out + sign + missing, view.data() + sign, view.size() - sign);
  return result.finish();
}

Ref expandtabs(const Value* args) {
  int tabSize = 8;
  if (!intArg(args[1], tabSize))
    return {};
  std::string out;
  int64_t column = 0;
  for (char c : byteView(args[0])) {
    if (c == '\t') {
      int64_t blanks = tabSize > 0 ? tabSize - column % tabSize : 0;
      out.append(static_cast<size_t>(blanks), ' ');
      column += blanks;
      continue;
    }
    out += c;
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return bytesLike(args[0], out);
}

} // namespace pyc::rt::bytes_methods
