#include "runtime/objects/buffer.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"

namespace pyc::rt {

bool getBuffer(Value object, BufferView& view, int flags) {
  auto get = typeOf(object)->slots.getBuffer;
  if (PYC_UNLIKELY(!get))
    return raise(typeErrorType, "a bytes-like object is required, not '%.100T'", object);
  view = BufferView();
  if (get(object, view, flags))
    return true;
  view.owner = Value();
  return false;
}

void releaseBuffer(BufferView& view) {
  Value owner = std::exchange(view.owner, Value());
  if (!owner)
    return;
  if (auto release = typeOf(owner)->slots.releaseBuffer)
    release(owner, view);
  decref(owner);
}

bool fillBuffer(BufferView& view, Value owner, uint8_t* data, int64_t size, bool readOnly,
                int flags) {
  if (readOnly && (flags & kBufferWritable))
    return raise(bufferErrorType, "Object is not writable.");
  view.owner = Ref::copy(owner).release();
  view.data = data;
  view.size = size;
  view.itemSize = 1;
  view.readOnly = readOnly;
  view.format = (flags & kBufferFormat) ? "B" : nullptr;
  view.dimensions = 1;
  view.oneShape = size;
  view.oneStride = 1;
  view.shape = (flags & kBufferND) ? &view.oneShape : nullptr;
  view.strides = (flags & kBufferStrides) == kBufferStrides ? &view.oneStride : nullptr;
  view.suboffsets = nullptr;
  view.internal = nullptr;
  return true;
}

namespace {
bool hasStrides(const BufferView& view, bool fortran) {
  if (view.size == 0 || !view.strides)
    return view.size == 0 || !fortran || view.dimensions <= 1;
  int64_t expected = view.itemSize;
  for (int i = 0; i < view.dimensions; ++i) {
    int dimension = fortran ? i : view.dimensions - 1 - i;
    int64_t extent = view.shape[dimension];
    if (extent > 1 && view.strides[dimension] != expected)
      return false;
    expected *= extent;
  }
  return true;
}
} // namespace

bool isContiguous(const BufferView& view, char order) {
  if (view.suboffsets)
    return false;
  return (order != 'F' && hasStrides(view, false)) || (order != 'C' && hasStrides(view, true));
}

namespace {
/// Copies the items of the dimensions from `dimension` on; outermost first.
void copyDimension(const BufferView& view, const int64_t* strides, int dimension,
                   const uint8_t* from, std::string& out) {
  if (dimension == view.dimensions) {
    out.append(reinterpret_cast<const char*>(from), static_cast<size_t>(view.itemSize));
    return;
  }
  for (int64_t i = 0; i < view.shape[dimension]; ++i)
    copyDimension(view, strides, dimension + 1, from + i * strides[dimension], out);
}

/// The same with the first index fastest: recursion from the last dimension outwards.
void copyFortran(const BufferView& view, int dimension, const uint8_t* from, std::string& out) {
  if (dimension < 0) {
    out.append(reinterpret_cast<const char*>(from), static_cast<size_t>(view.itemSize));
    return;
  }
  for (int64_t i = 0; i < view.shape[dimension]; ++i)
    copyFortran(view, dimension - 1, from + i * view.strides[dimension], out);
}
} // namespace

void copyBuffer(const BufferView& view, char order, std::string& out) {
  if (!view.shape || !view.strides || isContiguous(view, order == 'F' ? 'F' : 'C')) {
    out += view.bytes();
    return;
  }
  out.reserve(out.size() + static_cast<size_t>(view.size));
  if (order == 'F')
    copyFortran(view, view.dimensions - 1, view.data, out);
  else
    copyDimension(view, view.strides, 0, view.data, out);
}

bool BytesLike::open(Value object) {
  if (PYC_LIKELY(object.isObject() && isBytes(object))) {
    bytes_ = asBytes(object)->view();
    return true;
  }
  if (!getBuffer(object, view_, kBufferSimple))
    return false;
  bytes_ = view_.bytes();
  return true;
}

bool BytesLike::openWritable(Value object) {
  if (!getBuffer(object, view_, kBufferWritable))
    return false;
  bytes_ = view_.bytes();
  return true;
}

} // namespace pyc::rt
