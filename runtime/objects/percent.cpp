#include "runtime/objects/percent.h"

#include "runtime/objects/format_spec.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

// Arguments.

int64_t PercentArgs::count() const {
  return isTuple_ ? asTuple(args_)->count : 1;
}

Raised PercentArgs::raiseTooFew() const {
  return raise(typeErrorType, "not enough arguments for format string (got %lld)",
               static_cast<long long>(count()));
}

Value PercentArgs::next(int64_t place) {
  if (hasKey_)
    return item_;
  if (keysUsed_) {
    raise(valueErrorType, "format requires a parenthesised mapping key at position %lld",
          static_cast<long long>(place));
    return {};
  }
  if (taken_ == count()) {
    raiseTooFew();
    return {};
  }
  int64_t i = taken_++;
  return isTuple_ ? asTuple(args_)->items()[i] : args_;
}

bool PercentArgs::checkMapping() const {
  if (isMapping_)
    return true;
  return raise(typeErrorType, "format requires a mapping, not %Q", args_);
}

bool PercentArgs::find(Value key) {
  item_ = getItem(args_, key);
  if (!item_)
    return false;
  key_ = Ref::copy(key);
  hasKey_ = keysUsed_ = true;
  return true;
}

bool PercentArgs::finish(const char* kind) const {
  if (isMapping_ || taken_ == count())
    return true;
  return raise(typeErrorType,
               "not all arguments converted during %s formatting (required %lld, got %lld)", kind,
               static_cast<long long>(taken_), static_cast<long long>(count()));
}

Raised PercentArgs::raiseAbout(TypeObject& type, const char* message, uint32_t letter,
                               Value value) {
  Ref text =
      letter ? formatText(message, static_cast<int>(letter), value) : formatText(message, value);
  if (!text)
    return {};
  if (hasKey_)
    return raise(type, "format argument %R: %S", Value(key_), Value(text));
  if (isTuple_)
    return raise(type, "format argument %lld: %S", static_cast<long long>(taken_), Value(text));
  return raise(type, "format argument: %S", Value(text));
}

Raised raiseBadLetter(const PercentSpec& spec, const char* shown) {
  uint32_t lower = spec.letter | 0x20;
  if (spec.letter < 128 && lower - 'a' < 26)
    return raise(valueErrorType, "unsupported format %%%c at position %lld",
                 static_cast<int>(spec.letter), static_cast<long long>(spec.start));
  return raise(valueErrorType,
               "stray %% at position %lld or unexpected format character %s at position %lld",
               static_cast<long long>(spec.start), shown, static_cast<long long>(spec.place));
}

// Numbers.

namespace {

/// The layout that the specifier asks for, as the format mini-language has it.
FormatSpec layoutOf(const PercentSpec& spec) {
  FormatSpec layout;
  layout.type = spec.letter == 'i' || spec.letter == 'u' ? 'd' : spec.letter;
  layout.sign = spec.plus ? '+' : spec.blank ? ' ' : 0;
  layout.alternate = spec.alternate;
  layout.width = spec.width;
  layout.align = spec.left ? '<' : spec.zero ? '=' : '>';
  layout.fill = spec.zero && !spec.left ? '0' : ' ';
  return layout;
}

bool isDecimal(uint32_t letter) {
  return letter == 'd' || letter == 'i' || letter == 'u';
}

/// The integer to print: __index__, or for decimals also __int__ of other numbers.
Ref integerOf(const PercentSpec& spec, Value value, PercentArgs& args) {
  if (PYC_LIKELY(isInteger(value)))
    return Ref::copy(value);
  const TypeSlots& slots = typeOf(value)->slots;
  bool decimal = isDecimal(spec.letter);
  const char* wanted =
      decimal ? "%%%c requires a real number, not %Q" : "%%%c requires an integer, not %Q";
  Ref integer;
  if (decimal ? slots.toInt || slots.index || isFloat(value) : slots.index != nullptr) {
    integer = decimal ? toInt(value) : toIndex(value);
    if (integer || !isRaised(typeErrorType))
      return integer;
    clearRaised();
  }
  return args.raiseAbout(typeErrorType, wanted, spec.letter, value);
}

/// An integer with a least number of digits: zeros go between sign and prefix and the digits.
Ref paddedDigits(Value integer, const PercentSpec& spec) {
  if (spec.precision > INT32_MAX - 3)
    return raise(overflowErrorType, "precision too large");
  FormatSpec plain;
  plain.type = isDecimal(spec.letter) ? 'd' : spec.letter;
  plain.align = '>';
  PYC_TRY(text, formatInt(integer, plain));
  std::string digits(text.as<StrObject>()->asciiView());
  NumberText number;
  if (digits[0] == '-') {
    number.sign = '-';
    digits.erase(0, 1);
  }
  if (static_cast<int64_t>(digits.size()) < spec.precision)
    digits.insert(0, static_cast<size_t>(spec.precision) - digits.size(), '0');
  number.digits = digits;
  if (spec.alternate && !isDecimal(spec.letter))
    number.prefix = spec.letter == 'o' ? "0o" : spec.letter == 'x' ? "0x" : "0X";
  return formatNumber(number, layoutOf(spec));
}

} // namespace

Ref percentNumber(const PercentSpec& spec, Value value, PercentArgs& args) {
  if (isDecimal(spec.letter) || spec.letter == 'x' || spec.letter == 'X' || spec.letter == 'o') {
    PYC_TRY(integer, integerOf(spec, value, args));
    if (spec.precision >= 0)
      return paddedDigits(integer, spec);
    return formatInt(integer, layoutOf(spec));
  }
  double number;
  if (!toDouble(value, number)) {
    if (!isRaised(typeErrorType))
      return {};
    clearRaised();
    return args.raiseAbout(typeErrorType, "%%%c requires a real number, not %Q", spec.letter,
                           value);
  }
  FormatSpec layout = layoutOf(spec);
  layout.precision = spec.precision < 0 ? 6 : spec.precision;
  return formatFloat(number, layout);
}

int64_t percentCharCode(Value value, int64_t limit, const char* wanted, PercentArgs& args) {
  Ref integer;
  if (isInteger(value) || typeOf(value)->slots.index) {
    integer = toIndex(value);
    if (!integer)
      return -1;
  } else {
    args.raiseAbout(typeErrorType, wanted, 0, value);
    return -1;
  }
  int64_t code;
  if (intFits64(integer, code) && code >= 0 && code < limit)
    return code;
  args.raiseAbout(overflowErrorType, limit == 256 ? "%%c argument not in range(256)"
                                                  : "%%c argument not in range(0x110000)");
  return -1;
}

} // namespace pyc::rt
