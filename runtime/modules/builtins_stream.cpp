// Builtins about streams: print, input, open.
#include "runtime/modules/builtins.h"

#include "runtime/modules/io.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/system.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cstdio>
#include <unistd.h>

namespace pyc::rt {

namespace {

bool checkText(Value value, const char* name) {
  if (!value || value.isNone() || isStr(value))
    return true;
  return raise(typeErrorType, "%s must be None or a string, not %T", name, value);
}

bool printItem(Value file, Value item) {
  if (hasShape(item, kShapeStr))
    return writeToFile(file, item);
  PYC_TRY(text, str(item));
  return writeToFile(file, text);
}

Ref printFunction(const Value* args) {
  enum { kObjects, kSep, kEnd, kFile, kFlush };
  Value sep = args[kSep], end = args[kEnd];
  bool flush = false;
  if (!checkText(sep, "sep") || !checkText(end, "end") ||
      (args[kFlush] && !truth(args[kFlush], flush)))
    return {};
  Ref file = args[kFile] && !args[kFile].isNone() ? Ref::copy(args[kFile]) : systemValue("stdout");
  if (!file)
    return raise(runtimeErrorType, "lost sys.stdout");
  if (file.isNone())
    return Ref::none();
  const TupleObject* objects = asTuple(args[kObjects]);
  for (int64_t k = 0; k < objects->count; ++k) {
    if (k > 0 && !writeToFile(file, sep && !sep.isNone() ? sep : Value(names::space)))
      return {};
    if (!printItem(file, objects->items()[k]))
      return {};
  }
  if (!writeToFile(file, end && !end.isNone() ? end : Value(names::newline)))
    return {};
  if (flush && !flushFile(file))
    return {};
  return Ref::none();
}

/// sys.<name>; RuntimeError when it is gone.
Ref requireStream(const char* name) {
  Ref stream = systemValue(name);
  if (!stream || stream.isNone())
    return raise(runtimeErrorType, "lost sys.%s", name);
  return stream;
}

Ref inputFunction(const Value* args) {
  PYC_TRY(in, requireStream("stdin"));
  PYC_TRY(out, requireStream("stdout"));
  PYC_TRY(err, requireStream("stderr"));
  if (!flushFile(err))
    clearRaised();
  if (args[0]) {
    PYC_TRY(prompt, str(args[0]));
    if (!writeToFile(out, prompt))
      return {};
  }
  if (!flushFile(out))
    clearRaised();
  PYC_TRY(line, callMethod(in, names::readline));
  if (!isStr(line))
    return raise(typeErrorType, "object.readline() returned non-string");
  int64_t length = asStr(line)->length;
  if (length == 0)
    return raise(eofErrorType, "EOF when reading a line");
  if (asStr(line)->at(length - 1) == '\n')
    return strSlice(asStr(line), 0, length - 1);
  return line;
}

const MethodDef kFunctions[] = {
    {.signature = "print(*objects, sep=' ', end='\\n', file=None, flush=False)",
     .bound = printFunction},
    {.signature = "input(prompt='', /)", .bound = inputFunction},
};

} // namespace

std::span<const MethodDef> streamBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
