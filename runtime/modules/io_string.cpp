// StringIO: a text stream in memory.
#include "runtime/modules/io.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

/// While a program only writes at the end, the text is in the builder; any other operation brings
/// it together into `text`.
struct StringIoObject {
  Object header;
  StrBuilder* builder; // text behind `text`; null: closed
  Value text;          // str
  int64_t pos;
  bool universal, translate;
  char lineEnd[3], writeEnd[3];
  uint8_t newlinesSeen;
  Value newline; // as given to the constructor
};

StringIoObject* asStringIo(Value value) {
  return value.as<StringIoObject>();
}

bool requireOpen(StringIoObject* self) {
  if (self->builder)
    return true;
  return raise(valueErrorType, "I/O operation on closed file");
}

/// Brings the text together.
bool settle(StringIoObject* self) {
  if (!requireOpen(self))
    return false;
  if (self->builder->length() == 0)
    return true;
  Ref tail = self->builder->finish();
  Ref whole = tail && asStr(self->text)->length > 0 ? strConcat(self->text, tail) : std::move(tail);
  if (!whole)
    return false;
  decref(std::exchange(self->text, whole.release()));
  return true;
}

int64_t endOf(const StringIoObject* self) {
  return asStr(self->text)->length + self->builder->length();
}

Ref replaceText(Value text, const char* from, const char* to) {
  PYC_TRY(old, makeStr(from));
  PYC_TRY(replacement, makeStr(to));
  Value args[] = {old, replacement};
  return callMethod(text, internLiteral("replace"), args, 2);
}

/// The text as it is stored: newlines translated as the constructor was told.
Ref storedForm(StringIoObject* self, Value text) {
  Ref result = Ref::copy(text);
  if (self->universal) {
    noteNewlines(asStr(text), self->newlinesSeen);
    if (self->translate)
      result = translateNewlines(asStr(text));
  }
  return result && *self->writeEnd ? replaceText(result, "\n", self->writeEnd) : std::move(result);
}

bool put(StringIoObject* self, Value given) {
  PYC_TRY(text, storedForm(self, given));
  int64_t count = asStr(text)->length;
  if (count == 0)
    return true;
  int64_t end = endOf(self);
  if (self->pos >= end) {
    self->builder->appendRepeated(0, self->pos - end);
    self->builder->append(text.get());
    self->pos += count;
    return true;
  }
  if (!settle(self))
    return false;
  StrObject* old = asStr(self->text);
  StrBuilder out;
  out.append(old, 0, self->pos);
  out.append(text.get());
  int64_t rest = std::min(self->pos + count, old->length);
  out.append(old, rest, old->length);
  PYC_TRY(whole, out.finish());
  decref(std::exchange(self->text, whole.release()));
  self->pos += count;
  return true;
}

Ref takeTo(StringIoObject* self, int64_t end) {
  int64_t start = std::min(self->pos, asStr(self->text)->length);
  self->pos = std::max(self->pos, end);
  return strSlice(asStr(self->text), start, std::max(start, end));
}

Ref readMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  int64_t size;
  if (!readSize(args[1], size) || !settle(self))
    return {};
  int64_t end = asStr(self->text)->length;
  return takeTo(self, size < 0 ? end : std::min(end, self->pos + size));
}

Ref readLine(StringIoObject* self, int64_t limit) {
  if (!settle(self))
    return {};
  StrObject* text = asStr(self->text);
  if (self->pos >= text->length)
    return makeStr("");
  int64_t end = findLineEnd(text, self->pos, self->lineEnd);
  if (end < 0)
    end = text->length;
  return takeTo(self, limit >= 0 ? std::min(end, self->pos + limit) : end);
}

Ref readlineMethod(const Value* args) {
  int64_t limit;
  return readSize(args[1], limit) ? readLine(asStringIo(args[0]), limit) : Ref();
}

Ref nextSlot(Value self) {
  PYC_TRY(line, readLine(asStringIo(self), -1));
  return asStr(line)->length > 0 ? std::move(line) : Ref();
}

Ref writeMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  if (!isStr(args[1]))
    return raise(typeErrorType, "string argument expected, got '%T'", args[1]);
  if (!requireOpen(self) || !put(self, args[1]))
    return {};
  return makeInt(asStr(args[1])->length);
}

Ref getvalueMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  return settle(self) ? Ref::copy(self->text) : Ref();
}

Ref seekMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  int64_t offset, whence = 0;
  if (!settle(self) || !readOffset(args[1], offset) ||
      (args[2] && !toInt64(args[2], whence, &overflowErrorType)))
    return {};
  if (whence < 0 || whence > 2)
    return raise(valueErrorType, "Invalid whence (%d, should be 0, 1 or 2)",
                 static_cast<int>(whence));
  if (whence == 0 && offset < 0)
    return raise(valueErrorType, "Negative seek position %lld", static_cast<long long>(offset));
  if (whence != 0 && offset != 0)
    return raise(osErrorType, "Can't do nonzero cur-relative seeks");
  self->pos = whence == 0 ? offset : whence == 1 ? self->pos : asStr(self->text)->length;
  return makeInt(self->pos);
}

Ref tellMethod(const Value* args) {
  return requireOpen(asStringIo(args[0])) ? makeInt(asStringIo(args[0])->pos) : Ref();
}

Ref truncateMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  int64_t size = self->pos;
  if (!settle(self) || (args[1] && !args[1].isNone() && !readOffset(args[1], size)))
    return {};
  if (size < 0)
    return raise(valueErrorType, "Negative size value %lld", static_cast<long long>(size));
  if (size < asStr(self->text)->length) {
    PYC_TRY(kept, strSlice(asStr(self->text), 0, size));
    decref(std::exchange(self->text, kept.release()));
  }
  return makeInt(size);
}

