#include "runtime/modules/marshal_format.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

bool writeArguments(Value value, Value versionArgument, Value allowCode, std::string& out) {
  int version = kMarshalVersion;
  bool allowsCode = true;
  if ((versionArgument && !intArg(versionArgument, version)) || !boolArg(allowCode, allowsCode))
    return false;
  MarshalWriter writer(version, allowsCode);
  if (!writer.write(value))
    return false;
  out = std::move(writer.bytes());
  return true;
}

/// args: value, version, allow_code
Ref dumps(const Value* args) {
  std::string bytes;
  return writeArguments(args[1], args[2], args[3], bytes) ? makeBytes(bytes) : Ref();
}

/// args: value, file, version, allow_code
Ref dump(const Value* args) {
  std::string bytes;
  if (!writeArguments(args[1], args[3], args[4], bytes))
    return {};
  PYC_TRY(data, makeBytes(bytes));
  return callMethod(args[2], internLiteral("write"), data);
}

/// args: bytes, allow_code
Ref loads(const Value* args) {
  BytesLike bytes;
  bool allowsCode = true;
  if (!bytes.open(args[1]) || !boolArg(args[2], allowsCode))
    return {};
  MarshalReader reader(bytes.get(), allowsCode);
  return reader.prepare() ? reader.read() : Ref();
}

/// Everything that a file has from here on.
Ref readRest(Value file) {
  PYC_TRY(data, callMethod(file, internLiteral("read")));
  if (!isBytes(data))
    return raise(typeErrorType, "file.read() returned not bytes but %T", data.get());
  return data;
}

/// args: file, allow_code. The file goes on behind the value that is read.
Ref load(const Value* args) {
  bool allowsCode = true;
  if (!boolArg(args[2], allowsCode))
    return {};
  PYC_TRY(data, readRest(args[1]));
  std::string_view bytes = asBytes(data)->view();
  MarshalReader reader(bytes, allowsCode);
  if (!reader.prepare())
    return {};
  PYC_TRY(value, reader.read());
  auto unread = static_cast<int64_t>(bytes.size() - reader.position());
  if (unread == 0)
    return value;
  Value arguments[] = {Value::fromInt(-unread), Value::fromInt(1)};
  PYC_TRY(place, callMethod(args[1], internLiteral("seek"), arguments, 2));
  return value;
}

constexpr MethodDef kFunctions[] = {
    {.signature = "dump($module, value, file, version=version, /, *, allow_code=True)",
     .bound = dump,
     .doc = "Writes a value to a binary file."},
    {.signature = "load($module, file, /, *, allow_code=True)",
     .bound = load,
     .doc = "Reads a value from a binary file."},
    {.signature = "dumps($module, value, version=version, /, *, allow_code=True)",
     .bound = dumps,
     .doc = "A value as bytes."},
    {.signature = "loads($module, bytes, /, *, allow_code=True)",
     .bound = loads,
     .doc = "The value at the beginning of bytes."},
};

} // namespace

bool fillModule_marshal(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addInt(module, "version", kMarshalVersion) &&
         addStr(module, "__doc__", "Values of built-in types as bytes, and back.");
}

} // namespace pyc::rt
