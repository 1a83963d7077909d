// Indexing, slicing, comparing and casting memoryviews.
#include "runtime/objects/errors.h"
#include "runtime/objects/list.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/piece_list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

namespace {

bool isIndex(Value value) {
  return isInteger(value) || typeOf(value)->slots.index;
}

/// A tuple of integers (`indices`), or of slices.
bool isTupleOf(Value key, bool indices) {
  if (!isTuple(key))
    return false;
  TupleObject* tuple = asTuple(key);
  for (int64_t i = 0; i < tuple->count; ++i) {
    Value item = tuple->items()[i];
    if (indices ? !isIndex(item) : !(item.isObject() && isSlice(item)))
      return false;
  }
  return indices || tuple->count > 0;
}

/// Moves `place` along a dimension by an index object.
bool stepAlong(MemoryViewObject* view, int dimension, Value index, uint8_t*& place) {
  int64_t i;
  if (!toInt64(index, i, &indexErrorType))
    return false;
  int64_t extent = view->shape()[dimension];
  if (i < 0)
    i += extent;
  if (i < 0 || i >= extent)
    return raise(indexErrorType, "index out of bounds on dimension %d", dimension + 1);
  place += i * view->strides()[dimension];
  return true;
}

/// The place of the item that a tuple of integers means.
bool placeOf(MemoryViewObject* view, TupleObject* indices, uint8_t*& place) {
  if (indices->count > view->dimensions)
    return raise(typeErrorType, "cannot index %d-dimension view with %lld-element tuple",
                 view->dimensions, static_cast<long long>(indices->count));
  if (indices->count < view->dimensions)
    return raise(notImplementedErrorType, "sub-views are not implemented");
  place = view->data;
  for (int i = 0; i < view->dimensions; ++i) {
    if (!stepAlong(view, i, indices->items()[i], place))
      return false;
  }
  // __index__ may have released the view.
  return checkUsable(view);
}

int64_t sizeOfShape(MemoryViewObject* view) {
  int64_t size = view->itemSize;
  for (int i = 0; i < view->dimensions; ++i)
    size *= view->shape()[i];
  return size;
}

/// The view with its first dimension sliced.
Ref sliceView(MemoryViewObject* view, Value key) {
  SliceRange range;
  if (!unpackSlice(key, range) || !checkUsable(view))
    return {};
  clipSlice(range, view->shape()[0]);
  MemoryViewObject* sliced = deriveView(view, view->dimensions);
  if (!sliced)
    return {};
  std::copy_n(view->shape(), view->places, sliced->shape());
  sliced->data += range.start * view->strides()[0];
  sliced->shape()[0] = range.count;
  sliced->strides()[0] = view->strides()[0] * range.step;
  sliced->size = sizeOfShape(sliced);
  return Ref::steal(sliced);
}

bool isEmptyTuple(Value key) {
  return isTuple(key) && asTuple(key)->count == 0;
}

} // namespace

Ref memoryItem(MemoryViewObject* view, int64_t index) {
  return unpackItem(view->data + index * view->strides()[0], view->format);
}

Ref memoryGetItem(Value self, Value key) {
  MemoryViewObject* view = asMemoryView(self);
  if (!checkUsable(view))
    return {};
  if (view->dimensions == 0) {
    if (isEmptyTuple(key))
      return unpackItem(view->data, view->format);
    if (key == Value::ellipsis())
      return Ref::copy(self);
    return raise(typeErrorType, "invalid indexing of 0-dim memory");
  }
  if (isIndex(key)) {
    uint8_t* place = view->data;
    if (view->dimensions > 1)
      return raise(notImplementedErrorType, "multi-dimensional sub-views are not implemented");
    if (!stepAlong(view, 0, key, place) || !checkUsable(view))
      return {};
    return unpackItem(place, view->format);
  }
  if (key.isObject() && isSlice(key))
    return sliceView(view, key);
  if (isTupleOf(key, true)) {
    uint8_t* place;
    return placeOf(view, asTuple(key), place) ? unpackItem(place, view->format) : Ref();
  }
  if (isTupleOf(key, false))
    return raise(notImplementedErrorType, "multi-dimensional slicing is not implemented");
  return raise(typeErrorType, "memoryview: invalid slice key");
}

// Assignment.

