// The module `_io`: open() and the table of the stream types.
#include "runtime/modules/io.h"
#include "runtime/modules/registry.h"

#include "runtime/modules/file_system.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

struct Mode {
  bool creating = false, reading = false, writing = false, appending = false, updating = false;
  bool text = false, binary = false;

  std::string raw() const {
    std::string result;
    if (creating)
      result += 'x';
    if (reading)
      result += 'r';
    if (writing)
      result += 'w';
    if (appending)
      result += 'a';
    if (updating)
      result += '+';
    return result;
  }
};

bool parseMode(Value value, Mode& mode) {
  std::string storage;
  std::string_view text = utf8View(value, storage);
  std::string seen;
  for (char letter : text) {
    bool* flag = letter == 'x'   ? &mode.creating
                 : letter == 'r' ? &mode.reading
                 : letter == 'w' ? &mode.writing
                 : letter == 'a' ? &mode.appending
                 : letter == '+' ? &mode.updating
                 : letter == 't' ? &mode.text
                 : letter == 'b' ? &mode.binary
                                 : nullptr;
    if (!flag || *flag)
      return raise(valueErrorType, "invalid mode: '%S'", value);
    *flag = true;
  }
  if (mode.text && mode.binary)
    return raise(valueErrorType, "can't have text and binary mode at once");
  if (mode.creating + mode.reading + mode.writing + mode.appending != 1)
    return raise(valueErrorType, "must have exactly one of create/read/write/append mode");
  return true;
}

bool isGiven(Value value) {
  return value && !value.isNone();
}

bool checkBinary(const Mode& mode, Value encoding, Value errors, Value newline) {
  if (!mode.binary)
    return true;
  if (isGiven(encoding))
    return raise(valueErrorType, "binary mode doesn't take an encoding argument");
  if (isGiven(errors))
    return raise(valueErrorType, "binary mode doesn't take an errors argument");
  if (isGiven(newline))
    return raise(valueErrorType, "binary mode doesn't take a newline argument");
  return true;
}

/// Whatever was opened is closed when a layer above it can't be made.
Ref closeAfterError(Value stream) {
  Ref error = takeRaised();
  if (!callMethod(stream, names::close))
    clearRaised();
  restoreRaised(std::move(error));
  return {};
}

Ref makeRaw(Value file, const Mode& mode, bool closeFd, Value opener) {
  PYC_TRY(rawMode, makeStr(mode.raw()));
  Value args[] = {file, rawMode, Value::fromBool(closeFd), opener ? opener : Value::none()};
  return call(&fileIoType.header, args, 4);
}

Ref buffer(Value raw, const Mode& mode, int64_t size) {
  if (mode.updating)
    return makeBuffered(bufferedRandomType, raw, size);
  return makeBuffered(mode.reading ? bufferedReaderType : bufferedWriterType, raw, size);
}

} // namespace

Ref openFile(Value file, Value modeText, int64_t buffering, Value encoding, Value errors,
             Value newline, bool closeFd, Value opener) {
  Mode mode;
  PYC_TRY(path, isInteger(file) ? Ref::copy(file) : fileSystemPath(file));
  if (!parseMode(modeText, mode) || !checkBinary(mode, encoding, errors, newline))
    return {};
  if (mode.binary && buffering == 1 &&
      !warn(runtimeWarningType, 1,
            "line buffering (buffering=1) isn't supported in binary mode, the default buffer size "
            "will be used"))
    return {};
  PYC_TRY(raw, makeRaw(path, mode, closeFd, opener));
  bool isTerminal = false;
  if (buffering < 0 && !isFlagSet(raw, internLiteral("isatty"), isTerminal))
    return closeAfterError(raw);
  bool lineBuffering = (buffering == 1 && !mode.binary) || (buffering < 0 && isTerminal);
  if (buffering < 0 || buffering == 1)
    buffering = asFile(raw)->blockSize;
  if (buffering == 0) {
    if (mode.binary)
      return raw;
    raise(valueErrorType, "can't have unbuffered text I/O");
    return closeAfterError(raw);
  }
  Ref buffered = buffer(raw, mode, buffering);
  if (!buffered)
    return closeAfterError(raw);
  if (mode.binary)
    return buffered;
  TextOptions options;
  options.encoding = encoding;
  options.errors = errors;
  options.newline = newline;
  options.lineBuffering = lineBuffering;
  Ref text = makeText(buffered, options);
  if (!text || !setOwnAttr(text.get().object(), internLiteral("mode"), modeText))
    return closeAfterError(buffered);
  return text;
}

namespace {

Ref openFunction(const Value* args) {
  PYC_TRY(defaultMode, makeStr("r"));
  Value mode = args[1] ? args[1] : defaultMode.get();
  if (!isStr(mode))
    return raise(typeErrorType, "open() argument 'mode' must be str, not %T", mode);
  int64_t buffering = -1;
  bool closeFd = true;
  if ((args[2] && !toInt64(args[2], buffering, &overflowErrorType)) ||
      (args[6] && !truth(args[6], closeFd)))
    return {};
  for (auto [index, name] :
       {std::pair(3, "encoding"), std::pair(4, "errors"), std::pair(5, "newline")})
    if (isGiven(args[index]) && !isStr(args[index]))
      return raise(typeErrorType, "open() argument '%s' must be str or None, not %T", name,
                   args[index]);
  return openFile(args[0], mode, buffering, args[3], args[4], args[5], closeFd, args[7]);
}

Ref openCodeFunction(const Value* args) {
  PYC_TRY(mode, makeStr("rb"));
  return openFile(args[0], mode, -1, Value(), Value(), Value(), true, Value());
}

Ref textEncodingFunction(const Value* args) {
  return isGiven(args[0]) ? Ref::copy(args[0]) : makeStr("utf-8");
}

constexpr char kOpenSignature[] =
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, "
    "closefd=True, opener=None)";

const MethodDef kFunctions[] = {
    {.signature = kOpenSignature, .bound = openFunction},
    {.signature = "open_code(path)", .bound = openCodeFunction},
    {.signature = "text_encoding(encoding, stacklevel=2, /)", .bound = textEncodingFunction},
};

TypeObject* const kTypes[] = {
    &ioBaseType,         &rawIoBaseType,
    &bufferedIoBaseType, &textIoBaseType,
    &fileIoType,         &bytesIoType,
    &stringIoType,       &bufferedReaderType,
    &bufferedWriterType, &bufferedRandomType,
    &bufferedPairType,   &textIoWrapperType,
    &newlineDecoderType, &unsupportedOperationType,
};

} // namespace

const MethodDef& openDefinition() {
  return kFunctions[0];
}

bool fillModule__io(ModuleObject* module) {
  for (TypeObject* type : kTypes) {
    readyType(type);
    if (!addType(module, *type))
      return false;
  }
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addInt(module, "DEFAULT_BUFFER_SIZE", kDefaultBufferSize) &&
         addValue(module, "BlockingIOError", Ref::copy(&blockingIOErrorType.header));
}

} // namespace pyc::rt
