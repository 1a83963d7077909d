#include "runtime/modules/struct_format.h"

#include "runtime/modules/exception_type.h"
#include "runtime/objects/errors.h"

namespace pyc::rt {

namespace {

struct ItemLayout {
  int64_t size, alignment; // size 0: no such letter
};

/// C's own sizes and alignment on the machines that pyc has code for.
ItemLayout nativeLayout(char kind) {
  switch (kind) {
  case 'x':
  case 'b':
  case 'B':
  case 'c':
  case '?':
  case 's':
  case 'p':
    return {1, 1};
  case 'h':
  case 'H':
  case 'e':
    return {2, 2};
  case 'i':
  case 'I':
  case 'f':
    return {4, 4};
  case 'l':
  case 'L':
  case 'q':
  case 'Q':
  case 'n':
  case 'N':
  case 'P':
  case 'd':
    return {8, 8};
  case 'F':
    return {8, 4};
  case 'D':
    return {16, 8};
  default:
    return {0, 0};
  }
}

/// Sizes that are the same everywhere.
ItemLayout standardLayout(char kind) {
  if (kind == 'n' || kind == 'N' || kind == 'P')
    return {0, 0};
  int64_t size = kind == 'l' || kind == 'L' ? 4 : nativeLayout(kind).size;
  return {size, 1};
}

bool isBlank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

Raised raiseTooLong() {
  return raise(structErrorType, "total struct size too long");
}

/// size += count * itemSize, if it fits.
bool grow(int64_t& size, int64_t count, int64_t itemSize) {
  int64_t bytes;
  return (!__builtin_mul_overflow(count, itemSize, &bytes) &&
          !__builtin_add_overflow(size, bytes, &size)) ||
         static_cast<bool>(raiseTooLong());
}

/// A number in front of a letter.
bool parseCount(std::string_view text, size_t& at, int64_t& count) {
  count = 0;
  for (; at < text.size() && isDigit(text[at]); ++at)
    if (__builtin_mul_overflow(count, 10, &count) ||
        __builtin_add_overflow(count, text[at] - '0', &count))
      return raiseTooLong();
  if (at == text.size())
    return raise(structErrorType, "repeat count given without format specifier");
  return true;
}

} // namespace

constinit TypeObject structErrorType = moduleException("struct.error", exceptionType);

bool StructFormat::parseCode(std::string_view text, size_t& at, bool isNative) {
  int64_t count = 1;
  if (isDigit(text[at]) && !parseCount(text, at, count))
    return false;
  char kind = text[at++];
  if (kind == 'Z') // complex: of the float that follows
    kind = at < text.size() && text[at] == 'f'   ? 'F'
           : at < text.size() && text[at] == 'd' ? 'D'
                                                 : '\0';
  if (text[at - 1] == 'Z')
    ++at;
  ItemLayout layout = isNative ? nativeLayout(kind) : standardLayout(kind);
  if (layout.size == 0)
    return raise(structErrorType, "bad char in struct format");
  int64_t padding = (layout.alignment - size % layout.alignment) % layout.alignment;
  if (!grow(size, padding, 1))
    return false;
  bool isText = kind == 's' || kind == 'p';
  if (isText)
    codes.push_back({kind, size, count, 1});
  else if (kind != 'x' && count > 0)
    codes.push_back({kind, size, layout.size, count});
  if (isText || kind != 'x')
    itemCount += isText ? 1 : count;
  return grow(size, count, layout.size);
}

bool StructFormat::parse(std::string_view text) {
  if (text.find('\0') != text.npos)
    return raise(structErrorType, "embedded null character");
  bool isNative = true;
  size_t at = 0;
  if (!text.empty() && std::string_view("@=<>!").find(text[0]) != std::string_view::npos) {
    isNative = text[0] == '@';
    isBig = text[0] == '>' || text[0] == '!';
    at = 1;
  }
  while (at < text.size()) {
    if (isBlank(text[at]))
      ++at;
    else if (!parseCode(text, at, isNative))
      return false;
  }
  return true;
}

} // namespace pyc::rt
