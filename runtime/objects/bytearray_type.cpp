// The type bytearray: its slots, constructor and the methods that change it.
#include "runtime/memory/heap.h"
#include "runtime/objects/bytes_iterator.h"
#include "runtime/objects/bytes_methods.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/slice.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  freeMemory(reinterpret_cast<ByteArrayObject*>(self)->storage);
  freeObject(self);
}

Ref reprSlot(Value self) {
  return makeStrAscii(std::string(typeName(self)) + "(" + bytesReprText(byteView(self)) + ")");
}
Ref iterSlot(Value self) {
  return makeByteArrayIterator(self);
}
bool lengthSlot(Value self, int64_t& length) {
  length = asByteArray(self)->length;
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!hasBuffer(other))
    return Ref::notImplemented();
  BytesLike bytes;
  if (!bytes.open(other)) {
    clearRaised();
    return Ref::notImplemented();
  }
  return Ref::boolean(compareOrder(op, compareBytes(byteView(self), bytes.get()), 0));
}

Ref getItemSlot(Value self, Value key) {
  ByteArrayObject* array = asByteArray(self);
  if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, array->length);
    return byteArraySliced(array, range);
  }
  int64_t index;
  if (!sequenceIndex(key, array->length, index, "bytearray", "bytearray index out of range"))
    return {};
  return Ref::number(Value::fromInt(array->data[index]));
}

// Assignment to slices.

/// Replaces data[start, stop) by other bytes (not of the array itself).
bool replaceRange(ByteArrayObject* array, int64_t start, int64_t stop, std::string_view with) {
  auto size = static_cast<int64_t>(with.size());
  int64_t growth = size - (stop - start);
  if (growth < 0 && start == 0 && stop < array->length && array->exports == 0) {
    byteArrayDropFront(array, -growth); // the front is given up without moving the rest
    stop += growth;
  } else if (growth < 0) {
    if (!checkExports(array))
      return false;
    memmove(array->data + stop + growth, array->data + stop,
            static_cast<size_t>(array->length - stop));
    if (!byteArrayResize(array, array->length + growth))
      return false;
  } else if (growth > 0) {
    int64_t tail = array->length - stop;
    if (!byteArrayResize(array, array->length + growth))
      return false;
    memmove(array->data + stop + growth, array->data + stop, static_cast<size_t>(tail));
  }
  std::copy(with.begin(), with.end(), array->data + start);
  return true;
}

bool deleteStrided(ByteArrayObject* array, SliceRange range) {
  if (range.count == 0)
    return true;
  if (!checkExports(array))
    return false;
  if (range.step < 0) {
    range.start += (range.count - 1) * range.step;
    range.step = -range.step;
  }
  int64_t to = range.start;
  for (int64_t i = range.start; i < array->length; ++i) {
    int64_t offset = i - range.start;
    bool removed = offset % range.step == 0 && offset / range.step < range.count;
    if (!removed)
      array->data[to++] = array->data[i];
  }
  return byteArrayResize(array, to);
}

bool assignRange(ByteArrayObject* array, SliceRange range, std::string_view with) {
  clipSlice(range, array->length);
  if (range.step == 1)
    return replaceRange(array, range.start, range.start + range.count, with);
  if (with.empty())
    return deleteStrided(array, range);
  if (static_cast<int64_t>(with.size()) != range.count)
    return raise(valueErrorType,
                 "attempt to assign bytes of size %zu to extended slice of size %lld", with.size(),
                 static_cast<long long>(range.count));
  for (int64_t i = 0, to = range.start; i < range.count; ++i, to += range.step)
    array->data[to] = static_cast<uint8_t>(with[static_cast<size_t>(i)]);
  return true;
}

bool setSlice(Value self, Value key, Value value) {
  SliceRange range;
  if (!unpackSlice(key, range))
    return false;
  ByteArrayObject* array = asByteArray(self);
  if (!value)
    return assignRange(array, range, {});
  return byteArrayAssignSlice(array, range, value);
}

