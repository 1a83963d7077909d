// What happens to garbage, in the order of CPython 3.15: callbacks of weak references, finalizers
// (PEP 442), a second look for what they revived, the other weak references, breaking the cycles.
#include "runtime/objects/collector.h"
#include "runtime/objects/garbage.h"
#include "runtime/objects/instance.h"
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
  // Instances go before their classes, to which they hold no counted reference.
  auto classes = std::partition(garbage.begin(), garbage.end(),
                                [](Object* object) { return !isType(object); });
  std::for_each(garbage.begin(), classes, decrefObject);
  std::for_each(classes, garbage.end(), decrefObject);
  return static_cast<int64_t>(garbage.size());
}

} // namespace pyc::rt
