// What happens to garbage, in the order of CPython 3.15: callbacks of weak references, finalizers
// (PEP 442), a second look for what they revived, the other weak references, breaking the cycles.
#include "runtime/objects/collector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/garbage.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/list.h"
#include "runtime/objects/weakref.h"

#include <algorithm>

namespace pyc::rt {

namespace {

/// True when at least one finalizer ran.
bool runFinalizers(const std::vector<Object*>& garbage) {
  bool any = false;
  for (Object* object : garbage) {
    const TypeObject* type = shapeOf(object)->type;
    if (!type->slots.finalize || (object->flags & kObjectFinalized))
      continue;
    object->flags |= kObjectFinalized;
    finalizeObject(object, type);
    any = true;
  }
  return any;
}

void breakCycles(const std::vector<Object*>& garbage) {
  for (Object* object : garbage) {
    const Shape* shape = shapeOf(object);
    if (auto clear = shape->type->slots.clear)
      clear(object);
    if (shape->kind != ShapeKind::Plain)
      clearStore(object);
  }
}

/// How many of an object's class, metaclass, ... were made at run time.
int classDepth(Object* object) {
  int depth = 0;
  for (TypeObject* type = shapeOf(object)->type; type->flags & kTypeHeap; type = typeOf(type))
    ++depth;
  return depth;
}

/// Instances go before their classes, and these before their metaclasses: the reference that says
/// so is not counted.
void release(std::vector<Object*>& garbage) {
  auto classes = std::partition(garbage.begin(), garbage.end(),
                                [](Object* object) { return !isType(object); });
  std::sort(classes, garbage.end(),
            [](Object* a, Object* b) { return classDepth(a) > classDepth(b); });
  std::for_each(garbage.begin(), garbage.end(), decrefObject);
}

} // namespace

int64_t disposeOf(std::vector<Object*> garbage) {
  bool ranCode = weakrefsCallBack(garbage);
  ranCode |= runFinalizers(garbage);
  if (ranCode)
    dropRevived(garbage);
  for (Object* object : garbage)
    object->flags &= static_cast<uint8_t>(~kObjectMarked);
  weakrefsClear(garbage);
  breakCycles(garbage);
  release(garbage);
  return static_cast<int64_t>(garbage.size());
}

int64_t saveAll(std::vector<Object*> garbage, ListObject* into) {
  for (Object* object : garbage) {
    object->flags &= static_cast<uint8_t>(~kObjectMarked);
    if (!listAppend(into, object))
      clearRaised();
  }
  release(garbage);
  return static_cast<int64_t>(garbage.size());
}

} // namespace pyc::rt
