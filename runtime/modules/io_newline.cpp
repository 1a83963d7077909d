// Newlines in text streams, and IncrementalNewlineDecoder.
#include "runtime/modules/io.h"

#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

Ref newlinesSeenValue(uint8_t kinds) {
  Ref found[3];
  size_t count = 0;
  if (kinds & kNewlineCR)
    found[count++] = makeStr("\r");
  if (kinds & kNewlineLF)
    found[count++] = makeStr("\n");
  if (kinds & kNewlineCRLF)
    found[count++] = makeStr("\r\n");
  for (size_t k = 0; k < count; ++k)
    if (!found[k])
      return {};
  if (count == 0)
    return Ref::none();
  if (count == 1)
    return std::move(found[0]);
  Value items[] = {found[0], found[1], found[2]};
  return makeTuple(items, count);
}

void noteNewlines(const StrObject* text, uint8_t& kinds) {
  constexpr uint8_t kAll = kNewlineLF | kNewlineCR | kNewlineCRLF;
  for (int64_t i = 0; i < text->length && kinds != kAll; ++i) {
    uint32_t c = text->at(i);
    if (c == '\n') {
      kinds |= kNewlineLF;
    } else if (c == '\r') {
      bool pair = i + 1 < text->length && text->at(i + 1) == '\n';
      kinds |= pair ? kNewlineCRLF : kNewlineCR;
      i += pair;
    }
  }
}

Ref translateNewlines(StrObject* text) {
  StrBuilder out;
  int64_t start = 0;
  for (int64_t i = 0; i < text->length; ++i) {
    if (text->at(i) != '\r')
      continue;
    out.append(text, start, i);
    out.appendChar('\n');
    if (i + 1 < text->length && text->at(i + 1) == '\n')
      ++i;
    start = i + 1;
  }
  out.append(text, start, text->length);
  return out.finish();
}

namespace {

template <class Char> int64_t findAny(const Char* text, int64_t start, int64_t length) {
  for (int64_t i = start; i < length; ++i) {
    if (text[i] == '\n')
      return i + 1;
    if (text[i] == '\r')
      return i + 1 < length && text[i + 1] == '\n' ? i + 2 : i + 1;
  }
  return -1;
}

template <class Char>
int64_t findSequence(const Char* text, int64_t start, int64_t length, const char* end,
                     int64_t endLength) {
  for (int64_t i = start; i + endLength <= length; ++i)
    if (text[i] == static_cast<Char>(end[0]) &&
        (endLength == 1 || text[i + 1] == static_cast<Char>(end[1])))
      return i + endLength;
  return -1;
}

template <class Char> int64_t findEnd(const StrObject* text, int64_t start, const char* lineEnd) {
  const Char* data = text->data<Char>();
  if (!*lineEnd)
    return findAny(data, start, text->length);
  if constexpr (sizeof(Char) == 1) {
    if (!lineEnd[1]) {
      const void* found =
          memchr(data + start, lineEnd[0], static_cast<size_t>(text->length - start));
      return found ? static_cast<const Char*>(found) - data + 1 : -1;
    }
  }
  return findSequence(data, start, text->length, lineEnd, static_cast<int64_t>(strlen(lineEnd)));
}

} // namespace

int64_t findLineEnd(const StrObject* text, int64_t start, const char* lineEnd) {
  switch (text->width()) {
  case 1:
    return findEnd<uint8_t>(text, start, lineEnd);
  case 2:
    return findEnd<uint16_t>(text, start, lineEnd);
  default:
    return findEnd<uint32_t>(text, start, lineEnd);
  }
}

// IncrementalNewlineDecoder

