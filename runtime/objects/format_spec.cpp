#include "runtime/objects/format_spec.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <climits>

namespace pyc::rt {

namespace {

bool isAlign(uint32_t c) {
  return c == '<' || c == '>' || c == '^' || c == '=';
}

/// Reads a spec from left to right.
class SpecParser {
public:
  SpecParser(const StrObject* text, FormatSpec& spec) : text_(text), spec_(spec) {}

  bool parse(char defaultAlign, Value object) {
    parseAlign();
    parseFlags(defaultAlign);
    bool given;
    return parseNumber(spec_.width, given) && parseGrouping(spec_.grouping) && parsePrecision() &&
           parseType(object) && checkGrouping();
  }

private:
  int64_t rest() const { return text_->length - at_; }
  uint32_t peek(int64_t ahead = 0) const { return rest() > ahead ? text_->at(at_ + ahead) : 0; }
  bool take(uint32_t c) {
    if (rest() == 0 || peek() != c)
      return false;
    ++at_;
    return true;
  }

  void parseAlign() {
    if (rest() >= 2 && isAlign(peek(1))) {
      spec_.fill = peek();
      spec_.align = static_cast<char>(peek(1));
      fillGiven_ = alignGiven_ = true;
      at_ += 2;
    } else if (rest() >= 1 && isAlign(peek())) {
      spec_.align = static_cast<char>(peek());
      alignGiven_ = true;
      ++at_;
    }
  }

  void parseFlags(char defaultAlign) {
    uint32_t c = peek();
    if (c == '+' || c == '-' || c == ' ') {
      spec_.sign = static_cast<char>(c);
      ++at_;
    }
    spec_.noNegativeZero = take('z');
    spec_.alternate = take('#');
    if (!fillGiven_ && take('0')) {
      spec_.fill = '0';
      if (!alignGiven_ && defaultAlign == '>')
        spec_.align = '=';
    }
  }

  bool parseNumber(int64_t& result, bool& given) {
    given = false;
    int64_t value = 0;
    while (rest() > 0 && peek() - '0' < 10) {
      given = true;
      if (__builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, static_cast<int64_t>(peek() - '0'), &value))
        return raise(valueErrorType, "Too many decimal digits in format string");
      ++at_;
    }
    if (given)
      result = value;
    return true;
  }

  bool parseGrouping(Grouping& grouping) {
    if (take(','))
      grouping = Grouping::Comma;
    if (rest() > 0 && peek() == '_') {
      if (grouping == Grouping::Comma)
        return raise(valueErrorType, "Cannot specify both ',' and '_'.");
      grouping = Grouping::Underscore;
      ++at_;
    }
    if (rest() > 0 && peek() == ',' && grouping == Grouping::Underscore)
      return raise(valueErrorType, "Cannot specify both ',' and '_'.");
    return true;
  }

  bool parsePrecision() {
    if (!take('.'))
      return true;
    bool given;
    if (!parseNumber(spec_.precision, given) || !parseGrouping(spec_.fractionGrouping))
      return false;
    if (!given && spec_.fractionGrouping == Grouping::None)
      return raise(valueErrorType, "Format specifier missing precision");
    return true;
  }

  bool parseType(Value object) {
    if (rest() > 1)
      return raise(valueErrorType, "Invalid format specifier '%S' for object of type '%.200T'",
                   Value(text_), object);
    if (rest() == 1)
      spec_.type = peek();
    return true;
  }

  bool checkGrouping() {
    if (spec_.grouping != Grouping::None) {
      switch (spec_.type) {
      case 'd':
      case 'e':
      case 'f':
      case 'g':
      case 'E':
      case 'G':
      case '%':
      case 'F':
      case 0:
        break;
      case 'b':
      case 'o':
      case 'x':
      case 'X':
        if (spec_.grouping == Grouping::Underscore) {
          spec_.grouping = Grouping::UnderscoreFour;
          break;
        }
        [[fallthrough]];
      default:
        return raiseGrouping(spec_.grouping);
      }
    }
    if (spec_.type == 'n' && spec_.fractionGrouping != Grouping::None)
      return raiseGrouping(spec_.fractionGrouping);
    return true;
  }

  Raised raiseGrouping(Grouping grouping) {
    char separator = grouping == Grouping::Comma ? ',' : '_';
    if (spec_.type > 32 && spec_.type < 128)
      return raise(valueErrorType, "Cannot specify '%c' with '%c'.", separator,
                   static_cast<int>(spec_.type));
    return raise(valueErrorType, "Cannot specify '%c' with '\\x%x'.", separator, spec_.type);
  }

  const StrObject* text_;
  FormatSpec& spec_;
  int64_t at_ = 0;
  bool fillGiven_ = false;
  bool alignGiven_ = false;
};

} // namespace

bool parseFormatSpec(StrObject* text, Value object, char defaultType, char defaultAlign,
                     FormatSpec& spec) {
  spec = FormatSpec();
  spec.align = defaultAlign;
  spec.type = static_cast<uint8_t>(defaultType);
  return SpecParser(text, spec).parse(defaultAlign, object);
}

Raised raiseUnknownFormatCode(uint32_t type, Value object) {
  if (type > 32 && type < 128)
    return raise(valueErrorType, "Unknown format code '%c' for object of type '%.200T'",
                 static_cast<int>(type), object);
  return raise(valueErrorType, "Unknown format code '\\x%x' for object of type '%.200T'", type,
               object);
}

// Text.

Ref padText(StrObject* text, const FormatSpec& spec) {
  int64_t missing = spec.width - text->length;
  if (missing <= 0)
    return exactStr(text);
  int64_t left = spec.align == '^' ? missing / 2 : spec.align == '<' ? 0 : missing;
  StrBuilder out;
  out.reserve(spec.width, spec.fill > maxCodePointOf(text) ? spec.fill : maxCodePointOf(text));
  out.appendRepeated(spec.fill, left);
  out.append(text);
  out.appendRepeated(spec.fill, missing - left);
  return out.finish();
}

Ref formatStr(StrObject* str, StrObject* specText) {
  if (specText->length == 0)
    return exactStr(str);
  FormatSpec spec;
  if (!parseFormatSpec(specText, str, 's', '<', spec))
    return {};
  if (spec.type != 's')
    return raiseUnknownFormatCode(spec.type, str);
  if (spec.sign != 0)
    return raise(valueErrorType, "%s not allowed in string format specifier",
                 spec.sign == ' ' ? "Space" : "Sign");
  if (spec.noNegativeZero)
    return raise(valueErrorType,
                 "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate)
    return raise(valueErrorType, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=')
    return raise(valueErrorType, "'=' alignment not allowed in string format specifier");
  if (spec.precision < 0 || spec.precision >= str->length)
    return padText(str, spec);
  PYC_TRY(cut, strSlice(str, 0, spec.precision));
  return padText(cut.as<StrObject>(), spec);
}

} // namespace pyc::rt