bool setItemSlot(Value self, Value key, Value value) {
  if (key.isObject() && isSlice(key))
    return setSlice(self, key, value);
  ByteArrayObject* array = asByteArray(self);
  int64_t index;
  if (!sequenceIndex(key, array->length, index, "bytearray", "bytearray index out of range"))
    return false;
  if (!value)
    return replaceRange(array, index, index + 1, {});
  uint8_t byte;
  if (!byteArg(value, byte))
    return false;
  if (index >= array->length) // __index__ may have shortened it
    return raise(indexErrorType, "bytearray index out of range");
  array->data[index] = byte;
  return true;
}

bool containsSlot(Value self, Value item, bool& result) {
  SizeLock lock(self);
  return bytesContain(byteView(self), item, result);
}

// Operators.

bool isArray(Value value) {
  return isByteArray(value);
}

Ref addSlot(Value lhs, Value rhs) {
  if (!isArray(lhs) || !hasBuffer(rhs))
    return Ref::notImplemented();
  BytesLike right;
  if (!right.open(rhs))
    return {};
  std::string_view left = byteView(lhs);
  ByteOutput out;
  if (!out.makeLike(lhs, static_cast<int64_t>(left.size()) + right.size()))
    return {};
  memcpy(out.data(), left.data(), left.size());
  memcpy(out.data() + left.size(), right.data(), right.get().size());
  return out.finish();
}

Ref inplaceAdd(Value self, Value other) {
  if (!hasBuffer(other))
    return raise(typeErrorType, "can't concat %.100T to %.100T", other, self);
  std::string copy; // of the array itself, which must not be lent while it grows
  BytesLike bytes;
  if (self == other)
    copy = byteView(self);
  else if (!bytes.open(other))
    return {};
  std::string_view added = self == other ? std::string_view(copy) : bytes.get();
  return byteArrayAppend(asByteArray(self), added) ? Ref::copy(self) : Ref();
}

Ref repeatSlot(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, isArray(lhs), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return repeatBytes(self, times);
}

Ref inplaceRepeat(Value self, Value count) {
  int64_t times;
  if (!isInteger(count) && !typeOf(count)->slots.index)
    return Ref::notImplemented();
  if (!toInt64(count, times, &overflowErrorType))
    return {};
  ByteArrayObject* array = asByteArray(self);
  int64_t old = array->length, length;
  if (__builtin_mul_overflow(old, std::max<int64_t>(times, 0), &length))
    return raiseMemoryError();
  if (!byteArrayResize(array, length))
    return {};
  for (int64_t done = old; done < length; done += old)
    memcpy(array->data + done, array->data, static_cast<size_t>(old));
  return Ref::copy(self);
}

Ref modSlot(Value lhs, Value rhs) {
  return isArray(lhs) ? bytesPercent(lhs, rhs) : Ref::notImplemented();
}

// Buffers.

bool getBufferSlot(Value self, BufferView& view, int flags) {
  ByteArrayObject* array = asByteArray(self);
  if (!fillBuffer(view, self, array->data, array->length, false, flags))
    return false;
  ++array->exports;
  return true;
}
void releaseBufferSlot(Value self, BufferView&) {
  --asByteArray(self)->exports;
}

// bytearray(source=b'', encoding='utf-8', errors='strict').

Ref create(TypeObject* type, const Value*, size_t, Value) {
  return newByteArray(type);
}

constinit ConstructorSignature
    kSignature("bytearray(source=b'', encoding='utf-8', errors='strict')");

bool fill(ByteArrayObject* array, Value source) {
  if (isStr(source))
    return raise(typeErrorType, "string argument without an encoding");
  if (isInteger(source) || typeOf(source)->slots.index) {
    int64_t count;
    if (toInt64(source, count, &overflowErrorType)) {
      if (count < 0)
        return raise(valueErrorType, "negative count");
      if (!byteArrayResize(array, count))
        return false;
      memset(array->data, 0, static_cast<size_t>(count));
      return true;
    }
    if (!catchRaised(typeErrorType))
      return false;
  }
  std::string bytes;
  return collectBytes(source, "bytearray", "byte", bytes) && byteArrayAppend(array, bytes);
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  Value bound[3];
  if (!kSignature.bind(args, argc, kwnames, bound))
    return false;
  ByteArrayObject* array = asByteArray(self);
  if (!byteArrayResize(array, 0))
    return false;
  if (bound[1] || bound[2]) {
    Ref bytes = encodeSource("bytearray", bound);
    return bytes && byteArrayAppend(array, asBytes(bytes)->view());
  }
  return !bound[0] || fill(array, bound[0]);
}

