// BufferedRWPair: a reader and a writer as one stream.
#include "runtime/modules/io.h"

#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

struct PairObject {
  Object header;
  Value reader, writer; // null: not initialised
};
PairObject* asPair(Value value) {
  return value.as<PairObject>();
}

Ref forward(Value stream, const char* method, const Value* args, size_t argc) {
  if (!stream)
    return raise(valueErrorType, "I/O operation on uninitialized object");
  return callMethod(stream, internLiteral(method), args, argc);
}

#define READER_METHOD(function, method)                                                            \
  Ref function(const Value* args) {                                                                \
    return forward(asPair(args[0])->reader, method, args + 1, args[1] ? 1 : 0);                    \
  }
READER_METHOD(readMethod, "read")
READER_METHOD(read1Method, "read1")
READER_METHOD(peekMethod, "peek")
READER_METHOD(readintoMethod, "readinto")
READER_METHOD(readinto1Method, "readinto1")
Ref readableMethod(const Value* args) {
  return forward(asPair(args[0])->reader, "readable", nullptr, 0);
}
Ref writeMethod(const Value* args) {
  return forward(asPair(args[0])->writer, "write", args + 1, 1);
}
Ref flushMethod(const Value* args) {
  return forward(asPair(args[0])->writer, "flush", nullptr, 0);
}
Ref writableMethod(const Value* args) {
  return forward(asPair(args[0])->writer, "writable", nullptr, 0);
}

Ref closeMethod(const Value* args) {
  Ref written = forward(asPair(args[0])->writer, "close", nullptr, 0);
  Ref error = takeRaised();
  Ref read = forward(asPair(args[0])->reader, "close", nullptr, 0);
  chainRaised(std::move(error));
  return isRaised() ? Ref() : std::move(read);
}

Ref isattyMethod(const Value* args) {
  PYC_TRY(writer, forward(asPair(args[0])->writer, "isatty", nullptr, 0));
  return writer.get().isTrue() ? std::move(writer)
                               : forward(asPair(args[0])->reader, "isatty", nullptr, 0);
}

Ref closedGetter(Value self) {
  if (!asPair(self)->writer)
    return raise(runtimeErrorType, "the BufferedRWPair object is being garbage-collected");
  return getAttr(asPair(self)->writer, internLiteral("closed"));
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("BufferedRWPair(reader, writer, buffer_size=131072, /)");
  Value bound[3];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  int64_t size = kDefaultBufferSize;
  if (bound[2] && !toInt64(bound[2], size, &overflowErrorType))
    return false;
  for (auto [stream, method] : {std::pair(bound[0], "readable"), std::pair(bound[1], "writable")}) {
    bool yes;
    if (!isFlagSet(stream, internLiteral(method), yes))
      return false;
    if (!yes)
      return raiseUnsupported(method[0] == 'r' ? "File or stream is not readable."
                                               : "File or stream is not writable.");
  }
  PYC_TRY(reader, makeBuffered(bufferedReaderType, bound[0], size));
  PYC_TRY(writer, makeBuffered(bufferedWriterType, bound[1], size));
  decrefMaybe(std::exchange(asPair(self)->reader, reader.release()));
  decrefMaybe(std::exchange(asPair(self)->writer, writer.release()));
  return true;
}

void dealloc(Object* self) {
  decrefMaybe(asPair(self)->reader);
  decrefMaybe(asPair(self)->writer);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  for (Value stream : {asPair(self)->reader, asPair(self)->writer})
    if (stream)
      visitor.visit(stream);
}
void clear(Object* self) {
  decrefMaybe(std::exchange(asPair(self)->reader, Value()));
  decrefMaybe(std::exchange(asPair(self)->writer, Value()));
}

const MethodDef kMethods[] = {
    {.signature = "read($self, size=-1, /)", .bound = readMethod},
    {.signature = "read1($self, size=-1, /)", .bound = read1Method},
    {.signature = "peek($self, size=0, /)", .bound = peekMethod},
    {.signature = "readinto($self, buffer, /)", .bound = readintoMethod},
    {.signature = "readinto1($self, buffer, /)", .bound = readinto1Method},
    {.signature = "write($self, buffer, /)", .bound = writeMethod},
    {.signature = "flush($self, /)", .bound = flushMethod},
    {.signature = "readable($self, /)", .bound = readableMethod},
    {.signature = "writable($self, /)", .bound = writableMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "isatty($self, /)", .bound = isattyMethod},
};
const GetSetDef kGetSets[] = {{"closed", closedGetter}};

} // namespace

constinit TypeObject bufferedPairType = {
    .name = "_io.BufferedRWPair",
    .base = &bufferedIoBaseType,
    .basicSize = sizeof(PairObject),
    .flags = kStreamFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clear, .init = init},
};

} // namespace pyc::rt
