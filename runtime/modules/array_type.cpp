#include "runtime/memory/heap.h"
#include "runtime/modules/array.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/index_iterator.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/text_args.h"

#include <cstring>
#include <string>

namespace pyc::rt {

namespace {

// Making.

const ArrayKind* kindOf(Value code) {
  if (!isStr(code))
    return raiseBadArgument("array", 1, "str", code);
  std::string storage;
  const ArrayKind* kind = findArrayKind(utf8View(code, storage));
  if (!kind)
    return raise(valueErrorType, "bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, e, f, "
                                 "d, Zf or Zd)");
  return kind;
}

bool checkInitialiser(const ArrayKind* kind, Value initialiser) {
  if (!initialiser || holdsText(kind))
    return true;
  if (isStr(initialiser))
    return raise(typeErrorType, "cannot use a str to initialize an array with typecode '%s'",
                 kind->code);
  if (isArray(initialiser) && holdsText(asArray(initialiser)->kind))
    return raise(typeErrorType,
                 "cannot use a unicode array to initialize an array with typecode '%s'",
                 kind->code);
  return true;
}

bool fillFrom(ArrayObject* array, Value initialiser) {
  if (isBytes(initialiser))
    return arrayAppendBytes(array, asBytes(initialiser)->view());
  if (isByteArray(initialiser))
    return arrayAppendBytes(array, asByteArray(initialiser)->view());
  if (isStr(initialiser))
    return arrayAppendText(array, initialiser);
  bool isLike =
      isArray(initialiser) && (asArray(initialiser)->kind == array->kind ||
                               (holdsText(asArray(initialiser)->kind) && holdsText(array->kind)));
  if (isLike)
    return arrayAppendBytes(array, asArray(initialiser)->view());
  return forEach(initialiser, [&](Value item) { return arrayAppend(array, item); });
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if ((type == &arrayType || type->slots.init == arrayType.slots.init) &&
      !checkNoKeywords("array.array", kwnames))
    return {};
  if (argc < 1 || argc > 2)
    return raise(typeErrorType, "array() takes at %s %d argument%s (%zu given)",
                 argc < 1 ? "least" : "most", argc < 1 ? 1 : 2, argc < 1 ? "" : "s", argc);
  const ArrayKind* kind = kindOf(args[0]);
  Value initialiser = argc == 2 ? args[1] : Value();
  if (!kind)
    return {};
  if (kind->letter == 'u' &&
      !warn(deprecationWarningType, 1,
            "The 'u' type code is deprecated and will be removed in Python 3.16"))
    return {};
  if (!checkInitialiser(kind, initialiser))
    return {};
  PYC_TRY(result, newArray(type, kind, 0));
  return !initialiser || fillFrom(asArray(result), initialiser) ? std::move(result) : Ref();
}

void dealloc(Object* self) {
  freeMemory(asArray(self)->data);
  freeObject(self);
}

Ref repr(Value self) {
  ArrayObject* array = asArray(self);
  if (array->count == 0)
    return formatText("%s('%s')", typeName(self), array->kind->code);
  PYC_TRY(items, holdsText(array->kind) ? arrayToText(array) : arrayToList(array));
  return formatText("%s('%s', %R)", typeName(self), array->kind->code, items.get());
}

bool length(Value self, int64_t& length) {
  length = asArray(self)->count;
  return true;
}

// Comparing.

/// Whether the items are equal when their bytes are.
bool isPlain(ArrayObject* a, ArrayObject* b) {
  return a->kind == b->kind && (a->kind->isInteger || holdsText(a->kind));
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isArray(self) || !isArray(other))
    return Ref::notImplemented();
  ArrayObject *a = asArray(self), *b = asArray(other);
  bool isEquality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (isEquality && a->count != b->count)
    return Ref::boolean(op == CompareOp::Ne);
  if (isEquality && isPlain(a, b))
    return Ref::boolean((a->view() == b->view()) == (op == CompareOp::Eq));
  for (int64_t i = 0; i < a->count && i < b->count; ++i) {
    PYC_TRY(left, loadItem(*a->kind, a->at(i)));
    PYC_TRY(right, loadItem(*b->kind, b->at(i)));
    bool isEqual;
    if (!compareBool(CompareOp::Eq, left, right, isEqual)) // items have no identity
      return {};
    if (!isEqual)
      return isEquality ? Ref::boolean(op == CompareOp::Ne) : compare(op, left, right);
  }
  return Ref::boolean(compareOrder(op, a->count, b->count));
}

bool containsSlot(Value self, Value item, bool& result) {
  ArrayObject* array = asArray(self);
  result = false;
  for (int64_t i = 0; i < array->count && !result; ++i) {
    PYC_TRY(candidate, loadItem(*array->kind, array->at(i)));
    if (!compareBool(CompareOp::Eq, candidate, item, result))
      return false;
  }
  return true;
}

// Items and slices.

bool placeOf(ArrayObject* array, Value key, int64_t& place, const char* message) {
  if (!toInt64(key, place, &indexErrorType))
    return false;
  if (place < 0)
    place += array->count;
  return (place >= 0 && place < array->count) ||
         static_cast<bool>(raise(indexErrorType, "%s", message));
}
bool isIndex(Value key) {
  return isInteger(key) || typeOf(key)->slots.index;
}

Ref sliceOf(ArrayObject* array, SliceRange range) {
  PYC_TRY(result, newArray(&arrayType, array->kind, range.count));
  for (int64_t i = 0, from = range.start; i < range.count; ++i, from += range.step)
    std::memcpy(asArray(result)->at(i), array->at(from), array->kind->itemSize);
  return result;
}

Ref getItemSlot(Value self, Value key) {
  ArrayObject* array = asArray(self);
  if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, array->count);
    return sliceOf(array, range);
  }
  int64_t place;
  if (!isIndex(key))
    return raise(typeErrorType, "array indices must be integers");
  if (!placeOf(array, key, place, "array index out of range"))
    return {};
  return loadItem(*array->kind, array->at(place));
}

