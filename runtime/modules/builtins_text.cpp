// Builtins about text: ascii, chr, format, ord, repr.
#include "runtime/modules/builtins.h"
#include "runtime/objects/known_functions.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

Ref asciiFunction(const Value* args) {
  return ascii(args[0]);
}

Ref reprFunction(const Value* args) {
  return repr(args[0]);
}

Ref formatFunction(const Value* args) {
  if (args[1] && !isStr(args[1]))
    return raise(typeErrorType, "format() argument 2 must be str, not %T", args[1]);
  return format(args[0], args[1]);
}

const MethodDef kFunctions[] = {
    {.signature = "ascii(obj, /)", .bound = asciiFunction},
    {.signature = "repr(obj, /)", .bound = reprFunction},
    {.signature = "format(value, format_spec='', /)", .bound = formatFunction},
    {.signature = "chr(i, /)", .bound = pycBuiltinChr},
    {.signature = "ord(character, /)", .bound = pycBuiltinOrd},
};

} // namespace

Ref pycBuiltinOrd(const Value* args) {
  int64_t length;
  if (isStr(args[0])) {
    length = asStr(args[0])->length;
    if (length == 1)
      return Ref::number(Value::fromInt(asStr(args[0])->at(0)));
  } else if (isBytes(args[0]) || isByteArray(args[0])) {
    std::string_view bytes =
        isBytes(args[0]) ? asBytes(args[0])->view() : asByteArray(args[0])->view();
    length = static_cast<int64_t>(bytes.size());
    if (length == 1)
      return Ref::number(Value::fromInt(static_cast<uint8_t>(bytes[0])));
  } else {
    return raise(typeErrorType, "ord() expected string of length 1, but %T found", args[0]);
  }
  return raise(typeErrorType, "ord() expected a character, but %s of length %lld found",
               isStr(args[0]) ? "string" : "bytes", static_cast<long long>(length));
}

Ref pycBuiltinChr(const Value* args) {
  int64_t codePoint;
  if (!toInt64(args[0], codePoint, &overflowErrorType)) {
    if (!catchRaised(overflowErrorType))
      return {};
    codePoint = -1;
  }
  if (codePoint < 0 || codePoint > 0x10FFFF)
    return raise(valueErrorType, "chr() arg not in range(0x110000)");
  return makeStrChar(static_cast<uint32_t>(codePoint));
}

std::span<const MethodDef> textBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
