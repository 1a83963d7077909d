#include "runtime/objects/instance_memory.h"

#include "runtime/memory/release.h"
#include "runtime/objects/heap_type.h"

namespace pyc::rt {

extern "C" {
constinit thread_local InstanceMemory pycInstanceMemory = {};
}

namespace {

/// Ends of instances in ends of instances, before the general way (which has a limit of its own).
constexpr unsigned kMaxNested = 16;

/// What the end of instances of one shape needs to know, found once for those that die together.
struct InstanceEnd {
  ShapeRef shape = 0;   // 0: of none
  bool isPlain = false; // deallocInstance is all there is to it
  uint32_t first = 0;   // offset of the first attribute; 0: they have no places
  uint32_t count = 0;   // attributes
  uint32_t grains = 0;

  void learn(ShapeRef of) {
    shape = of;
    const Shape* layout = shapeAt(of);
    const TypeObject* type = layout->type;
    bool hasPlaces = layout->kind == ShapeKind::Slots && type->storeOffset != 0;
    isPlain = hasPlaces && type->slots.dealloc == deallocInstance && !type->slots.finalize;
    first = hasPlaces ? type->storeOffset + static_cast<uint32_t>(sizeof(Value)) : 0;
    count = layout->slotCount;
    grains = (first + layout->inlineSlots * static_cast<uint32_t>(sizeof(Value))) / kInstanceGrain;
  }
  /// Whether the object, which nobody holds any more, ends with its attributes alone.
  bool fits(const Object* object) {
    if (object->shape != shape)
      learn(object->shape);
    return isPlain && !(object->flags & kObjectHasWeakrefs) && !storeOf(object);
  }
  /// Not null where attributes are in a dict or in an overflow array.
  Value storeOf(const Object* object) const {
    return *reinterpret_cast<const Value*>(reinterpret_cast<const char*>(object) + first -
                                           sizeof(Value));
  }
};

void endInstance(Object* object, InstanceEnd& end, unsigned depth);

/// May run code, which may change the class.
[[gnu::noinline]] void releaseInGeneral(Object* object, InstanceEnd& end) {
  end.shape = 0;
  releaseObject(object);
}

/// Releases what an attribute held. A plain instance that dies of it is handed back if it `isLast`,
/// for the caller to end it: lists of instances are as long as they like.
[[gnu::always_inline]] inline Object* releaseAttribute(Object* object, bool isLast,
                                                       InstanceEnd& end, unsigned depth) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (object->owner != thisThread().id) {
    if (count != kImmortalCount)
      releaseInGeneral(object, end);
  } else if (count != 1) {
    __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  } else if (__atomic_load_n(&object->sharedCount, __ATOMIC_ACQUIRE) == 0 && end.fits(object) &&
             (isLast || depth < kMaxNested)) {
    __atomic_store_n(&object->localCount, 0u, __ATOMIC_RELAXED);
    if (isLast)
      return object;
    endInstance(object, end, depth + 1);
  } else {
    releaseInGeneral(object, end);
  }
  return nullptr;
}

/// `end` knows the object's shape.
void endInstance(Object* object, InstanceEnd& end, unsigned depth) {
  do {
    auto* values = reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + end.first);
    uint32_t grains = end.grains;
    Object* next = nullptr;
    for (uint32_t i = 0, count = end.count; i < count; ++i)
      if (Value value = values[i]; value.isObject() && value)
        next = releaseAttribute(value.object(), i + 1 == count, end, depth);
    keepInstance(object, grains);
    object = next;
  } while (object);
}

} // namespace

void deallocInstance(Object* object) {
  InstanceEnd end;
  end.learn(object->shape);
  if (PYC_LIKELY(end.first != 0 && !end.storeOf(object)))
    endInstance(object, end, 0);
  else
    freeObject(object);
}

uint32_t clearedWords(const TypeObject* type) {
  if (type->instanceSize / kInstanceGrain >= kSpareSizes ||
      (type->flags & (kTypeCollected | kTypeVarSized)) != kTypeCollected)
    return 0;
  ShapeKind kind = shapeAt(type->rootShape)->kind;
  if (type->storeOffset == kPlainStoreOffset && kind == ShapeKind::Slots)
    return 1;
  bool hasSlotsOnly = type->storeOffset == 0 && kind == ShapeKind::Plain &&
                      type->instanceSize % kInstanceGrain == 0;
  uint32_t behindHeader = type->instanceSize - static_cast<uint32_t>(sizeof(Object));
  return hasSlotsOnly ? behindHeader / static_cast<uint32_t>(sizeof(Value)) : 0;
}

void rememberConstruction(TypeObject* type, Value init, ConstructionCache& cache) {
  const Shape* root = shapeAt(type->rootShape);
  uint32_t cleared = clearedWords(type);
  bool fits =
      cleared != 0 && (root->kind == ShapeKind::Plain || type->widestInstance <= root->inlineSlots);
  cache = {.type = fits ? type : nullptr,
           .version = typeVersion(type),
           .shape = type->rootShape,
           .init = init,
           .grains = type->instanceSize / kInstanceGrain,
           .cleared = cleared};
}

} // namespace pyc::rt
