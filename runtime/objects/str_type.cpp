// The type str: its slots, constructor and table of methods.
#include "runtime/memory/heap.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/str_methods.h"
#include "runtime/objects/str_needle.h"

#include <cstring>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  if (PYC_LIKELY(self->shape == kShapeStr))
    freeMemory(self);
  else
    freeObject(self);
}

Ref reprSlot(Value self) {
  return strRepr(asStr(self));
}
Ref strSlot(Value self) {
  return exactStr(asStr(self));
}
bool hashSlot(Value self, int64_t& hash) {
  hash = strHash(asStr(self));
  return true;
}
Ref iterSlot(Value self) {
  return makeStrIterator(self);
}
bool lengthSlot(Value self, int64_t& length) {
  length = asStr(self)->length;
  return true;
}
bool truthSlot(Value self, bool& result) {
  result = asStr(self)->length != 0;
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isStr(other))
    return Ref::notImplemented();
  StrObject *a = asStr(self), *b = asStr(other);
  if (op == CompareOp::Eq || op == CompareOp::Ne)
    return Ref::boolean(strEquals(a, b) == (op == CompareOp::Eq));
  return Ref::boolean(compareOrder(op, a == b ? 0 : strCompare(a, b), 0));
}

/// Every step-th code point.
Ref stridedSlice(StrObject* str, const SliceRange& range) {
  if (range.count == 0)
    return newRef(names::empty);
  StrObject* result = allocStr(range.count, str->kind());
  if (!result)
    return {};
  withChars(result, [&](auto* out) {
    using Char = std::remove_pointer_t<decltype(out)>;
    const Char* in = str->data<Char>();
    for (int64_t i = 0, from = range.start; i < range.count; ++i, from += range.step)
      out[i] = in[from];
  });
  Ref owner = Ref::steal(result);
  if (str->isAscii() && range.count > 1)
    return owner;
  return makeStrWide(result->data(), range.count, result->width());
}

Ref getItemSlot(Value self, Value key) {
  StrObject* str = asStr(self);
  int64_t index;
  if (PYC_LIKELY(key.isInt())) {
    index = key.asInt();
  } else if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, str->length);
    return strSliced(str, range);
  } else if (isInteger(key) || typeOf(key)->slots.index) {
    if (!toInt64(key, index, &indexErrorType))
      return {};
  } else {
    return raise(typeErrorType, "string indices must be integers, not '%T'", key);
  }
  if (index < 0)
    index += str->length;
  if (PYC_UNLIKELY(static_cast<uint64_t>(index) >= static_cast<uint64_t>(str->length)))
    return raise(indexErrorType, "string index out of range");
  return makeStrChar(str->at(index));
}

bool containsSlot(Value self, Value item, bool& result) {
  if (!isStr(item))
    return raise(typeErrorType, "'in <string>' requires string as left operand, not %T", item);
  result = isInStr(asStr(self), asStr(item));
  return true;
}

Ref addSlot(Value lhs, Value rhs) {
  return isStr(lhs) && isStr(rhs) ? strConcat(lhs, rhs) : Ref::notImplemented();
}

Ref repeatSlot(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, isStr(lhs), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return strRepeat(asStr(self), times);
}

Ref modSlot(Value lhs, Value rhs) {
  return isStr(lhs) ? strPercent(asStr(lhs), rhs) : Ref::notImplemented();
}

// str(object='', encoding='utf-8', errors='strict').

constinit ConstructorSignature kSignature("str(object='', encoding='utf-8', errors='strict')");

Ref decodeArgument(Value object, Value encoding, Value errors) {
  for (Value name : {encoding, errors}) {
    if (name && !isStr(name))
      return raiseBadArgument("str", name == encoding ? "encoding" : "errors", "str", name);
  }
  if (!object)
    return newRef(names::empty);
  if (isStr(object))
    return raise(typeErrorType, "decoding str is not supported");
  if (!hasBuffer(object))
    return raise(typeErrorType, "decoding to str: need a bytes-like object, %.80T found", object);
  BytesLike bytes;
  if (!bytes.open(object))
    return {};
  return decodeByName(object, bytes.get(), encoding, errors);
}

/// An instance of a subclass with the text of `source`.
Ref makeInstance(TypeObject* type, StrObject* source) {
  size_t bytes = source->dataBytes() + source->width();
  auto* str = reinterpret_cast<StrObject*>(allocObject(type, bytes - 1));
  if (!str)
    return {};
  str->header.flags |= static_cast<uint8_t>(static_cast<unsigned>(source->kind()) << kStrKindShift);
  str->length = source->length;
  str->hashCode = source->hashCode;
  memcpy(str->data(), source->data(), bytes);
  return Ref::steal(str);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value bound[3] = {};
  if (PYC_LIKELY(!kwnames)) {
    if (!checkArgumentCount("str", argc, 0, 3))
      return {};
    for (size_t i = 0; i < argc; ++i)
      bound[i] = args[i];
  } else if (!kSignature.bind(args, argc, kwnames, bound)) {
    return {};
  }
  Ref text = bound[1] || bound[2] ? decodeArgument(bound[0], bound[1], bound[2])
             : bound[0]           ? str(bound[0])
                                  : newRef(names::empty);
  if (!text || type == &strType)
    return text;
  return makeInstance(type, text.as<StrObject>());
}

constexpr MethodDef kMethods[] = {
#define PYC_STR_METHOD(text, function) {.signature = text, .bound = str_methods::function},
#include "runtime/objects/str_methods.def"
    {.signature = "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)",
     .bound = str_methods::maketrans,
     .kind = MethodDef::Static},
};

} // namespace

Ref strSliced(StrObject* str, const SliceRange& range) {
  if (range.step == 1)
    return strSlice(str, range.start, range.start + range.count);
  return stridedSlice(str, range);
}

namespace str_methods {

Ref getNewArgs(const Value* args) {
  PYC_TRY(text, exactStr(asStr(args[0])));
  return tupleOf(text);
}

Ref sizeOf(const Value* args) {
  StrObject* str = asStr(args[0]);
  size_t bytes = sizeof(StrObject) + str->dataBytes() + str->width();
  return Ref::number(Value::fromInt(static_cast<int64_t>(bytes)));
}

Ref encode(const Value* args) {
  for (int i : {1, 2}) {
    if (args[i] && !isStr(args[i]))
      return raiseBadArgument("encode", i == 1 ? "encoding" : "errors", "str", args[i]);
  }
  return encodeByName(asStr(args[0]), args[1], args[2]);
}

} // namespace str_methods

constinit TypeObject strType = {
    .name = "str",
    .base = &objectType,
    .basicSize = sizeof(StrObject),
    .itemSize = 1,
    .flags = kTypeBuiltin | kTypeBase | kTypeVarSized | kTypeMatchSelf | kTypeConcat | kTypeIsStr,
    .methods = kMethods,
    .doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nThe text of "
        "an object, or bytes decoded.",
    .slots = {.dealloc = dealloc,
              .repr = reprSlot,
              .str = strSlot,
              .hash = hashSlot,
              .compare = compareSlot,
              .iter = iterSlot,
              .create = create,
              .binary = {addSlot, nullptr, repeatSlot, nullptr, nullptr, nullptr, modSlot},
              .truth = truthSlot,
              .length = lengthSlot,
              .getItem = getItemSlot,
              .contains = containsSlot},
};

} // namespace pyc::rt