/// del array[start::step]
bool deleteStrided(ArrayObject* array, SliceRange range) {
  if (range.count == 0)
    return true;
  if (range.step < 0) {
    range.start += (range.count - 1) * range.step;
    range.step = -range.step;
  }
  int64_t to = range.start;
  for (int64_t i = range.start; i < array->count; ++i) {
    int64_t offset = i - range.start;
    if (offset % range.step != 0 || offset / range.step >= range.count)
      std::memmove(array->at(to++), array->at(i), array->kind->itemSize);
  }
  return arrayResize(array, to);
}

bool setSlice(ArrayObject* array, Value key, Value value) {
  SliceRange range;
  if (!unpackSlice(key, range))
    return false;
  if (value && !isArray(value))
    return raise(typeErrorType, "can only assign array (not \"%T\") to array slice", value);
  if (value && asArray(value)->kind != array->kind)
    return raise(typeErrorType, "bad argument type for built-in operation");
  std::string bytes(value ? asArray(value)->view() : std::string_view()); // may be the array's own
  int64_t needed = static_cast<int64_t>(bytes.size()) / array->kind->itemSize;
  clipSlice(range, array->count);
  if ((needed == 0 || needed != range.count) && !mayResize(array))
    return false;
  if (range.step == 1)
    return arrayReplace(array, range.start, range.start + range.count, bytes);
  if (needed == 0)
    return deleteStrided(array, range);
  if (needed != range.count)
    return raise(valueErrorType,
                 "attempt to assign array of size %lld to extended slice of size %lld",
                 static_cast<long long>(needed), static_cast<long long>(range.count));
  for (int64_t i = 0, to = range.start; i < range.count; ++i, to += range.step)
    std::memcpy(array->at(to), bytes.data() + i * array->kind->itemSize, array->kind->itemSize);
  return true;
}

bool setItemSlot(Value self, Value key, Value value) {
  ArrayObject* array = asArray(self);
  if (key.isObject() && isSlice(key))
    return setSlice(array, key, value);
  int64_t place;
  if (!isIndex(key))
    return raise(typeErrorType, "array indices must be integers");
  if (!placeOf(array, key, place, "array assignment index out of range"))
    return false;
  return value ? storeItemAt(array, place, value) : arrayReplace(array, place, place + 1, {});
}

// Operators.

Ref add(Value left, Value right) {
  if (!isArray(left))
    return Ref::notImplemented();
  if (!isArray(right))
    return raise(typeErrorType, "can only append array (not \"%T\") to array", right);
  if (asArray(left)->kind != asArray(right)->kind)
    return raise(typeErrorType, "bad argument type for built-in operation");
  PYC_TRY(result, arrayFromBytes(asArray(left)->kind, asArray(left)->view()));
  return arrayExtend(asArray(result), right) ? std::move(result) : Ref();
}

