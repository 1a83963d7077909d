#include "runtime/objects/error_format.h"

#include "runtime/base/decimal.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/str_chars.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace pyc::rt {

namespace {

/// The variadic arguments. A struct, for va_list is passed by value on some machines.
struct Arguments {
  va_list list;
};

/// One conversion of a format: %[flags][width][.precision][length]letter.
struct Conversion {
  char flags[8] = {}; // as text, for snprintf
  int width = -1;
  int precision = -1;
  int longs = 0; // l: 1, ll: 2
  bool size = false;
  char letter = 0;
};

Conversion parseConversion(const char*& at, Arguments& arguments) {
  Conversion result;
  for (unsigned n = 0; *at && strchr("-0+ #", *at) && n + 1 < sizeof(result.flags); n++)
    result.flags[n] = *at++;
  auto number = [&] {
    if (*at == '*') {
      at++;
      return va_arg(arguments.list, int);
    }
    int value = 0;
    while (*at >= '0' && *at <= '9')
      value = value * 10 + (*at++ - '0');
    return value;
  };
  if ((*at >= '0' && *at <= '9') || *at == '*')
    result.width = number();
  if (*at == '.') {
    at++;
    result.precision = number();
  }
  for (; *at == 'l' || *at == 'z'; at++)
    *at == 'l' ? void(result.longs++) : void(result.size = true);
  result.letter = *at++;
  return result;
}

void appendNumber(std::string& out, const Conversion& conversion, long long number) {
  char format[24];
  char text[80];
  if (conversion.width < 0 && conversion.precision < 0 && !conversion.flags[0] &&
      (conversion.letter == 'd' || conversion.letter == 'i')) {
    char digits[kMostDecimalChars];
    out.append(digits, writeSigned(digits, number));
    return;
  }
  snprintf(format, sizeof(format), "%%%s%s%sll%c", conversion.flags,
           conversion.width >= 0 ? "*" : "", conversion.precision >= 0 ? ".*" : "",
           conversion.letter);
  int width = std::min(conversion.width, 40);
  int precision = std::min(conversion.precision, 30);
  int length = 0;
  if (conversion.width >= 0 && conversion.precision >= 0)
    length = snprintf(text, sizeof(text), format, width, precision, number);
  else if (conversion.width >= 0 || conversion.precision >= 0)
    length = snprintf(text, sizeof(text), format, std::max(width, precision), number);
  else
    length = snprintf(text, sizeof(text), format, number);
  out.append(text, static_cast<size_t>(length));
}

long long signedArgument(const Conversion& conversion, Arguments& arguments) {
  if (conversion.longs == 2)
    return va_arg(arguments.list, long long);
  if (conversion.longs == 1)
    return va_arg(arguments.list, long);
  if (conversion.size)
    return static_cast<long long>(va_arg(arguments.list, size_t));
  return va_arg(arguments.list, int);
}

unsigned long long unsignedArgument(const Conversion& conversion, Arguments& arguments) {
  if (conversion.longs || conversion.size)
    return static_cast<unsigned long long>(signedArgument(conversion, arguments));
  return va_arg(arguments.list, unsigned);
}

void appendText(std::string& out, const Conversion& conversion, std::string_view text) {
  bool left = strchr(conversion.flags, '-') != nullptr;
  size_t padding = conversion.width > 0 && static_cast<size_t>(conversion.width) > text.size()
                       ? static_cast<size_t>(conversion.width) - text.size()
                       : 0;
  if (!left)
    out.append(padding, ' ');
  out += text;
  if (left)
    out.append(padding, ' ');
}

void appendCString(std::string& out, const Conversion& conversion, const char* text) {
  size_t length = conversion.precision >= 0
                      ? strnlen(text, static_cast<size_t>(conversion.precision))
                      : strlen(text);
  // A cut must not leave half a character.
  if (conversion.precision >= 0 && text[length])
    while (length && (text[length] & 0xC0) == 0x80)
      length--;
  appendText(out, conversion, {text, length});
}

/// The text of a str, cut to the precision, which counts code points.
void appendStr(std::string& out, const Conversion& conversion, Value string) {
  std::string storage;
  std::string_view text = utf8View(string, storage);
  if (conversion.precision >= 0) {
    size_t end = 0;
    for (int left = conversion.precision; end < text.size(); end++)
      if ((text[end] & 0xC0) != 0x80 && left-- == 0)
        break;
    text = text.substr(0, end);
  }
  appendText(out, conversion, text);
}

bool appendConverted(std::string& out, const Conversion& conversion, Value value) {
  Ref text;
  switch (conversion.letter) {
  case 'S':
    text = str(value);
    break;
  case 'R':
    text = repr(value);
    break;
  default:
    text = ascii(value);
    break;
  }
  if (!text)
    return false;
  appendStr(out, conversion, text);
  return true;
}

} // namespace

void appendFullTypeName(std::string& out, TypeObject* type) {
  if (!(type->flags & kTypeHeap)) {
    out += type->name;
    return;
  }
  Value module = dictFindStr(typeDict(type), names::__module__);
  if (module && isStr(module) && !strEquals(asStr(module), "builtins") &&
      !strEquals(asStr(module), "__main__")) {
    std::string storage;
    out += utf8View(module, storage);
    out += '.';
  }
  std::string storage;
  out += type->qualifiedName ? utf8View(type->qualifiedName, storage) : type->name;
}

