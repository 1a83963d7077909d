#include "runtime/objects/collected_heap.h"

#include "runtime/memory/heap.h"
#include "runtime/memory/merge_queue.h"
#include "runtime/objects/instance.h"

namespace pyc::rt {

namespace {

struct BlockVisit {
  void (*f)(Object* object, void* context);
  void* context;
};

bool visitBlock(const mi_heap_t*, const mi_heap_area_t*, void* block, size_t, void* arg) {
  auto* visit = static_cast<BlockVisit*>(arg);
  auto* object = static_cast<Object*>(block);
  if (object && object->shape != 0) // else kept for the next object (freeTuple)
    visit->f(object, visit->context);
  return true;
}

} // namespace

void eachCollectedBlock(void (*f)(Object* object, void* context), void* context) {
  BlockVisit visit{f, context};
  eachThread([](ThreadState& thread,
                void* arg) { mi_heap_visit_blocks(thread.collectedHeap, true, visitBlock, arg); },
             &visit);
}

void traverseObject(Object* object, Visitor& visitor) {
  const Shape* shape = shapeOf(object);
  if (auto traverse = shape->type->slots.traverse)
    traverse(object, visitor);
  if (shape->kind != ShapeKind::Plain)
    traverseStore(object, visitor);
}

} // namespace pyc::rt