Ref addInPlace(Value self, Value other) {
  if (!isArray(other))
    return raise(typeErrorType, "can only extend array with array (not \"%T\")", other);
  return arrayExtend(asArray(self), other) ? Ref::copy(self) : Ref();
}

Ref multiply(Value left, Value right) {
  Value self;
  int64_t times;
  if (!splitRepeat(left, right, isArray(left), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  PYC_TRY(result, arrayFromBytes(asArray(self)->kind, asArray(self)->view()));
  return arrayRepeat(asArray(result), times) ? std::move(result) : Ref();
}

Ref multiplyInPlace(Value self, Value factor) {
  Value array;
  int64_t times;
  if (!splitRepeat(self, factor, true, array, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return arrayRepeat(asArray(self), times) ? Ref::copy(self) : Ref();
}

// Buffers.

bool getBufferSlot(Value self, BufferView& view, int flags) {
  static uint8_t nothing;
  ArrayObject* array = asArray(self);
  if (!fillBuffer(view, self, array->data ? array->data : &nothing, array->byteCount(), false,
                  flags))
    return false;
  view.itemSize = array->kind->itemSize;
  view.oneShape = array->count;
  view.oneStride = view.itemSize;
  if (flags & kBufferFormat)
    view.format = array->kind->format;
  ++array->exports;
  return true;
}

void releaseBufferSlot(Value self, BufferView&) {
  --asArray(self)->exports;
}

} // namespace

// Iterators.

Ref nextOf(ArrayIteratorObject* iterator) {
  ArrayObject* array = iterator->array;
  if (!array)
    return {};
  if (iterator->index < array->count) {
    int64_t index = iterator->index++;
    return loadItem(*array->kind, array->at(index));
  }
  iterator->array = nullptr;
  decref(Value(array));
  return {};
}

namespace {

int64_t countOf(ArrayObject* array) {
  return array->count;
}
Ref makeEmpty() {
  return newTuple(0);
}
using ArrayIterator =
    IndexIterator<ArrayIteratorObject, &ArrayIteratorObject::array, countOf, makeEmpty>;

Ref iterSlot(Value self) {
  return ArrayIterator::make(&arrayIteratorType, self);
}

Ref typeCode(Value self) {
  return makeStr(asArray(self)->kind->code);
}
Ref itemSize(Value self) {
  return makeInt(asArray(self)->kind->itemSize);
}
constexpr GetSetDef kGetSets[] = {
    {"typecode", typeCode, nullptr, "The code of the items' type."},
    {"itemsize", itemSize, nullptr, "Bytes of an item."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .repr = repr,
                     .compare = compareSlot,
                     .iter = iterSlot,
                     .create = create,
                     .length = length,
                     .getItem = getItemSlot,
                     .setItem = setItemSlot,
                     .contains = containsSlot,
                     .getBuffer = getBufferSlot,
                     .releaseBuffer = releaseBufferSlot};
  slots.binary[static_cast<unsigned>(BinaryOp::Add)] = add;
  slots.binary[static_cast<unsigned>(BinaryOp::Mul)] = multiply;
  slots.inplace[static_cast<unsigned>(BinaryOp::Add)] = addInPlace;
  slots.inplace[static_cast<unsigned>(BinaryOp::Mul)] = multiplyInPlace;
  return slots;
}

} // namespace

void readyArrayType() {
  readyType(&arrayType);
  readyType(&arrayIteratorType);
  pycArrayShape = arrayType.rootShape;
  pycArrayIteratorShape = arrayIteratorType.rootShape;
}

constinit TypeObject arrayType = {
    .name = "array.array",
    .base = &objectType,
    .basicSize = sizeof(ArrayObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeWeakrefs | kTypeSequence | kTypeConcat,
    .methods = kArrayMethods,
    .getSets = kGetSets,
    .doc = "array(typecode [, initializer]) -> array\n\nNumbers or characters of one C type, side "
           "by side in memory.",
    .slots = makeSlots(),
};

constinit TypeObject arrayIteratorType = {
    .name = "array.arrayiterator",
    .base = &objectType,
    .basicSize = sizeof(ArrayIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = ArrayIterator::kMethods,
    .slots = ArrayIterator::kSlots,
};

} // namespace pyc::rt