static bool formatArguments(std::string& out, const char* format, Arguments& arguments) {
  const char* at = format;
  while (const char* percent = strchr(at, '%')) {
    out.append(at, percent);
    at = percent + 1;
    Conversion conversion = parseConversion(at, arguments);
    switch (conversion.letter) {
    case '%':
      out += '%';
      break;
    case 'c':
      out += static_cast<char>(va_arg(arguments.list, int));
      break;
    case 's':
      appendCString(out, conversion, va_arg(arguments.list, const char*));
      break;
    case 'd':
    case 'i':
      appendNumber(out, conversion, signedArgument(conversion, arguments));
      break;
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      appendNumber(out, conversion,
                   static_cast<long long>(unsignedArgument(conversion, arguments)));
      break;
    case 'S':
    case 'R':
    case 'A':
      if (!appendConverted(out, conversion, Value::fromBits(va_arg(arguments.list, uint64_t))))
        return false;
      break;
    case 'T':
      appendCString(out, conversion,
                    typeOf(Value::fromBits(va_arg(arguments.list, uint64_t)))->name);
      break;
    case 'N':
      appendCString(out, conversion,
                    Value::fromBits(va_arg(arguments.list, uint64_t)).as<TypeObject>()->name);
      break;
    case 'Q':
      appendFullTypeName(out, typeOf(Value::fromBits(va_arg(arguments.list, uint64_t))));
      break;
    default:
      PYC_CHECK(!"unknown conversion in an error's format");
    }
  }
  out += at;
  return true;
}

namespace {

/// Text of a bounded length that grows in place.
struct ShortText {
  static constexpr size_t kRoom = 256, kMostDigits = 24;
  char text[kRoom];
  size_t length = 0;

  /// False when it does not fit.
  bool append(std::string_view more) {
    if (more.size() > kRoom - length)
      return false;
    copyShort(reinterpret_cast<uint8_t*>(text) + length,
              reinterpret_cast<const uint8_t*>(more.data()), more.size());
    length += more.size();
    return true;
  }
  bool append(char c) {
    if (length == kRoom)
      return false;
    text[length++] = c;
    return true;
  }
  bool append(long long number) {
    if (kRoom - length < kMostDigits)
      return false;
    length = static_cast<size_t>(writeSigned(text + length, number) - text);
    return true;
  }
  /// repr() of a text that needs no escapes; false for all others.
  bool appendQuoted(std::string_view more) {
    for (char c : more)
      if (c < ' ' || c > '~' || c == '\'' || c == '\\')
        return false;
    return append('\'') && append(more) && append('\'');
  }
};

/// A text, or repr() of it, where it is no longer than `most`. False for what needs escapes.
bool appendWithin(ShortText& out, std::string_view text, bool isQuoted, size_t most) {
  if (text.size() + (isQuoted ? 2 : 0) > most)
    return false;
  return isQuoted ? out.appendQuoted(text) : out.append(text);
}

bool appendShortValue(ShortText& out, Value value, bool isQuoted, size_t most) {
  if (value.isInt())
    return most >= ShortText::kMostDigits && out.append(static_cast<long long>(value.asInt()));
  return isExactStr(value) && asStr(value)->isAscii() &&
         appendWithin(out, asStr(value)->asciiView(), isQuoted, most);
}

/// One conversion, from behind its percent sign. The simple ones: %s %S %R %T with or without a
/// precision that cuts nothing, %d %zd %%; values that are ASCII strs or short ints. False for all
/// others.
bool appendShort(ShortText& out, const char*& at, Arguments& arguments) {
  size_t most = ShortText::kRoom;
  if (*at == '.')
    for (most = 0, ++at; *at >= '0' && *at <= '9'; ++at)
      most = most * 10 + static_cast<size_t>(*at - '0');
  char letter = *at++;
  auto value = [&] { return Value::fromBits(va_arg(arguments.list, uint64_t)); };
  switch (letter) {
  case '%':
    return out.append('%');
  case 's':
    return appendWithin(out, va_arg(arguments.list, const char*), false, most);
  case 'T':
    return appendWithin(out, typeOf(value())->name, false, most);
  case 'S':
  case 'R':
    return appendShortValue(out, value(), letter == 'R', most);
  case 'd':
    return out.append(static_cast<long long>(va_arg(arguments.list, int)));
  case 'z':
    return *at++ == 'd' && out.append(static_cast<long long>(va_arg(arguments.list, size_t)));
  default:
    return false;
  }
}

/// A whole format of such conversions. False where something else is in it, or the text is long.
bool formatShort(ShortText& out, const char* format, Arguments& arguments) {
  const char* at = format;
  while (const char* percent = strchr(at, '%')) {
    if (!out.append(std::string_view(at, static_cast<size_t>(percent - at))))
      return false;
    at = percent + 1;
    if (!appendShort(out, at, arguments))
      return false;
  }
  return out.append(std::string_view(at));
}

} // namespace

Ref formatMessage(const char* format, va_list list) {
  Arguments arguments;
  va_copy(arguments.list, list);
  ShortText shortText;
  bool isShort = formatShort(shortText, format, arguments);
  va_end(arguments.list);
  if (PYC_LIKELY(isShort)) {
    std::string_view text(shortText.text, shortText.length);
    return isAsciiText(text.data(), text.size()) ? makeStrAscii(text) : makeStr(text);
  }
  std::string text;
  return formatErrorText(text, format, list) ? makeStr(text) : Ref();
}

bool formatErrorText(std::string& out, const char* format, va_list list) {
  constexpr size_t kUsualLength = 120;
  out.reserve(kUsualLength);
  Arguments arguments;
  va_copy(arguments.list, list);
  bool ok = formatArguments(out, format, arguments);
  va_end(arguments.list);
  return ok;
}

Ref formatText(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Ref text = formatMessage(format, arguments);
  va_end(arguments);
  return text;
}

} // namespace pyc::rt
