// The module _json: what the package json is fast with.
#include "runtime/modules/json_text.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

Ref scanString(const Value* args) {
  int64_t end = 0, next = 0;
  bool strict = true;
  if (!sizeArg(args[1], end) || !boolArg(args[2], strict))
    return {};
  if (!isStr(args[0]))
    return raiseBadArgument("scanstring", 1, "str", args[0]);
  PYC_TRY(text, json::readString(asStr(args[0]), end, strict, next));
  return tupleOf(text.get(), Value::fromInt(next));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "scanstring(pystr, end, strict=True, /)",
     .bound = scanString,
     .doc = "The JSON string whose opening quote is before `end`, and the place behind it.\n\n"
            "Unless `strict` is true, it may contain control characters."},
    {.signature = "encode_basestring(pystr, /)",
     .bound = json::encodeBaseString,
     .doc = "The JSON form of a string."},
    {.signature = "encode_basestring_ascii(pystr, /)",
     .bound = json::encodeBaseStringAscii,
     .doc = "The JSON form of a string, in ASCII only."},
};

} // namespace

bool fillModule__json(ModuleObject* module) {
  readyType(&json::scannerType);
  readyType(&json::encoderType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "make_scanner", Ref::copy(&json::scannerType.header)) &&
         addValue(module, "make_encoder", Ref::copy(&json::encoderType.header)) &&
         addStr(module, "__doc__", "What the package json is fast with.");
}

} // namespace pyc::rt
