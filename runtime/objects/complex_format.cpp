// Formatting of complex numbers: both parts by the same spec, the pair padded as one.
#include "runtime/objects/complex_slots.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float_format.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

#include <cmath>

namespace pyc::rt {

namespace {

bool checkSpec(const FormatSpec& spec, Value self) {
  switch (spec.type) {
  case 0:
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
  case 'n':
    break;
  default:
    return raiseUnknownFormatCode(spec.type, self);
  }
  if (!checkFloatPrecision(spec))
    return false;
  if (spec.fill == '0')
    return raise(valueErrorType, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=')
    return raise(valueErrorType, "'=' alignment flag is not allowed in complex format specifier");
  return true;
}

Ref formatPart(double value, const FormatSpec& spec, char sign) {
  FormatSpec part = spec;
  part.width = -1;
  part.sign = sign;
  FloatText text(value, spec, false);
  return formatNumber(text.number(), part);
}

Ref formatParts(ComplexNumber z, const FormatSpec& spec) {
  // Without a letter as repr() has it: brackets, unless the real part is plain zero.
  bool imagOnly = spec.type == 0 && z.real == 0 && !std::signbit(z.real);
  bool brackets = spec.type == 0 && !imagOnly;
  StrBuilder out;
  if (brackets)
    out.append("(");
  if (!imagOnly) {
    PYC_TRY(real, formatPart(z.real, spec, spec.sign));
    out.append(real);
  }
  PYC_TRY(imag, formatPart(z.imag, spec, imagOnly ? spec.sign : '+'));
  out.append(imag);
  out.append(brackets ? "j)" : "j");
  PYC_TRY(text, out.finish());
  return padText(asStr(text), spec);
}

} // namespace

Ref complexFormat(const Value* args) {
  if (!strArg("__format__", 0, args[1]))
    return {};
  if (asStr(args[1])->length == 0)
    return str(args[0]);
  FormatSpec spec;
  if (!parseFormatSpec(asStr(args[1]), args[0], 0, '>', spec) || !checkSpec(spec, args[0]))
    return {};
  return formatParts(asComplex(args[0])->number(), spec);
}

} // namespace pyc::rt
