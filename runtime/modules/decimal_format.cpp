// Decimal.__format__(): the format mini-language as floats have it, without binary rounding. A
// number is rounded by libmpdec, and laid out as all numbers are.
#include "runtime/modules/decimal_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/format_spec.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

/// Puts the module's own words in the place of what the shared parser says.
bool raiseInvalid() {
  if (!isRaised() || catchRaised(valueErrorType))
    raise(valueErrorType, "invalid format string");
  return false;
}

/// Zeros for padding exclude an alignment of the program's own here.
bool zeroFollowsAlign(const StrObject* text) {
  auto isAlign = [&](int64_t i) {
    return i < text->length && text->at(i) < 128 &&
           std::strchr("<>=^", static_cast<int>(text->at(i))) != nullptr && text->at(i) != 0;
  };
  int64_t at = isAlign(1) ? 2 : isAlign(0) ? 1 : 0;
  if (at == 0)
    return false;
  for (const char* flag : {"+- ", "z", "#"})
    if (at < text->length && text->at(at) < 128 && text->at(at) != 0 &&
        std::strchr(flag, static_cast<int>(text->at(at))))
      ++at;
  return at < text->length && text->at(at) == '0';
}

/// Whether a number in the spec, its width or its precision, does not fit 64 bits.
bool hasHugeNumber(const StrObject* text) {
  int64_t number = 0;
  for (int64_t i = 0; i < text->length; ++i) {
    int64_t digit = static_cast<int64_t>(text->at(i)) - '0';
    if (digit < 0 || digit > 9)
      number = 0;
    else if (__builtin_mul_overflow(number, 10, &number) ||
             __builtin_add_overflow(number, digit, &number))
      return true;
  }
  return false;
}

bool parseSpec(Value self, StrObject* text, FormatSpec& spec) {
  if (hasHugeNumber(text))
    return raise(overflowErrorType, "Python int too large to convert to C ssize_t");
  if (zeroFollowsAlign(text) || !parseFormatSpec(text, self, 0, '>', spec))
    return raiseInvalid();
  if (spec.type != 0 &&
      (spec.type >= 128 || !std::strchr("eEfFgGnN%", static_cast<int>(spec.type))))
    return raiseInvalid();
  if (spec.width > MPD_MAX_PREC || spec.precision > MPD_MAX_PREC)
    return raise(valueErrorType, "format specification exceeds internal limits of _decimal");
  return spec.type != 'N' ||
         warn(deprecationWarningType, 1,
              "Format specifier 'N' is deprecated and slated for removal in Python 3.18");
}

/// Whether text of so many zeros can be had: an exponent of a few digits may ask for more than
/// there is. MemoryError.
bool hasRoomFor(int64_t zeros) {
  constexpr int64_t kAlways = 1 << 20;
  if (zeros <= kAlways)
    return true;
  void* memory = allocPlain(static_cast<size_t>(zeros) * 2);
  freeMemory(memory);
  return memory != nullptr || raiseMemoryError();
}

/// Lays one number out.
class Formatter {
public:
  Formatter(FormatSpec& spec, DecimalContext* context)
      : spec_(spec), context_(context), isUpper_(isType("EGN")) {
    if (spec_.type == 'N')
      spec_.type = 'n';
  }

  Ref format(const mpd_t* number) {
    if (mpd_isspecial(number))
      return formatSpecial(number);
    uint32_t status = 0;
    if (!mpd_qcopy(number_.get(), number, &status))
      return raiseMemoryError();
    if (spec_.type == '%')
      number_.get()->exp += 2;
    round(status);
    if (status & MPD_Malloc_error)
      return raiseMemoryError();
    if (status & MPD_Errors)
      return raise(valueErrorType, "invalid format string");
    return layOut();
  }

private:
  bool isType(const char* letters) const {
    return spec_.type != 0 && std::strchr(letters, static_cast<int>(spec_.type)) != nullptr;
  }
  bool isFixed() const { return isType("fF%"); }
  bool isScientific() const { return isType("eE"); }

  Ref formatSpecial(const mpd_t* number) {
    PYC_TRY(text, decimalText(number, true));
    std::string body(asStr(text)->asciiView());
    NumberText parts;
    if (body[0] == '-') {
      parts.sign = '-';
      body.erase(0, 1);
    }
    if (spec_.type == '%')
      body += '%';
    parts.suffix = body;
    if (spec_.fill == '0' && spec_.align == '=') { // no zeros in front of these
      spec_.fill = ' ';
      spec_.align = '>';
    }
    spec_.type = 'f';
    spec_.grouping = spec_.fractionGrouping = Grouping::None;
    spec_.alternate = false;
    return formatNumber(parts, spec_);
  }

  void round(uint32_t& status) {
    mpd_t* number = number_.get();
    mpd_context_t state = kExactContext;
    state.round = context_->state.round;
    bool isZero = mpd_iszero(number);
    if (spec_.precision >= 0 && isFixed()) {
      mpd_qrescale_fmt(number, number, -spec_.precision, &state, &status);
    } else if (isFixed() && isZero && number->exp > 0) {
      number->exp = 0;
    } else if (spec_.precision >= 0 && !isZero) {
      state.prec = isScientific() ? spec_.precision + 1 : std::max<int64_t>(spec_.precision, 1);
      if (number->digits > state.prec)
        mpd_qfinalize(number, &state, &status);
      else if (isScientific() && number->digits < state.prec)
        mpd_qrescale_fmt(number, number, mpd_adjexp(number) - spec_.precision, &state, &status);
    }
    status &= MPD_Errors | MPD_Malloc_error;
    if (spec_.noNegativeZero && mpd_iszero(number))
      mpd_set_positive(number);
  }

