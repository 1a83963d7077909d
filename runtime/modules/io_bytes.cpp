// BytesIO: a binary stream in memory.
#include "runtime/modules/io.h"

#include "runtime/objects/buffer.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

struct BytesIoObject {
  Object header;
  Value storage; // bytearray, so that getbuffer() can lend it out; null: closed
  int64_t pos;
};

BytesIoObject* asBytesIo(Value value) {
  return value.as<BytesIoObject>();
}
ByteArrayObject* arrayOf(BytesIoObject* self) {
  return asByteArray(self->storage);
}

bool requireOpen(BytesIoObject* self) {
  return self->storage || static_cast<bool>(raise(valueErrorType, "I/O operation on closed file."));
}
bool requireUnexported(BytesIoObject* self) {
  if (!requireOpen(self))
    return false;
  return arrayOf(self)->exports == 0 ||
         static_cast<bool>(
             raise(bufferErrorType, "Existing exports of data: object cannot be re-sized"));
}

/// The next bytes, at most `size` unless negative; the position moves on.
std::string_view take(BytesIoObject* self, int64_t size) {
  std::string_view all = arrayOf(self)->view();
  auto start = static_cast<size_t>(std::min<int64_t>(self->pos, static_cast<int64_t>(all.size())));
  std::string_view result = all.substr(start, size < 0 ? all.npos : static_cast<size_t>(size));
  self->pos += static_cast<int64_t>(result.size());
  return result;
}

std::string_view takeLine(BytesIoObject* self, int64_t limit) {
  std::string_view all = arrayOf(self)->view();
  if (self->pos >= static_cast<int64_t>(all.size()))
    return {};
  size_t end = all.find('\n', static_cast<size_t>(self->pos));
  int64_t count = static_cast<int64_t>(end == all.npos ? all.size() : end + 1) - self->pos;
  return take(self, limit >= 0 ? std::min(limit, count) : count);
}

Ref readMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  int64_t size;
  if (!requireOpen(self) || !readSize(args[1], size))
    return {};
  return makeBytes(take(self, size));
}

Ref readlineMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  int64_t limit;
  if (!requireOpen(self) || !readSize(args[1], limit))
    return {};
  return makeBytes(takeLine(self, limit));
}

Ref readlinesMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  int64_t hint;
  if (!requireOpen(self) || !readSize(args[1], hint))
    return {};
  PYC_TRY(lines, newList(0));
  int64_t total = 0;
  for (;;) {
    std::string_view line = takeLine(self, -1);
    if (line.empty())
      return lines;
    PYC_TRY(bytes, makeBytes(line));
    if (!listAppend(asList(lines), bytes))
      return {};
    total += static_cast<int64_t>(line.size());
    if (hint > 0 && total >= hint)
      return lines;
  }
}

Ref readintoMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  BytesLike target;
  if (!requireOpen(self) || !target.openWritable(args[1]) || !requireOpen(self))
    return {};
  std::string_view data = take(self, target.size());
  data.copy(reinterpret_cast<char*>(target.writable()), data.size());
  return makeInt(static_cast<int64_t>(data.size()));
}

Ref nextSlot(Value value) {
  BytesIoObject* self = asBytesIo(value);
  if (!requireOpen(self))
    return {};
  std::string_view line = takeLine(self, -1);
  return line.empty() ? Ref() : makeBytes(line);
}

bool put(BytesIoObject* self, std::string_view data) {
  if (data.empty())
    return true;
  ByteArrayObject* array = arrayOf(self);
  int64_t old = array->length, end = self->pos + static_cast<int64_t>(data.size());
  if (end > old) {
    if (!byteArrayResize(array, end))
      return false;
    if (self->pos > old)
      memset(array->data + old, 0, static_cast<size_t>(self->pos - old));
  }
  memcpy(array->data + self->pos, data.data(), data.size());
  self->pos = end;
  return true;
}

Ref writeMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  BytesLike source;
  // Making the view may run Python code, which may close the stream or lend its memory out.
  if (!requireUnexported(self) || !source.open(args[1]) || !requireUnexported(self))
    return {};
  // The source may be this stream's own memory.
  std::string copy;
  std::string_view data = source.get();
  if (args[1] == self->storage)
    data = copy = std::string(data);
  if (!put(self, data))
    return {};
  return makeInt(static_cast<int64_t>(data.size()));
}

Ref writelinesMethod(const Value* args) {
  if (!requireOpen(asBytesIo(args[0])))
    return {};
  bool done = forEach(args[1], [&](Value line) {
    Value one[] = {args[0], line};
    return static_cast<bool>(writeMethod(one));
  });
  return done ? Ref::none() : Ref();
}

Ref seekMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  int64_t offset, whence = 0;
  if (!requireOpen(self) || !readOffset(args[1], offset) ||
      (args[2] && !toInt64(args[2], whence, &overflowErrorType)))
    return {};
  if (whence == 0 && offset < 0)
    return raise(valueErrorType, "negative seek value %lld", static_cast<long long>(offset));
  if (whence == 1)
    offset += self->pos;
  else if (whence == 2)
    offset += arrayOf(self)->length;
  else if (whence != 0)
    return raise(valueErrorType, "invalid whence (%d, should be 0, 1 or 2)",
                 static_cast<int>(whence));
  self->pos = std::max<int64_t>(offset, 0);
  return makeInt(self->pos);
}