namespace {

struct NewlineDecoderObject {
  Object header;
  Value decoder; // or None
  bool translate, pendingReturn;
  uint8_t kinds;
};
NewlineDecoderObject* asDecoder(Value value) {
  return value.as<NewlineDecoderObject>();
}

Ref decodeMethod(const Value* args) {
  NewlineDecoderObject* self = asDecoder(args[0]);
  bool final = false;
  if (args[2] && !truth(args[2], final))
    return {};
  Ref text;
  if (self->decoder.isNone()) {
    text = Ref::copy(args[1]);
  } else {
    Value all[] = {args[1], Value::fromBool(final)};
    text = callMethod(self->decoder, internLiteral("decode"), all, 2);
  }
  if (!text)
    return {};
  if (!isStr(text))
    return raise(typeErrorType, "decoder should return a string result, not '%T'", text.get());
  if (self->pendingReturn && (final || asStr(text)->length > 0)) {
    Ref held = makeStr("\r");
    text = held ? strConcat(held, text) : Ref();
    self->pendingReturn = false;
  }
  if (!text)
    return {};
  StrObject* str = asStr(text);
  if (!final && str->length > 0 && str->at(str->length - 1) == '\r') {
    text = strSlice(str, 0, str->length - 1);
    self->pendingReturn = true;
    if (!text)
      return {};
  }
  noteNewlines(asStr(text), self->kinds);
  return self->translate ? translateNewlines(asStr(text)) : std::move(text);
}

Ref getstateMethod(const Value* args) {
  NewlineDecoderObject* self = asDecoder(args[0]);
  Ref buffer = makeBytes({});
  int64_t flag = 0;
  if (!self->decoder.isNone()) {
    PYC_TRY(state, callMethod(self->decoder, internLiteral("getstate")));
    if (!isTuple(state) || asTuple(state)->count != 2)
      return raise(typeErrorType, "illegal decoder state");
    buffer = Ref::copy(asTuple(state)->items()[0]);
    if (!toInt64(asTuple(state)->items()[1], flag, &overflowErrorType))
      return {};
  }
  PYC_TRY(flags, makeInt((flag << 1) | self->pendingReturn));
  return tupleOf(buffer, flags);
}

Ref setstateMethod(const Value* args) {
  NewlineDecoderObject* self = asDecoder(args[0]);
  int64_t flag;
  if (!isTuple(args[1]) || asTuple(args[1])->count != 2)
    return raise(typeErrorType, "state argument must be a tuple");
  if (!toInt64(asTuple(args[1])->items()[1], flag, &overflowErrorType))
    return {};
  self->pendingReturn = flag & 1;
  if (self->decoder.isNone())
    return Ref::none();
  PYC_TRY(state, tupleOf(asTuple(args[1])->items()[0], Value::fromInt(flag >> 1)));
  return callMethod(self->decoder, internLiteral("setstate"), state);
}

Ref resetMethod(const Value* args) {
  NewlineDecoderObject* self = asDecoder(args[0]);
  self->kinds = 0;
  self->pendingReturn = false;
  return self->decoder.isNone() ? Ref::none() : callMethod(self->decoder, internLiteral("reset"));
}

Ref newlinesGetter(Value self) {
  return newlinesSeenValue(asDecoder(self)->kinds);
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "IncrementalNewlineDecoder(decoder, translate, errors='strict')");
  Value bound[3];
  bool translate;
  if (!signature.bind(args, argc, kwnames, bound) || !truth(bound[1], translate))
    return false;
  decrefMaybe(std::exchange(asDecoder(self)->decoder, Ref::copy(bound[0]).release()));
  asDecoder(self)->translate = translate;
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Object* object = allocObject(type);
  if (object)
    asDecoder(object)->decoder = Value::none();
  return Ref::steal(object);
}

void dealloc(Object* self) {
  decrefMaybe(asDecoder(self)->decoder);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  visitor.visit(asDecoder(self)->decoder);
}

const MethodDef kMethods[] = {
    {.signature = "decode($self, input, final=False)", .bound = decodeMethod},
    {.signature = "getstate($self, /)", .bound = getstateMethod},
    {.signature = "setstate($self, state, /)", .bound = setstateMethod},
    {.signature = "reset($self, /)", .bound = resetMethod},
};
const GetSetDef kGetSets[] = {{"newlines", newlinesGetter}};

} // namespace

constinit TypeObject newlineDecoderType = {
    .name = "_io.IncrementalNewlineDecoder",
    .basicSize = sizeof(NewlineDecoderObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc, .traverse = traverse, .create = create, .init = init},
};

} // namespace pyc::rt
