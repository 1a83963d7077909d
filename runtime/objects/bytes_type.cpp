// The type bytes: its slots, constructor and table of methods.
#include "runtime/memory/heap.h"
#include "runtime/objects/bytes_iterator.h"
#include "runtime/objects/bytes_methods.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/text_search.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  if (PYC_LIKELY(self->shape == kShapeBytes))
    freeMemory(self);
  else
    freeObject(self);
}

Ref reprSlot(Value self) {
  return makeStrAscii(bytesReprText(asBytes(self)->view()));
}
bool hashSlot(Value self, int64_t& hash) {
  hash = bytesHash(asBytes(self));
  return true;
}
Ref iterSlot(Value self) {
  return makeBytesIterator(self);
}
bool lengthSlot(Value self, int64_t& length) {
  length = asBytes(self)->length;
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!other.isObject() || !isBytes(other))
    return Ref::notImplemented();
  return Ref::boolean(
      compareOrder(op, compareBytes(asBytes(self)->view(), asBytes(other)->view()), 0));
}

Ref getItemSlot(Value self, Value key) {
  BytesObject* bytes = asBytes(self);
  if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, bytes->length);
    return bytesSliced(bytes, range);
  }
  int64_t index;
  if (!sequenceIndex(key, bytes->length, index, "byte", "index out of range"))
    return {};
  return Ref::number(Value::fromInt(bytes->data()[index]));
}

bool containsSlot(Value self, Value item, bool& result) {
  return bytesContain(asBytes(self)->view(), item, result);
}

Ref addSlot(Value lhs, Value rhs) {
  bool canAdd = lhs.isObject() && isBytes(lhs) && hasBuffer(rhs);
  return canAdd ? bytesConcat(lhs, rhs) : Ref::notImplemented();
}

Ref repeatSlot(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, lhs.isObject() && isBytes(lhs), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return repeatBytes(self, times);
}

Ref modSlot(Value lhs, Value rhs) {
  return lhs.isObject() && isBytes(lhs) ? bytesPercent(lhs, rhs) : Ref::notImplemented();
}

bool getBufferSlot(Value self, BufferView& view, int flags) {
  BytesObject* bytes = asBytes(self);
  return fillBuffer(view, self, bytes->data(), bytes->length, true, flags);
}

// bytes(source=b'', encoding='utf-8', errors='strict').

constinit ConstructorSignature kSignature("bytes(source=b'', encoding='utf-8', errors='strict')");

/// __bytes__ of the object; a null Ref with nothing raised when there is none.
Ref callBytes(Value object, bool& found) {
  Ref result = callSpecial(object, names::__bytes__, nullptr, 0, found);
  if (result && !(result.get().isObject() && isBytes(result)))
    return raise(typeErrorType, "__bytes__ returned non-bytes (type %.200T)", Value(result));
  return result;
}

Ref fromObject(Value source) {
  if (hasShape(source, kShapeBytes))
    return Ref::copy(source);
  bool found = false;
  Ref special = callBytes(source, found);
  if (special || found)
    return special;
  if (isStr(source))
    return raise(typeErrorType, "string argument without an encoding");
  if (isInteger(source) || typeOf(source)->slots.index) {
    int64_t count;
    if (toInt64(source, count, &overflowErrorType))
      return zeroBytes(count);
    if (!catchRaised(typeErrorType))
      return {};
  }
  std::string out;
  if (!collectBytes(source, "bytes", "bytes", out))
    return {};
  return makeBytes(out);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value bound[3];
  if (!kSignature.bind(args, argc, kwnames, bound))
    return {};
  Ref bytes = bound[1] || bound[2] ? encodeSource("bytes", bound)
              : bound[0]           ? fromObject(bound[0])
                                   : makeBytes({});
  if (!bytes || type == &bytesType)
    return bytes;
  BytesObject* source = asBytes(bytes);
  auto* instance =
      reinterpret_cast<BytesObject*>(allocObject(type, static_cast<size_t>(source->length)));
  if (!instance)
    return {};
  instance->length = source->length;
  instance->hashCode = source->hashCode;
  memcpy(instance->data(), source->data(), static_cast<size_t>(source->length) + 1);
  return Ref::steal(instance);
}

Ref dunderBytes(const Value* args) {
  return bytesUnchanged(args[0]);
}
Ref getNewArgs(const Value* args) {
  PYC_TRY(bytes, bytesUnchanged(args[0]));
  return tupleOf(bytes);
}

constexpr MethodDef kMethods[] = {
    {.signature = "__bytes__($self, /)", .bound = dunderBytes},
    {.signature = "__getnewargs__($self, /)", .bound = getNewArgs},
#define PYC_BYTES_METHOD(text, function) {.signature = text, .bound = bytes_methods::function},
#include "runtime/objects/bytes_methods.def"
    {.signature = "fromhex($type, string, /)",
     .bound = bytes_methods::fromhex,
     .kind = MethodDef::Class},
    {.signature = "maketrans(frm, to, /)",
     .bound = bytes_methods::maketrans,
     .kind = MethodDef::Static},
};

} // namespace

Ref bytesSliced(BytesObject* bytes, const SliceRange& range) {
  if (range.count == bytes->length && range.step == 1)
    return bytesUnchanged(bytes);
  if (range.count <= 0)
    return makeBytes({});
  if (range.step == 1)
    return makeBytes(
        bytes->view().substr(static_cast<size_t>(range.start), static_cast<size_t>(range.count)));
  ByteOutput result;
  if (!result.makeBytes(range.count))
    return {};
  for (int64_t i = 0, from = range.start; i < range.count; ++i, from += range.step)
    result.data()[i] = bytes->data()[from];
  return result.finish();
}

constinit TypeObject bytesType = {
    .name = "bytes",
    .base = &objectType,
    .basicSize = sizeof(BytesObject),
    .itemSize = 1,
    .flags = kTypeBuiltin | kTypeBase | kTypeVarSized | kTypeMatchSelf | kTypeConcat | kTypeIsBytes,
    .methods = kMethods,
    .doc =
        "Immutable bytes: of an iterable of integers, an encoded str, a bytes-like object, or so "
        "many zeros.",
    .slots = {.dealloc = dealloc,
              .repr = reprSlot,
              .str = reprSlot,
              .hash = hashSlot,
              .compare = compareSlot,
              .iter = iterSlot,
              .create = create,
              .binary = {addSlot, nullptr, repeatSlot, nullptr, nullptr, nullptr, modSlot},
              .length = lengthSlot,
              .getItem = getItemSlot,
              .contains = containsSlot,
              .getBuffer = getBufferSlot},
};

} // namespace pyc::rt
