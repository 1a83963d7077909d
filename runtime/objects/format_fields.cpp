#include "runtime/objects/format_fields.h"

namespace pyc::rt {

int64_t parseFieldIndex(const FormatPart& part) {
  if (part.isEmpty())
    return -1;
  int64_t value = 0;
  for (int64_t i = 0; i < part.length(); ++i) {
    uint32_t digit = part.at(i) - '0';
    if (digit > 9)
      return -1;
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, static_cast<int64_t>(digit), &value)) {
      raise(valueErrorType, "Too many decimal digits in format string");
      return -2;
    }
  }
  return value;
}

bool readFormatLiteral(StrBuilder& out, FormatPart& rest, bool& hasField) {
  hasField = false;
  int64_t i = rest.start;
  uint32_t c = 0;
  while (i < rest.stop && (c = rest.str->at(i)) != '{' && c != '}')
    ++i;
  out.append(rest.str, rest.start, i);
  rest.start = i;
  if (i == rest.stop)
    return true;
  bool doubled = i + 1 < rest.stop && rest.str->at(i + 1) == c;
  if (doubled) {
    out.appendChar(c);
    rest.start = i + 2;
    return true;
  }
  if (c == '}' || i + 1 == rest.stop)
    return raise(valueErrorType, "Single '%c' encountered in format string", static_cast<int>(c));
  rest.start = i + 1;
  hasField = true;
  return true;
}

namespace {

/// Up to and with the character that ends the name; `end` is 0 when the string ends first.
bool readName(FormatPart& rest, uint32_t& end) {
  while (!rest.isEmpty()) {
    end = rest.str->at(rest.start++);
    if (end == '{')
      return raise(valueErrorType, "unexpected '{' in field name");
    if (end == '}' || end == ':' || end == '!')
      return true;
    if (end == '[') {
      while (!rest.isEmpty() && rest.str->at(rest.start) != ']')
        ++rest.start;
    }
  }
  end = 0;
  return true;
}

bool readSpec(FormatPart& rest, FormatField& field) {
  field.spec = rest;
  for (int depth = 1; !rest.isEmpty();) {
    uint32_t c = rest.str->at(rest.start++);
    if (c == '{') {
      field.specHasFields = true;
      ++depth;
    } else if (c == '}' && --depth == 0) {
      field.spec.stop = rest.start - 1;
      return true;
    }
  }
  return raise(valueErrorType, "unmatched '{' in format spec");
}

} // namespace

bool readFormatField(FormatPart& rest, FormatField& field) {
  field.name = rest;
  uint32_t c;
  if (!readName(rest, c))
    return false;
  field.name.stop = rest.start - 1;
  if (c == '}')
    return true;
  if (c != '!' && c != ':') {
    field.name.stop = rest.start;
    return raise(valueErrorType, "expected '}' before end of string");
  }
  if (c == '!') {
    if (rest.isEmpty())
      return raise(valueErrorType, "end of string while looking for conversion specifier");
    field.conversion = rest.str->at(rest.start++);
    if (!rest.isEmpty()) {
      c = rest.str->at(rest.start++);
      if (c == '}')
        return true;
      if (c != ':')
        return raise(valueErrorType, "expected ':' after conversion specifier");
    }
  }
  return readSpec(rest, field);
}

FormatPart firstOfName(const FormatPart& name) {
  FormatPart first = name;
  first.stop = first.start;
  while (first.stop < name.stop && first.str->at(first.stop) != '.' &&
         first.str->at(first.stop) != '[')
    ++first.stop;
  return first;
}

bool readFieldStep(FormatPart& rest, FieldStep& step) {
  uint32_t c = rest.str->at(rest.start++);
  if (c != '.' && c != '[')
    return raise(valueErrorType, "Only '.' or '[' may follow ']' in format field specifier");
  step.isAttribute = c == '.';
  FormatPart key = {rest.str, rest.start, rest.start};
  while (key.stop < rest.stop) {
    uint32_t next = rest.str->at(key.stop);
    if (step.isAttribute ? next == '.' || next == '[' : next == ']')
      break;
    ++key.stop;
  }
  if (!step.isAttribute && key.stop == rest.stop)
    return raise(valueErrorType, "Missing ']' in format string");
  rest.start = key.stop + !step.isAttribute;
  step.index = step.isAttribute ? -1 : parseFieldIndex(key);
  if (step.index == -2)
    return false;
  if (key.isEmpty())
    return raise(valueErrorType, "Empty attribute in format string");
  step.key = key;
  return true;
}

} // namespace pyc::rt
