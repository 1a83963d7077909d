#include "runtime/objects/instance_memory.h"

#include "runtime/memory/release.h"
#include "runtime/objects/heap_type.h"

namespace pyc::rt {

extern "C" {
constinit thread_local InstanceMemory pycInstanceMemory = {};
}

void deallocInstance(Object* object) {
  const Shape* shape = shapeOf(object);
  uint32_t storeOffset = shape->type->storeOffset;
  auto* word = reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + storeOffset);
  // Attributes elsewhere, in a dict or in an overflow array, are the exception.
  if (PYC_UNLIKELY(shape->kind != ShapeKind::Slots || storeOffset == 0 || *word)) {
    freeObject(object);
    return;
  }
  uint32_t inlineSlots = shape->inlineSlots;
  for (uint32_t i = 0, count = shape->slotCount; i < count; ++i)
    if (word[1 + i].isObject())
      releaseObject(word[1 + i].object());
  uint32_t size = storeOffset + static_cast<uint32_t>((1 + inlineSlots) * sizeof(Value));
  keepInstance(object, size / kInstanceGrain);
}

void rememberConstruction(TypeObject* type, Value init, ConstructionCache& cache) {
  const Shape* root = shapeAt(type->rootShape);
  bool fits = type->storeOffset == kPlainStoreOffset && root->kind == ShapeKind::Slots &&
              type->widestInstance <= root->inlineSlots &&
              type->instanceSize / kInstanceGrain < kSpareSizes &&
              (type->flags & (kTypeCollected | kTypeVarSized)) == kTypeCollected;
  cache = {.type = fits ? type : nullptr,
           .version = typeVersion(type),
           .shape = type->rootShape,
           .init = init,
           .grains = type->instanceSize / kInstanceGrain};
}

} // namespace pyc::rt
