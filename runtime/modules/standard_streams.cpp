#include "runtime/modules/standard_streams.h"

#include "runtime/modules/io.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"

#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref makeStream(int fd, bool writes, const char* name, const char* errors) {
  if (fcntl(fd, F_GETFL) < 0)
    return Ref::none();
  PYC_TRY(streamName, makeStr(name));
  PYC_TRY(raw, makeFile(fd, !writes, writes, false, streamName));
  PYC_TRY(buffered, makeBuffered(writes ? bufferedWriterType : bufferedReaderType, raw, 8192));
  PYC_TRY(errorName, makeStr(errors));
  PYC_TRY(encoding, makeStr("utf-8"));
  TextOptions options;
  PYC_TRY(newline, makeStr("\n"));
  options.encoding = encoding;
  options.errors = errorName;
  // Output is not translated; input knows all newlines.
  options.newline = writes ? newline.get() : Value();
  bool isError = fd == STDERR_FILENO;
  options.lineBuffering = isError || isatty(fd) == 1;
  PYC_TRY(text, makeText(buffered, options));
  PYC_TRY(mode, makeStr(writes ? "w" : "r"));
  if (!setOwnAttr(text.get().object(), internLiteral("mode"), mode))
    return {};
  return text;
}

bool addStream(ModuleObject* sys, const char* name, const char* original, Ref stream) {
  return stream && addValue(sys, original, Ref::copy(stream)) &&
         addValue(sys, name, std::move(stream));
}

bool isOurText(Value file) {
  return file.isObject() && typeOf(file) == &textIoWrapperType;
}

} // namespace

bool addStandardStreams(ModuleObject* sys) {
  return addStream(sys, "stdin", "__stdin__",
                   makeStream(STDIN_FILENO, false, "<stdin>", "strict")) &&
         addStream(sys, "stdout", "__stdout__",
                   makeStream(STDOUT_FILENO, true, "<stdout>", "strict")) &&
         addStream(sys, "stderr", "__stderr__",
                   makeStream(STDERR_FILENO, true, "<stderr>", "backslashreplace"));
}

bool writeToFile(Value file, Value text) {
  if (PYC_LIKELY(isOurText(file)))
    return textWrite(asText(file), asStr(text));
  return static_cast<bool>(callMethod(file, names::write, text));
}

bool flushFile(Value file) {
  return static_cast<bool>(callMethod(file, names::flush));
}

void writeStandardError(Value text) {
  Ref pending = takeRaised();
  Ref file = systemValue("stderr");
  if (file && !file.isNone() && writeToFile(file, text) && flushFile(file)) {
    restoreRaised(std::move(pending));
    return;
  }
  clearRaised();
  std::string storage;
  std::string_view bytes = utf8View(text, storage);
  while (!bytes.empty()) {
    ssize_t count = write(STDERR_FILENO, bytes.data(), bytes.size());
    if (count <= 0)
      break;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  restoreRaised(std::move(pending));
}

bool flushStandardStreams() {
  Ref pending = takeRaised();
  bool good = true;
  for (const char* name : {"stdout", "stderr"}) {
    Ref file = systemValue(name);
    if (!file || file.isNone())
      continue;
    Ref closed;
    bool isClosed = false;
    if (findAttr(file, internLiteral("closed"), closed) && closed)
      isClosed = closed.get().isTrue();
    clearRaised();
    if (isClosed || flushFile(file))
      continue;
    writeUnraisable("Exception ignored while flushing sys.stdout", Value());
    good = false;
  }
  restoreRaised(std::move(pending));
  return good;
}

} // namespace pyc::rt