  /// Where the point goes, counted from the first digit.
  int64_t pointPlace(int64_t digits) const {
    const mpd_t* number = const_cast<ScratchNumber&>(number_).get();
    int64_t left = number->exp + digits;
    if (isScientific())
      return mpd_iszero(number) && spec_.precision >= 0 ? 1 - spec_.precision : 1;
    if (isFixed())
      return left;
    return number->exp <= 0 && left > -6 ? left : 1;
  }

  char exponentLetter() const {
    if (spec_.type == 0)
      return context_->capitals ? 'E' : 'e';
    return isUpper_ ? 'E' : 'e';
  }

  Ref layOut() {
    mpd_t* number = number_.get();
    PYC_TRY(coefficient, digitsText());
    std::string digits(asStr(coefficient)->asciiView());
    auto count = static_cast<int64_t>(digits.size());
    int64_t point = pointPlace(count), exponent = number->exp + count - point;
    if (!hasRoomFor(std::max(point - count, -point)))
      return {};
    if (point > count)
      digits.append(static_cast<size_t>(point - count), '0');
    else if (point <= 0)
      digits.insert(0, static_cast<size_t>(1 - point), '0');
    size_t whole = point > 0 ? static_cast<size_t>(point) : 1;
    std::string suffix;
    if (exponent != 0 || isScientific()) {
      char text[32];
      snprintf(text, sizeof text, "%c%+lld", exponentLetter(), static_cast<long long>(exponent));
      suffix = text;
    }
    if (spec_.type == '%')
      suffix += '%';
    NumberText parts;
    parts.sign = mpd_isnegative(number) ? '-' : 0;
    parts.digits = std::string_view(digits).substr(0, whole);
    parts.fraction = std::string_view(digits).substr(whole);
    parts.point = !parts.fraction.empty() || spec_.alternate;
    parts.suffix = suffix;
    return formatNumber(parts, spec_);
  }

  /// The coefficient's digits.
  Ref digitsText() {
    mpd_t coefficient = *number_.get();
    coefficient.flags = MPD_STATIC | MPD_SHARED_DATA;
    coefficient.exp = 0;
    return decimalText(&coefficient, true);
  }

  FormatSpec& spec_;
  DecimalContext* context_;
  bool isUpper_; // the exponent's letter
  ScratchNumber number_;
};

/// A locale's part as UTF-8; absent ones stay as they are.
bool localePart(DictObject* locale, const char* name, std::string& part) {
  Value value = dictFindStr(locale, internLiteral(name));
  if (!value)
    return true;
  if (!isStr(value))
    return raise(typeErrorType, "bad argument type for built-in operation");
  part.clear();
  return toUtf8(value, part);
}

/// With separators of the caller's: libmpdec lays it out.
Ref formatInLocale(const mpd_t* number, Value spec, Value locale, DecimalContext* context) {
  if (!isDict(locale))
    return raise(typeErrorType, "optional argument must be a dict");
  std::string text, dot, separator, grouping;
  mpd_spec_t parsed;
  if (!toUtf8(spec, text))
    return {};
  if (!mpd_parse_fmt_str(&parsed, text.c_str(), context->capitals))
    return raise(valueErrorType, "invalid format string");
  dot = parsed.dot;
  separator = parsed.sep;
  grouping = parsed.grouping;
  if (!localePart(asDict(locale), "decimal_point", dot) ||
      !localePart(asDict(locale), "thousands_sep", separator) ||
      !localePart(asDict(locale), "grouping", grouping))
    return {};
  parsed.dot = dot.c_str();
  parsed.sep = separator.c_str();
  parsed.grouping = grouping.c_str();
  if (mpd_validate_lconv(&parsed) < 0)
    return raise(valueErrorType, "invalid override dict");
  uint32_t status = 0;
  char* result = mpd_qformat_spec(number, &parsed, &context->state, &status);
  if (!result)
    return status & MPD_Malloc_error ? Ref(raiseMemoryError())
                                     : Ref(raise(valueErrorType, "format specification exceeds "
                                                                 "internal limits of _decimal"));
  Ref str = makeStr(result);
  mpd_free(result);
  return str;
}

} // namespace

Ref decimalFormat(Value self, Value spec, Value locale) {
  if (!isStr(spec))
    return raise(typeErrorType, "__format__() argument 1 must be str, not %T", spec);
  DecimalContext* context = currentDecimalContext();
  if (!context)
    return {};
  if (locale)
    return formatInLocale(numberOf(self), spec, locale, context);
  if (asStr(spec)->length == 0)
    return decimalText(numberOf(self), context->capitals != 0);
  FormatSpec parsed;
  if (!parseSpec(self, asStr(spec), parsed))
    return {};
  return Formatter(parsed, context).format(numberOf(self));
}

} // namespace pyc::rt
