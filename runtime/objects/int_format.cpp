// Formatting of ints: b c d o x X n, and as a float.
#include "runtime/objects/format_spec.h"
#include "runtime/objects/int_limit.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

bool checkIntSpec(const FormatSpec& spec) {
  if (spec.precision >= 0)
    return raise(valueErrorType, "Precision not allowed in integer format specifier");
  if (spec.noNegativeZero)
    return raise(valueErrorType,
                 "Negative zero coercion (z) not allowed in integer format specifier");
  return true;
}

Ref formatChar(Value integer, const FormatSpec& spec) {
  if (spec.sign)
    return raise(valueErrorType, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    return raise(valueErrorType,
                 "Alternate form (#) not allowed with integer format specifier 'c'");
  int64_t code;
  if (!intFits64(integer, code))
    return raise(overflowErrorType, "Python int too large to convert to C long");
  if (code < 0 || code > 0x10FFFF)
    return raise(overflowErrorType, "%%c arg not in range(0x110000)");
  PYC_TRY(text, makeStrChar(static_cast<uint32_t>(code)));
  return padText(asStr(text), spec);
}

Ref formatAsFloat(Value integer, const FormatSpec& spec) {
  double value;
  if (!intToDouble(integer, value))
    return raise(overflowErrorType, "int too large to convert to float");
  return formatFloat(value, spec);
}

Ref formatDigits(Value integer, const FormatSpec& spec, unsigned base, std::string_view prefix) {
  if (base == 10 && !checkDigitLimit(integer))
    return {};
  std::string digits;
  if (!appendDigits(digits, integer, base))
    return {};
  if (base == 10 && !checkDigitCount(digits.size()))
    return {};
  if (spec.type == 'X')
    for (char& c : digits)
      if (c >= 'a')
        c = static_cast<char>(c - 'a' + 'A');
  NumberText number;
  number.sign = intSign(integer) < 0 ? '-' : 0;
  if (spec.alternate)
    number.prefix = prefix;
  number.digits = digits;
  return formatNumber(number, spec);
}

} // namespace

Ref formatInt(Value integer, const FormatSpec& spec) {
  switch (spec.type) {
  case 'd':
  case 'n':
    return checkIntSpec(spec) ? formatDigits(integer, spec, 10, "") : Ref();
  case 'b':
    return checkIntSpec(spec) ? formatDigits(integer, spec, 2, "0b") : Ref();
  case 'o':
    return checkIntSpec(spec) ? formatDigits(integer, spec, 8, "0o") : Ref();
  case 'x':
    return checkIntSpec(spec) ? formatDigits(integer, spec, 16, "0x") : Ref();
  case 'X':
    return checkIntSpec(spec) ? formatDigits(integer, spec, 16, "0X") : Ref();
  case 'c':
    return checkIntSpec(spec) ? formatChar(integer, spec) : Ref();
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
  case '%':
    return formatAsFloat(integer, spec);
  default:
    return raiseUnknownFormatCode(spec.type, integer);
  }
}

Ref intFormat(const Value* args) {
  if (!strArg("__format__", 0, args[1]))
    return {};
  if (asStr(args[1])->length == 0)
    return str(args[0]);
  FormatSpec spec;
  if (!parseFormatSpec(asStr(args[1]), args[0], 'd', '>', spec))
    return {};
  return formatInt(args[0], spec);
}

} // namespace pyc::rt