// Methods.

Ref append(const Value* args) {
  uint8_t byte;
  if (!byteArg(args[1], byte))
    return {};
  auto c = static_cast<char>(byte);
  return byteArrayAppend(asByteArray(args[0]), {&c, 1}) ? Ref::none() : Ref();
}

Ref extend(const Value* args) {
  Value source = args[1];
  if (isStr(source))
    return raise(typeErrorType, "expected iterable of integers; got: 'str'");
  if (!hasBuffer(source) && !typeOf(source)->slots.iter && !typeOf(source)->slots.getItem)
    return raise(typeErrorType, "can't extend bytearray with %.100T", source);
  std::string bytes;
  if (!collectBytes(source, "bytearray", "byte", bytes) ||
      !byteArrayAppend(asByteArray(args[0]), bytes))
    return {};
  return Ref::none();
}

Ref insert(const Value* args) {
  int64_t index = 0;
  uint8_t byte;
  if (!sizeArg(args[1], index) || !byteArg(args[2], byte))
    return {};
  ByteArrayObject* array = asByteArray(args[0]);
  if (index < 0)
    index = std::max<int64_t>(index + array->length, 0);
  index = std::min(index, array->length);
  auto c = static_cast<char>(byte);
  return replaceRange(array, index, index, {&c, 1}) ? Ref::none() : Ref();
}

Ref pop(const Value* args) {
  int64_t index = -1;
  if (!sizeArg(args[1], index))
    return {};
  ByteArrayObject* array = asByteArray(args[0]);
  if (array->length == 0)
    return raise(indexErrorType, "pop from empty bytearray");
  if (index < 0)
    index += array->length;
  if (index < 0 || index >= array->length)
    return raise(indexErrorType, "pop index out of range");
  uint8_t byte = array->data[index];
  if (!checkExports(array) || !replaceRange(array, index, index + 1, {}))
    return {};
  return Ref::number(Value::fromInt(byte));
}

Ref remove(const Value* args) {
  uint8_t byte;
  if (!byteArg(args[1], byte))
    return {};
  ByteArrayObject* array = asByteArray(args[0]);
  size_t place = array->view().find(static_cast<char>(byte));
  if (place == std::string_view::npos)
    return raise(valueErrorType, "value not found in bytearray");
  auto index = static_cast<int64_t>(place);
  return replaceRange(array, index, index + 1, {}) ? Ref::none() : Ref();
}

Ref reverse(const Value* args) {
  ByteArrayObject* array = asByteArray(args[0]);
  std::reverse(array->data, array->data + array->length);
  return Ref::none();
}

Ref clear(const Value* args) {
  return byteArrayResize(asByteArray(args[0]), 0) ? Ref::none() : Ref();
}

Ref copy(const Value* args) {
  return makeByteArray(byteView(args[0]));
}

Ref resize(const Value* args) {
  int64_t size = 0;
  if (!sizeArg(args[1], size))
    return {};
  if (size < 0)
    return raise(valueErrorType, "Can only resize to positive sizes, got %lld",
                 static_cast<long long>(size));
  ByteArrayObject* array = asByteArray(args[0]);
  int64_t old = array->length;
  if (!byteArrayResize(array, size))
    return {};
  if (size > old)
    memset(array->data + old, 0, static_cast<size_t>(size - old));
  return Ref::none();
}

Ref takeBytes(const Value* args) {
  ByteArrayObject* array = asByteArray(args[0]);
  int64_t count = array->length;
  if (args[1] && !args[1].isNone()) {
    if (!isInteger(args[1]) && !typeOf(args[1])->slots.index)
      return raise(typeErrorType, "n must be an integer or None");
    if (!toInt64(args[1], count, &indexErrorType))
      return {};
    if (count < 0)
      count += array->length;
  }
  if (count < 0 || count > array->length)
    return raise(indexErrorType, "can't take %lld bytes outside size %lld",
                 static_cast<long long>(count), static_cast<long long>(array->length));
  return checkExports(array) ? byteArrayTake(array, count) : Ref();
}

Ref allocated(const Value* args) {
  ByteArrayObject* array = asByteArray(args[0]);
  return Ref::number(Value::fromInt(array->storage ? array->storage->length + 1 : 0));
}

