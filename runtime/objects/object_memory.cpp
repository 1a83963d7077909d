// Birth and death of objects.
#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/weakref.h"

#include <cstring>

namespace pyc::rt {

void releaseStore(Object* object, const Shape* shape);

namespace {

size_t sizeOf(const TypeObject* type, size_t items) {
  if (!(type->flags & kTypeVarSized))
    return type->instanceSize;
  size_t behindItems = type->instanceSize - type->basicSize;
  if (behindItems == 0)
    return type->basicSize + items * type->itemSize;
  // A str's items are bytes here, but stand as code points of up to four.
  size_t wide = (type->flags & kTypeIsStr) ? 3 : 0;
  return type->basicSize + sizeBehindItems(items + wide, type->itemSize) + behindItems;
}

Object* initObject(Object* object, const TypeObject* type, uint8_t flags, size_t size) {
  object->shape = type->rootShape;
  object->owner = thisThread().id;
  object->lock = 0;
  object->flags = flags;
  object->localCount = 1;
  object->sharedCount = 0;
  std::memset(static_cast<void*>(object + 1), 0, size - sizeof(Object));
  return object;
}

} // namespace

Object* allocObject(TypeObject* type, size_t items) {
  readyType(type);
  size_t size = sizeOf(type, items);
  if (PYC_UNLIKELY(items > (size_t(1) << 47))) // sizes must not wrap
    return raiseMemoryError();
  bool isCollected = (type->flags & kTypeCollected) != 0;
  auto* object = static_cast<Object*>(isCollected ? allocCollected(size) : allocPlain(size));
  if (PYC_UNLIKELY(!object))
    return raiseMemoryError();
  noteAllocation(type->rootShape, size);
  if (isCollected && PYC_UNLIKELY(++thisThread().collectorDebt > 0))
    requestCollection();
  return initObject(object, type, isCollected ? kObjectCollected : 0, size);
}

void freeObject(Object* object) {
  const Shape* shape = shapeOf(object);
  if (shape->kind != ShapeKind::Plain)
    releaseStore(object, shape);
  if (object->flags & kObjectCollected)
    --thisThread().collectorDebt;
  freeMemory(object);
}

namespace {

/// Deallocations nested deeper than this wait in the thread's trashcan.
constexpr uint32_t kMaxDeallocDepth = 50;

void putInTrashcan(ThreadState& thread, Object* object) {
  if (thread.trashcanCount == thread.trashcanCapacity) {
    uint32_t capacity = thread.trashcanCapacity ? thread.trashcanCapacity * 2 : 64;
    auto* grown = static_cast<Object**>(reallocPlain(thread.trashcan, capacity * sizeof(Object*)));
    PYC_CHECK(grown != nullptr);
    thread.trashcan = grown;
    thread.trashcanCapacity = capacity;
  }
  thread.trashcan[thread.trashcanCount++] = object;
}

/// False when the finalizer has revived the object.
bool runFinalizer(Object* object, const TypeObject* type) {
  if (object->flags & kObjectFinalized)
    return true;
  object->flags |= kObjectFinalized;
  object->localCount = 1; // alive while it runs
  finalizeObject(object, type);
  if (object->localCount == 1 && object->sharedCount == 0) {
    object->localCount = 0;
    return true;
  }
  decrefObject(object);
  return false;
}

[[gnu::always_inline]] inline void deallocNow(Object* object) {
  const TypeObject* type = shapeOf(object)->type;
  if (type->slots.finalize && !runFinalizer(object, type))
    return;
  if (PYC_UNLIKELY(object->flags & kObjectHasWeakrefs)) {
    if (isBorrowedFunction(object) && outlivesItsCount(reinterpret_cast<FunctionObject*>(object)))
      return;
    weakrefsObjectDies(object);
  }
  shapeOf(object)->type->slots.dealloc(object); // __del__ may have changed the class
}

void emptyTrashcan(ThreadState& thread) {
  while (thread.trashcanCount != 0) {
    Object* object = thread.trashcan[--thread.trashcanCount];
    thread.deallocDepth = 1;
    deallocNow(object);
  }
  thread.deallocDepth = 0;
}

} // namespace

AsideScope::AsideScope() {
  ThreadState& thread = thisThread();
  raised_ = std::exchange(thread.raised, Value());
  trashcan_ = std::exchange(thread.trashcan, nullptr);
  trashcanCount_ = std::exchange(thread.trashcanCount, 0);
  trashcanCapacity_ = std::exchange(thread.trashcanCapacity, 0);
  deallocDepth_ = std::exchange(thread.deallocDepth, 0);
}

AsideScope::~AsideScope() {
  ThreadState& thread = thisThread();
  decrefMaybe(thread.raised);
  freeMemory(thread.trashcan);
  thread.raised = raised_;
  thread.trashcan = trashcan_;
  thread.trashcanCount = trashcanCount_;
  thread.trashcanCapacity = trashcanCapacity_;
  thread.deallocDepth = deallocDepth_;
}

void finalizeObject(Object* object, const TypeObject* type) {
  AsideScope aside;
  type->slots.finalize(object);
}

extern "C" void pycDeallocObject(Object* object) {
  if (object->shape == kShapeStr) { // what dies most refers to nothing
    freeMemory(object);
    return;
  }
  ThreadState& thread = thisThread();
  if (thread.deallocDepth >= kMaxDeallocDepth) {
    putInTrashcan(thread, object);
    return;
  }
  ++thread.deallocDepth;
  deallocNow(object);
  if (--thread.deallocDepth == 0 && PYC_UNLIKELY(thread.trashcanCount != 0))
    emptyTrashcan(thread);
}

} // namespace pyc::rt