namespace {

/// Copies a buffer into a view of one dimension; they may overlap.
bool assignItems(MemoryViewObject* target, Value value) {
  BufferView source;
  if (!getBuffer(value, source, kBufferFullRO))
    return false;
  const char* format = source.format ? source.format : "B";
  int64_t count = target->shape()[0];
  int64_t sourceCount = source.shape      ? source.shape[0]
                        : source.itemSize ? source.size / source.itemSize
                                          : 0;
  bool same = source.dimensions == 1 && sourceCount == count &&
              source.itemSize == target->itemSize && sameFormat(format, target->format);
  if (same) {
    std::string items;
    copyBuffer(source, 'C', items);
    auto size = static_cast<size_t>(target->itemSize);
    for (int64_t i = 0; i < count; ++i)
      memcpy(target->data + i * target->strides()[0], items.data() + static_cast<size_t>(i) * size,
             size);
  }
  releaseBuffer(source);
  return same || raise(valueErrorType,
                       "memoryview assignment: lvalue and rvalue have different structures");
}

/// Packs a value at a place; the conversion may run Python code that releases the view.
bool assignItem(MemoryViewObject* view, uint8_t* place, Value value) {
  uint8_t item[16];
  if (!packItem(item, view->format, value) || !checkUsable(view))
    return false;
  memcpy(place, item, static_cast<size_t>(view->itemSize));
  return true;
}

} // namespace

bool memorySetItem(Value self, Value key, Value value) {
  MemoryViewObject* view = asMemoryView(self);
  if (!checkUsable(view))
    return false;
  if (view->readOnly)
    return raise(typeErrorType, "cannot modify read-only memory");
  if (!value)
    return raise(typeErrorType, "cannot delete memory");
  if (view->dimensions == 0) {
    if (key == Value::ellipsis() || isEmptyTuple(key))
      return assignItem(view, view->data, value);
    return raise(typeErrorType, "invalid indexing of 0-dim memory");
  }
  if (isIndex(key)) {
    uint8_t* place = view->data;
    if (view->dimensions > 1)
      return raise(notImplementedErrorType, "sub-views are not implemented");
    return stepAlong(view, 0, key, place) && checkUsable(view) && assignItem(view, place, value);
  }
  bool isSliceKey = key.isObject() && isSlice(key);
  if (isSliceKey && view->dimensions == 1) {
    Ref target = sliceView(view, key);
    return target && assignItems(asMemoryView(target), value);
  }
  if (isTupleOf(key, true)) {
    uint8_t* place;
    return placeOf(view, asTuple(key), place) && assignItem(view, place, value);
  }
  if (isSliceKey || isTupleOf(key, false))
    return raise(notImplementedErrorType,
                 "memoryview slice assignments are currently restricted to ndim = 1");
  return raise(typeErrorType, "memoryview: invalid slice key");
}

// Lists.

namespace {
Ref listOfDimension(MemoryViewObject* view, int dimension, const uint8_t* from) {
  if (dimension == view->dimensions)
    return unpackItem(from, view->format);
  PieceList items;
  for (int64_t i = 0; i < view->shape()[dimension]; ++i) {
    if (!items.push(listOfDimension(view, dimension + 1, from + i * view->strides()[dimension])))
      return {};
  }
  return items.finish();
}
} // namespace

Ref memoryToList(MemoryViewObject* view) {
  return listOfDimension(view, 0, view->data);
}

// Comparison.

namespace {

/// Compares the items of two arrays of one shape.
bool equalDimension(const BufferView& a, const BufferView& b, int dimension, const uint8_t* placeA,
                    const uint8_t* placeB, bool& equal) {
  if (dimension == a.dimensions) {
    Ref itemA = unpackItem(placeA, a.format);
    Ref itemB = itemA ? unpackItem(placeB, b.format) : Ref();
    return itemB && compareBool(CompareOp::Eq, itemA, itemB, equal);
  }
  equal = true;
  for (int64_t i = 0; i < a.shape[dimension] && equal; ++i) {
    if (!equalDimension(a, b, dimension + 1, placeA + i * a.strides[dimension],
                        placeB + i * b.strides[dimension], equal))
      return false;
  }
  return true;
}

/// Whether equal bytes are equal items.
bool comparesByBytes(const char* format) {
  char letter = *format == '@' ? format[1] : *format;
  return strchr("cbBhHiIlLqQnNP", letter) != nullptr;
}

bool equalViews(const BufferView& a, const BufferView& b, bool& equal) {
  equal = false;
  if (a.dimensions != b.dimensions)
    return true;
  for (int i = 0; i < a.dimensions; ++i) {
    if (a.shape[i] != b.shape[i])
      return true;
  }
  if (nativeItemSize(a.format) == 0 || nativeItemSize(b.format) == 0)
    return true; // no meaning is known for the items
  if (sameFormat(a.format, b.format) && comparesByBytes(a.format) && isContiguous(a, 'C') &&
      isContiguous(b, 'C')) {
    equal = a.bytes() == b.bytes();
    return true;
  }
  return equalDimension(a, b, 0, a.data, b.data, equal);
}

} // namespace