Ref sizeOf(const Value* args) {
  ByteArrayObject* array = asByteArray(args[0]);
  int64_t storage = array->storage ? array->storage->length + 1 + int64_t(sizeof(BytesObject)) : 0;
  return Ref::number(Value::fromInt(static_cast<int64_t>(sizeof *array) + storage));
}

/// (type, (contents as Latin-1, 'latin-1'), __dict__ or None); from protocol 3 on, with bytes.
Ref reduceWith(Value self, int protocol) {
  std::string_view view = byteView(self);
  Ref state;
  if (!findAttr(self, names::__dict__, state))
    return {};
  if (!state)
    state = Ref::none();
  Value type(&typeOf(self)->header);
  Ref arguments;
  if (protocol >= 3) {
    PYC_TRY(bytes, makeBytes(view));
    arguments = tupleOf(bytes);
  } else {
    PYC_TRY(text, makeStrLatin1(byteData(view), static_cast<int64_t>(view.size())));
    PYC_TRY(encoding, makeStr("latin-1"));
    arguments = tupleOf(text, encoding);
  }
  return arguments ? tupleOf(type, arguments, state) : Ref();
}

Ref reduce(const Value* args) {
  return reduceWith(args[0], 2);
}
Ref reduceEx(const Value* args) {
  int protocol = 0;
  return intArg(args[1], protocol) ? reduceWith(args[0], protocol) : Ref();
}

constexpr MethodDef kMethods[] = {
    {.signature = "__alloc__($self, /)", .bound = allocated},
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__reduce_ex__($self, proto=0, /)", .bound = reduceEx},
    {.signature = "__sizeof__($self, /)", .bound = sizeOf},
    {.signature = "append($self, item, /)", .bound = append},
    {.signature = "clear($self, /)", .bound = clear},
    {.signature = "copy($self, /)", .bound = copy},
    {.signature = "extend($self, iterable_of_ints, /)", .bound = extend},
    {.signature = "insert($self, index, item, /)", .bound = insert},
    {.signature = "pop($self, index=-1, /)", .bound = pop},
    {.signature = "remove($self, value, /)", .bound = remove},
    {.signature = "resize($self, size, /)", .bound = resize},
    {.signature = "reverse($self, /)", .bound = reverse},
    {.signature = "take_bytes($self, n=None, /)", .bound = takeBytes},
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

Ref byteArraySliced(ByteArrayObject* array, const SliceRange& range) {
  if (range.step == 1)
    return makeByteArray(
        array->view().substr(static_cast<size_t>(range.start), static_cast<size_t>(range.count)));
  ByteOutput result;
  if (!result.makeLike(array, range.count))
    return {};
  for (int64_t i = 0, from = range.start; i < range.count; ++i, from += range.step)
    result.data()[i] = array->data[from];
  return result.finish();
}

bool byteArrayAssignSlice(ByteArrayObject* array, SliceRange range, Value value) {
  std::string bytes; // a copy: the value may be the array itself, or run Python code
  if (isInteger(value) || isStr(value) ||
      !(hasBuffer(value) || typeOf(value)->slots.iter || typeOf(value)->slots.getItem))
    return raise(typeErrorType,
                 "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  if (!collectBytes(value, "bytearray", "byte", bytes))
    return false;
  return assignRange(array, range, bytes);
}

constinit TypeObject byteArrayType = {
    .name = "bytearray",
    .base = &objectType,
    .basicSize = sizeof(ByteArrayObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeMatchSelf | kTypeConcat,
    .methods = kMethods,
    .doc = "Mutable bytes: of an iterable of integers, an encoded str, a bytes-like object, or so "
           "many zeros.",
    .slots = {.dealloc = dealloc,
              .repr = reprSlot,
              .str = reprSlot,
              .compare = compareSlot,
              .iter = iterSlot,
              .create = create,
              .init = init,
              .binary = {addSlot, nullptr, repeatSlot, nullptr, nullptr, nullptr, modSlot},
              .inplace = {inplaceAdd, nullptr, inplaceRepeat},
              .length = lengthSlot,
              .getItem = getItemSlot,
              .setItem = setItemSlot,
              .contains = containsSlot,
              .getBuffer = getBufferSlot,
              .releaseBuffer = releaseBufferSlot},
};

} // namespace pyc::rt
