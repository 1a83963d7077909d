// The buffer protocol in Python (PEP 688): classes with __buffer__ and __release_buffer__, and
// these methods of the built-in types.
#include "runtime/objects/buffer.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

/// The owner of a buffer that came from a __buffer__ method: tells the object when it is given
/// back.
struct BufferWrapper {
  Object header;
  Value object; // owned
  Value view;   // the memoryview that __buffer__ returned, owned
};

void dealloc(Object* self) {
  auto* wrapper = reinterpret_cast<BufferWrapper*>(self);
  decrefMaybe(wrapper->object);
  decrefMaybe(wrapper->view);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  auto* wrapper = reinterpret_cast<BufferWrapper*>(self);
  for (Value part : {wrapper->object, wrapper->view}) {
    if (part)
      visitor.visit(part);
  }
}
void clear(Object* self) {
  auto* wrapper = reinterpret_cast<BufferWrapper*>(self);
  decrefMaybe(std::exchange(wrapper->object, Value()));
  decrefMaybe(std::exchange(wrapper->view, Value()));
}

/// Calls object.__release_buffer__(view) if there is one; what it raises can't go anywhere.
void callRelease(Value object, Value view) {
  Ref pending = takeRaised();
  bool found;
  Ref result = callSpecial(object, names::__release_buffer__, &view, 1, found);
  if (found && !result)
    writeUnraisable("Exception ignored in bf_releasebuffer of", object);
  if (pending)
    restoreRaised(std::move(pending));
}

void releaseWrapped(Value self, BufferView& view) {
  auto* wrapper = self.as<BufferWrapper>();
  if (!wrapper->view)
    return;
  callRelease(wrapper->object, wrapper->view);
  Ref memory = Ref::steal(std::exchange(wrapper->view, Value()));
  typeOf(memory)->slots.releaseBuffer(memory, view);
}

} // namespace

bool getBufferOfClass(Value self, BufferView& view, int flags) {
  Value flagsValue = Value::fromInt(flags);
  bool found;
  Ref memory = callSpecial(self, names::__buffer__, &flagsValue, 1, found);
  if (!memory)
    return found ? false
                 : raise(typeErrorType, "a bytes-like object is required, not '%.100T'", self);
  if (!isMemoryView(memory))
    return raise(typeErrorType, "%T.__buffer__() must return a memoryview, not %T", self,
                 Value(memory));
  auto* wrapper = reinterpret_cast<BufferWrapper*>(allocObject(&bufferWrapperType));
  if (!wrapper)
    return false;
  Ref owner = Ref::steal(wrapper);
  if (!typeOf(memory)->slots.getBuffer(memory, view, flags))
    return false;
  decref(view.owner); // the view belongs to the wrapper from now on
  wrapper->object = Ref::copy(self).release();
  wrapper->view = memory.release();
  view.owner = owner.release();
  return true;
}

void releaseBufferOfClass(Value self, BufferView& view) {
  Ref memory = makeMemoryViewOf(view.data, view.size, view.readOnly);
  if (!memory) {
    clearRaised();
    return;
  }
  asMemoryView(memory)->restricted = true;
  callRelease(self, memory);
  if (!releaseMemoryView(asMemoryView(memory)))
    clearRaised();
}

Ref bufferAsMemoryView(Value object, Value flags) {
  int bits = 0;
  return intArg(flags, bits) ? makeMemoryViewWith(object, bits) : Ref();
}

bool releaseMemoryViewOf(Value object, Value memoryView) {
  if (!isMemoryView(memoryView))
    return raise(typeErrorType, "expected a memoryview object");
  MemoryViewObject* view = asMemoryView(memoryView);
  if (!view->buffer)
    return raise(valueErrorType, "memoryview's buffer has already been released");
  if (!(view->buffer->view.owner == object))
    return raise(valueErrorType, "memoryview's buffer is not this object");
  return releaseMemoryView(view);
}

constinit TypeObject bufferWrapperType = {
    .name = "_buffer_wrapper",
    .basicSize = sizeof(BufferWrapper),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .releaseBuffer = releaseWrapped},
};

} // namespace pyc::rt
