// memoryviews: making, sharing and releasing them.
#include "runtime/objects/memory_view.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr int kMaxDimensions = 64;

Ref makeManaged() {
  return Ref::steal(reinterpret_cast<ManagedBuffer*>(allocObject(&managedBufferType)));
}

MemoryViewObject* allocView(ManagedBuffer* buffer, int dimensions) {
  auto* view = reinterpret_cast<MemoryViewObject*>(
      allocObject(&memoryViewType, static_cast<size_t>(dimensions) * 2));
  if (!view)
    return nullptr;
  increfObject(&buffer->header);
  view->places = int64_t(dimensions) * 2;
  view->buffer = buffer;
  view->dimensions = dimensions;
  return view;
}

/// A memoryview of the whole of a managed buffer. Consumes the buffer.
Ref viewWhole(Ref managed) {
  auto* buffer = managed.as<ManagedBuffer>();
  const BufferView& source = buffer->view;
  if (source.dimensions > kMaxDimensions)
    return raise(valueErrorType, "memoryview: number of dimensions must not exceed 64");
  MemoryViewObject* view = allocView(buffer, source.dimensions);
  if (!view)
    return {};
  view->data = source.data;
  view->size = source.size;
  view->itemSize = source.itemSize;
  view->format = source.format ? source.format : "B";
  view->readOnly = source.readOnly;
  int64_t* shape = view->shape();
  int64_t* strides = view->strides();
  if (source.shape)
    std::copy_n(source.shape, source.dimensions, shape);
  else if (source.dimensions == 1)
    shape[0] = source.itemSize ? source.size / source.itemSize : 0;
  if (source.strides) {
    std::copy_n(source.strides, source.dimensions, strides);
  } else {
    int64_t stride = source.itemSize;
    for (int i = source.dimensions; i-- > 0;) {
      strides[i] = stride;
      stride *= shape[i];
    }
  }
  return Ref::steal(view);
}

void deallocManaged(Object* self) {
  releaseBuffer(reinterpret_cast<ManagedBuffer*>(self)->view);
  freeObject(self);
}
void traverseManaged(Object* self, Visitor& visitor) {
  if (Value owner = reinterpret_cast<ManagedBuffer*>(self)->view.owner)
    visitor.visit(owner);
}
void clearManaged(Object* self) {
  releaseBuffer(reinterpret_cast<ManagedBuffer*>(self)->view);
}

} // namespace

bool checkUsable(MemoryViewObject* view) {
  if (PYC_UNLIKELY(!view->buffer))
    return raise(valueErrorType, "operation forbidden on released memoryview object");
  return true;
}

bool checkUnrestricted(MemoryViewObject* view) {
  if (PYC_UNLIKELY(view->restricted))
    return raise(valueErrorType, "cannot create new view on restricted memoryview");
  return true;
}

MemoryViewObject* deriveView(MemoryViewObject* view, int dimensions) {
  if (!checkUnrestricted(view))
    return nullptr;
  MemoryViewObject* derived = allocView(view->buffer, dimensions);
  if (!derived)
    return nullptr;
  derived->data = view->data;
  derived->size = view->size;
  derived->itemSize = view->itemSize;
  derived->format = view->format;
  derived->readOnly = view->readOnly;
  return derived;
}

Ref makeMemoryView(Value object) {
  if (isMemoryView(object)) {
    MemoryViewObject* view = asMemoryView(object);
    if (!checkUsable(view))
      return {};
    MemoryViewObject* copy = deriveView(view, view->dimensions);
    if (!copy)
      return {};
    std::copy_n(view->shape(), view->places, copy->shape());
    return Ref::steal(copy);
  }
  if (!hasBuffer(object))
    return raise(typeErrorType, "memoryview: a bytes-like object is required, not '%.200T'",
                 object);
  return makeMemoryViewWith(object, kBufferFullRO);
}

Ref makeMemoryViewWith(Value object, int flags) {
  PYC_TRY(managed, makeManaged());
  if (!getBuffer(object, managed.as<ManagedBuffer>()->view, flags))
    return {};
  return viewWhole(std::move(managed));
}

Ref makeMemoryViewOf(uint8_t* data, int64_t size, bool readOnly) {
  PYC_TRY(managed, makeManaged());
  BufferView& view = managed.as<ManagedBuffer>()->view;
  view.data = data;
  view.size = size;
  view.itemSize = 1;
  view.dimensions = 1;
  view.readOnly = readOnly;
  return viewWhole(std::move(managed));
}

bool releaseMemoryView(MemoryViewObject* view) {
  if (!view->buffer)
    return true;
  if (view->exports > 0)
    return raise(bufferErrorType, "memoryview has %d exported buffer%s", view->exports,
                 view->exports == 1 ? "" : "s");
  decrefObject(&std::exchange(view->buffer, nullptr)->header);
  return true;
}

BufferView MemoryViewObject::borrow() {
  BufferView view;
  view.data = data;
  view.size = size;
  view.itemSize = itemSize;
  view.format = format;
  view.dimensions = dimensions;
  view.readOnly = readOnly;
  view.shape = shape();
  view.strides = strides();
  return view;
}

constinit TypeObject managedBufferType = {
    .name = "managedbuffer",
    .basicSize = sizeof(ManagedBuffer),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = deallocManaged, .traverse = traverseManaged, .clear = clearManaged},
};

} // namespace pyc::rt