Ref tellMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? makeInt(asBytesIo(args[0])->pos) : Ref();
}

Ref truncateMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  int64_t size = self->pos;
  if (!requireUnexported(self) ||
      (args[1] && !args[1].isNone() && (!readOffset(args[1], size) || !requireUnexported(self))))
    return {};
  if (size < 0)
    return raise(valueErrorType, "negative size value %lld", static_cast<long long>(size));
  if (size < arrayOf(self)->length && !byteArrayResize(arrayOf(self), size))
    return {};
  return makeInt(size);
}

Ref getvalueMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? makeBytes(arrayOf(asBytesIo(args[0]))->view()) : Ref();
}

Ref getbufferMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? call(&memoryViewType.header, asBytesIo(args[0])->storage)
                                         : Ref();
}

Ref closeMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  if (self->storage && !requireUnexported(self))
    return {};
  decrefMaybe(std::exchange(self->storage, Value()));
  return Ref::none();
}

Ref trueMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? Ref::boolean(true) : Ref();
}
Ref isattyMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? Ref::boolean(false) : Ref();
}
Ref flushMethod(const Value* args) {
  return requireOpen(asBytesIo(args[0])) ? Ref::none() : Ref();
}
Ref closedGetter(Value self) {
  return Ref::boolean(!asBytesIo(self)->storage);
}

Ref getstateMethod(const Value* args) {
  PYC_TRY(value, getvalueMethod(args));
  PYC_TRY(position, makeInt(asBytesIo(args[0])->pos));
  PYC_TRY(attributes, attributesOf(args[0]));
  return tupleOf(value, position, attributes);
}

Ref setstateMethod(const Value* args) {
  BytesIoObject* self = asBytesIo(args[0]);
  Value state = args[1];
  if (!isTuple(state) || asTuple(state)->count < 3)
    return raise(typeErrorType, "%T.__setstate__ argument should be 3-tuple, got %T", args[0],
                 state);
  if (!requireUnexported(self) || !byteArrayResize(arrayOf(self), 0))
    return {};
  self->pos = 0;
  const Value* items = asTuple(state)->items();
  Value put[] = {args[0], items[0]};
  if (!writeMethod(put) || !readPosition(items[1], "second", self->pos) ||
      !addAttributes(args[0], items[2], "third"))
    return {};
  return Ref::none();
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("BytesIO(initial_bytes=b'')");
  Value bound[1];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  if (asBytesIo(self)->storage && !requireUnexported(asBytesIo(self)))
    return false;
  BytesLike data;
  if (bound[0] && !bound[0].isNone() && !data.open(bound[0]))
    return false;
  PYC_TRY(storage, makeByteArray(data.get()));
  decrefMaybe(std::exchange(asBytesIo(self)->storage, storage.release()));
  asBytesIo(self)->pos = 0;
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Ref self = Ref::steal(allocObject(type));
  if (!self)
    return {};
  asBytesIo(self)->storage = makeByteArray({}).release();
  return asBytesIo(self)->storage ? std::move(self) : Ref();
}

void dealloc(Object* self) {
  decrefMaybe(reinterpret_cast<BytesIoObject*>(self)->storage);
  freeObject(self);
}

const MethodDef kMethods[] = {
    {.signature = "read($self, size=-1, /)", .bound = readMethod},
    {.signature = "read1($self, size=-1, /)", .bound = readMethod},
    {.signature = "readline($self, size=-1, /)", .bound = readlineMethod},
    {.signature = "readlines($self, size=None, /)", .bound = readlinesMethod},
    {.signature = "readinto($self, buffer, /)", .bound = readintoMethod},
    {.signature = "write($self, b, /)", .bound = writeMethod},
    {.signature = "writelines($self, lines, /)", .bound = writelinesMethod},
    {.signature = "seek($self, pos, whence=0, /)", .bound = seekMethod},
    {.signature = "tell($self, /)", .bound = tellMethod},
    {.signature = "truncate($self, size=None, /)", .bound = truncateMethod},
    {.signature = "getvalue($self, /)", .bound = getvalueMethod},
    {.signature = "getbuffer($self, /)", .bound = getbufferMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "flush($self, /)", .bound = flushMethod},
    {.signature = "isatty($self, /)", .bound = isattyMethod},
    {.signature = "readable($self, /)", .bound = trueMethod},
    {.signature = "writable($self, /)", .bound = trueMethod},
    {.signature = "seekable($self, /)", .bound = trueMethod},
    {.signature = "__getstate__($self, /)", .bound = getstateMethod},
    {.signature = "__setstate__($self, state, /)", .bound = setstateMethod},
};
const GetSetDef kGetSets[] = {{"closed", closedGetter}};

} // namespace

constinit TypeObject bytesIoType = {
    .name = "_io.BytesIO",
    .base = &bufferedIoBaseType,
    .basicSize = sizeof(BytesIoObject),
    .flags = kStreamFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Buffered I/O implementation using an in-memory bytes buffer.",
    .slots = {.dealloc = dealloc, .next = nextSlot, .create = create, .init = init},
};

} // namespace pyc::rt