Ref memoryCompare(Value self, Value other, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return Ref::notImplemented();
  MemoryViewObject* view = asMemoryView(self);
  bool equal = self == other;
  bool usable = view->buffer && !(isMemoryView(other) && !asMemoryView(other)->buffer);
  if (!equal && usable) {
    if (!hasBuffer(other))
      return Ref::notImplemented();
    Ref right = makeMemoryView(other);
    if (!right) {
      clearRaised();
      return Ref::notImplemented();
    }
    if (!equalViews(view->borrow(), asMemoryView(right)->borrow(), equal))
      return {};
  }
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

// cast().

namespace {

bool isByteFormat(const char* format) {
  char letter = *format == '@' ? format[1] : *format;
  return nativeItemSize(format) == 1 && letter != '?';
}

/// The static text of a native format.
const char* keptFormat(std::string_view format) {
  static constexpr const char* kFormats[] = {"c",  "b",  "B",  "h",  "H",  "i",  "I",  "l",  "L",
                                             "q",  "Q",  "n",  "N",  "f",  "d",  "e",  "?",  "P",
                                             "@c", "@b", "@B", "@h", "@H", "@i", "@I", "@l", "@L",
                                             "@q", "@Q", "@n", "@N", "@f", "@d", "@e", "@?", "@P"};
  for (const char* known : kFormats) {
    if (format == known)
      return known;
  }
  return nullptr;
}

/// The extents that a shape argument gives, and the bytes that they need.
bool readShape(Value shape, int64_t itemSize, int64_t* extents, int64_t& size) {
  Ref tuple = sequenceTuple(shape);
  if (!tuple)
    return false;
  size = itemSize;
  for (int64_t i = 0; i < asTuple(tuple)->count; ++i) {
    Value item = asTuple(tuple)->items()[i];
    if (!isInteger(item))
      return raise(typeErrorType, "memoryview.cast(): elements of shape must be integers");
    if (!toInt64(item, extents[i], &overflowErrorType))
      return false;
    if (extents[i] <= 0)
      return raise(valueErrorType, "memoryview.cast(): elements of shape must be integers > 0");
    if (__builtin_mul_overflow(size, extents[i], &size))
      return raise(valueErrorType, "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  return true;
}

void fillStrides(MemoryViewObject* view) {
  int64_t stride = view->itemSize;
  for (int i = view->dimensions; i-- > 0;) {
    view->strides()[i] = stride;
    stride *= view->shape()[i];
  }
}

} // namespace

Ref memoryCast(const Value* args) {
  MemoryViewObject* view = asMemoryView(args[0]);
  if (!checkUsable(view))
    return {};
  if (!isStr(args[1]))
    return raise(typeErrorType, "memoryview: format argument must be a string");
  bool hasShapeArg = static_cast<bool>(args[2]);
  if (!isContiguous(view->borrow(), 'C'))
    return raise(typeErrorType, "memoryview: casts are restricted to C-contiguous views");
  if (hasShapeArg && !isTuple(args[2]) && !isList(args[2]))
    return raise(typeErrorType, "shape must be a list or a tuple");
  int64_t dimensions = 1;
  if (hasShapeArg && !length(args[2], dimensions))
    return {};
  if (dimensions > 64)
    return raise(valueErrorType, "memoryview: number of dimensions must not exceed 64");
  if (hasShapeArg && view->dimensions != 1 && dimensions != 1)
    return raise(typeErrorType, "memoryview: cast must be 1D -> ND or ND -> 1D");
  std::string storage;
  const char* format = keptFormat(utf8View(args[1], storage));
  if (!format)
    return raise(valueErrorType, "memoryview: destination format must be a native format prefixed "
                                 "with an optional '@'");
  if (nativeItemSize(view->format) == 0)
    return raise(valueErrorType,
                 "memoryview: source format must be a native single character format prefixed "
                 "with an optional '@'");
  if (!isByteFormat(format) && !isByteFormat(view->format))
    return raise(typeErrorType, "memoryview: cannot cast between two non-byte formats");
  int64_t itemSize = nativeItemSize(format);
  if (view->size % itemSize != 0)
    return raise(typeErrorType, "memoryview: length is not a multiple of itemsize");
  int64_t extents[64], size = view->size;
  if (hasShapeArg && !readShape(args[2], itemSize, extents, size))
    return {};
  if (size != view->size)
    return raise(typeErrorType, "memoryview: product(shape) * itemsize != buffer size");
  MemoryViewObject* cast = deriveView(view, static_cast<int>(dimensions));
  if (!cast)
    return {};
  cast->format = format;
  cast->itemSize = itemSize;
  if (hasShapeArg)
    std::copy_n(extents, dimensions, cast->shape());
  else
    cast->shape()[0] = view->size / itemSize;
  fillStrides(cast);
  return Ref::steal(cast);
}

} // namespace pyc::rt