Ref closeMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  delete std::exchange(self->builder, nullptr);
  return Ref::none();
}

Ref trueMethod(const Value* args) {
  return requireOpen(asStringIo(args[0])) ? Ref::boolean(true) : Ref();
}
Ref closedGetter(Value self) {
  return Ref::boolean(!asStringIo(self)->builder);
}
Ref newlinesGetter(Value self) {
  StringIoObject* object = asStringIo(self);
  if (!requireOpen(object))
    return {};
  return object->universal ? newlinesSeenValue(object->newlinesSeen) : Ref::none();
}
Ref lineBufferingGetter(Value self) {
  return requireOpen(asStringIo(self)) ? Ref::boolean(false) : Ref();
}

Ref getstateMethod(const Value* args) {
  PYC_TRY(value, getvalueMethod(args));
  PYC_TRY(position, makeInt(asStringIo(args[0])->pos));
  PYC_TRY(attributes, attributesOf(args[0]));
  Value newline = asStringIo(args[0])->newline;
  PYC_TRY(defaultNewline, makeStr("\n"));
  return tupleOf(value, newline ? newline : defaultNewline.get(), position, attributes);
}

bool setNewline(StringIoObject* self, Value newline) {
  // Left out means "\n": no translation at all.
  bool given = static_cast<bool>(newline), none = given && newline.isNone();
  if (given && !none && !isStr(newline))
    return raise(typeErrorType, "newline must be str or None, not %T", newline);
  std::string storage;
  std::string_view text = !given ? "\n" : none ? "" : utf8View(newline, storage);
  if (text != "" && text != "\n" && text != "\r" && text != "\r\n")
    return raise(valueErrorType, "illegal newline value: %R", newline);
  self->universal = text.empty();
  self->translate = none;
  memset(self->lineEnd, 0, sizeof self->lineEnd);
  memset(self->writeEnd, 0, sizeof self->writeEnd);
  text.copy(self->lineEnd, text.size());
  if (none)
    self->lineEnd[0] = '\n';
  if (text != "\n")
    text.copy(self->writeEnd, text.size());
  decrefMaybe(std::exchange(self->newline, given ? Ref::copy(newline).release() : Value()));
  return true;
}

bool init(Value value, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("StringIO(initial_value='', newline='\\n')");
  Value bound[2];
  StringIoObject* self = asStringIo(value);
  if (!signature.bind(args, argc, kwnames, bound) || !setNewline(self, bound[1]))
    return false;
  if (bound[0] && !bound[0].isNone() && !isStr(bound[0]))
    return raise(typeErrorType, "initial_value must be str or None, not %T", bound[0]);
  PYC_TRY(empty, makeStr(""));
  decrefMaybe(std::exchange(self->text, empty.release()));
  delete std::exchange(self->builder, new StrBuilder);
  self->pos = 0;
  if (bound[0] && !bound[0].isNone() && (!put(self, bound[0]) || !settle(self)))
    return false;
  self->pos = 0;
  return true;
}

Ref setstateMethod(const Value* args) {
  StringIoObject* self = asStringIo(args[0]);
  Value state = args[1];
  if (!requireOpen(self))
    return {};
  if (!isTuple(state) || asTuple(state)->count < 4)
    return raise(typeErrorType, "%T.__setstate__ argument should be 4-tuple, got %T", args[0],
                 state);
  const Value* items = asTuple(state)->items();
  int64_t position = 0;
  if (!init(args[0], items, 2, Value()))
    return {};
  // The text has its newlines translated already.
  if (isStr(items[0]))
    decref(std::exchange(self->text, Ref::copy(items[0]).release()));
  if (!readPosition(items[2], "third", position) || !addAttributes(args[0], items[3], "fourth"))
    return {};
  self->pos = position;
  return Ref::none();
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Ref self = Ref::steal(allocObject(type));
  if (!self)
    return {};
  asStringIo(self)->text = makeStr("").release();
  asStringIo(self)->builder = new StrBuilder;
  asStringIo(self)->lineEnd[0] = '\n';
  return self;
}

void dealloc(Object* object) {
  StringIoObject* self = asStringIo(object);
  delete self->builder;
  decrefMaybe(self->text);
  decrefMaybe(self->newline);
  freeObject(object);
}

const MethodDef kMethods[] = {
    {.signature = "read($self, size=-1, /)", .bound = readMethod},
    {.signature = "readline($self, size=-1, /)", .bound = readlineMethod},
    {.signature = "write($self, s, /)", .bound = writeMethod},
    {.signature = "getvalue($self, /)", .bound = getvalueMethod},
    {.signature = "seek($self, pos, whence=0, /)", .bound = seekMethod},
    {.signature = "tell($self, /)", .bound = tellMethod},
    {.signature = "truncate($self, pos=None, /)", .bound = truncateMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "readable($self, /)", .bound = trueMethod},
    {.signature = "writable($self, /)", .bound = trueMethod},
    {.signature = "seekable($self, /)", .bound = trueMethod},
    {.signature = "__getstate__($self, /)", .bound = getstateMethod},
    {.signature = "__setstate__($self, state, /)", .bound = setstateMethod},
};
const GetSetDef kGetSets[] = {
    {"closed", closedGetter},
    {"newlines", newlinesGetter},
    {"line_buffering", lineBufferingGetter},
};

} // namespace

constinit TypeObject stringIoType = {
    .name = "_io.StringIO",
    .base = &textIoBaseType,
    .basicSize = sizeof(StringIoObject),
    .flags = kStreamFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Text I/O implementation using an in-memory buffer.",
    .slots = {.dealloc = dealloc, .next = nextSlot, .create = create, .init = init},
};

} // namespace pyc::rt
