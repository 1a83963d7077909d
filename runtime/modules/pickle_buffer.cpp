// PickleBuffer: a buffer that a pickle may leave out, for others to carry it.
#include "runtime/modules/pickle_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt::pickle {

namespace {

struct PickleBufferObject {
  Object header;
  BufferView view; // the owner is null when it is released
};
BufferView& viewOf(Value self) {
  return self.as<PickleBufferObject>()->view;
}

bool checkHeld(Value self) {
  return viewOf(self).owner ||
         raise(valueErrorType, "operation forbidden on released PickleBuffer object");
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  size_t named = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  if (argc + named > 1)
    return raise(typeErrorType, "PickleBuffer() takes at most 1 argument (%zu given)",
                 argc + named);
  if (argc != 1)
    return raise(typeErrorType, "PickleBuffer() takes exactly 1 positional argument (%zu given)",
                 argc);
  Ref self = Ref::steal(allocObject(type));
  if (!self || !getBuffer(args[0], viewOf(self), kBufferIndirect | kBufferFormat))
    return {};
  return self;
}

void clear(Object* self) {
  releaseBuffer(reinterpret_cast<PickleBufferObject*>(self)->view);
}
void dealloc(Object* self) {
  clear(self);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  if (Value owner = reinterpret_cast<PickleBufferObject*>(self)->view.owner)
    visitor.visit(owner);
}

/// Lends what it holds; the owner is asked itself.
bool lend(Value self, BufferView& view, int flags) {
  return checkHeld(self) && getBuffer(viewOf(self).owner, view, flags);
}

/// The same as plain bytes in the order in which they lie in memory.
struct RawBytesObject {
  Object header;
  Value owner;
};
bool lendRaw(Value self, BufferView& view, int) {
  if (!getBuffer(self.as<RawBytesObject>()->owner, view, kBufferIndirect | kBufferFormat))
    return false;
  view.format = nullptr;
  view.itemSize = 1;
  view.dimensions = 1;
  view.shape = view.strides = nullptr;
  return true;
}
void deallocRaw(Object* self) {
  clearField(reinterpret_cast<RawBytesObject*>(self)->owner);
  freeObject(self);
}
constinit TypeObject rawBytesType = {
    .name = "_pickle.RawBytes",
    .base = &objectType,
    .basicSize = sizeof(RawBytesObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .slots = {.dealloc = deallocRaw, .getBuffer = lendRaw},
};

Ref raw(const Value* args) {
  if (!checkHeld(args[0]))
    return {};
  const BufferView& view = viewOf(args[0]);
  if (view.suboffsets || !isContiguous(view, 'A'))
    return raise(bufferErrorType, "cannot extract raw buffer from non-contiguous buffer");
  readyType(&rawBytesType);
  Ref lender = Ref::steal(allocObject(&rawBytesType));
  if (!lender)
    return {};
  setField(lender.as<RawBytesObject>()->owner, view.owner);
  return makeMemoryViewWith(lender, kBufferFormat);
}

Ref release(const Value* args) {
  clear(args[0].object());
  return Ref::none();
}

constexpr MethodDef kMethods[] = {
    {.signature = "raw($self, /)",
     .bound = raw,
     .doc = "A memoryview of the buffer's bytes, without shape and format.\n\nBufferError where "
            "they do not lie side by side."},
    {.signature = "release($self, /)", .bound = release, .doc = "Gives the buffer back."},
};

} // namespace

constinit TypeObject pickleBufferType = {
    .name = "pickle.PickleBuffer",
    .base = &objectType,
    .basicSize = sizeof(PickleBufferObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .doc = "Wrapper for potentially out-of-band buffers",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .create = create,
              .getBuffer = lend},
};

} // namespace pyc::rt::pickle
