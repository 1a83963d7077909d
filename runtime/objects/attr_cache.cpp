// Inline caches of attribute sites: what follows a failed inline test. A hit of a kind that the
// sites do not test themselves is served first; else the attribute is looked up, and remembered
// where the object's shape says enough to find it again.
//
// A cache stays right because every way in which its answer could change either gives the object
// another shape or goes through typeModified, which empties the caches that depend on the name.
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/attribute.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/module.h"
#include "runtime/objects/property.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/shared_attrs.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/static_method.h"
#include "runtime/objects/tuple_getter.h"

namespace pyc::rt {

namespace {

/// Refills of a site before it counts as one of many shapes, which is refilled only now and then.
constexpr uint8_t kFewMisses = 6;

bool isWorthFilling(AttrCache& cache) {
  if (++cache.misses != 0)
    return cache.misses <= kFewMisses;
  cache.misses = kFewMisses;
  return true;
}

struct Entry {
  AttrKind kind;
  uint64_t offset = 0;
  Value value = {};
  ShapeRef newShape = 0;
};

/// Remembers the entry for objects of this shape. `type`: whose attributes it depends on.
void fill(AttrCache& cache, ShapeRef shape, TypeObject* type, StrObject* name, const Entry& entry) {
  if (entry.offset > UINT16_MAX)
    return;
  bool canChange = isHeapType(type);
  if (canChange ? !addDependent(type, name, &cache) : (removeDependent(&cache, name), false))
    return;
  cache.kind = entry.kind;
  cache.offset = static_cast<uint16_t>(entry.offset);
  cache.value = entry.value;
  cache.newShape = entry.newShape;
  cache.shape = shape;
}

uint64_t offsetFrom(Value object, const Value* place) {
  return static_cast<uint64_t>(reinterpret_cast<const char*>(place) -
                               reinterpret_cast<const char*>(object.object()));
}

bool isDataDescriptor(Value attribute) {
  return typeOf(attribute)->slots.set != nullptr;
}

/// A slot of __slots__ at a fixed place.
bool isFixedMember(Value attribute) {
  return isMemberDescriptor(attribute) &&
         !(attribute.as<MemberDescriptorObject>()->offset & kOffsetBehindItems) &&
         attribute.as<MemberDescriptorObject>()->flags == MemberDef::Writable;
}

/// An attribute of the object's own, in a slot; false when it has none of the name. Where items of
/// any number come before the slots, no cache can say their place.
bool fillOwnSlot(AttrCache& cache, Value object, Shape* shape, StrObject* name) {
  int slot = shape->kind == ShapeKind::Slots ? findSlot(shape, name) : -1;
  if (slot < 0)
    return false;
  if (shape->type->storeOffset == 0)
    return true;
  auto index = static_cast<uint32_t>(slot);
  if (index < shape->inlineSlots)
    fill(cache, refOf(shape), shape->type, name,
         {AttrKind::InlineSlot, offsetFrom(object, attrSlot(object.object(), shape, index))});
  else
    fill(cache, refOf(shape), shape->type, name,
         {AttrKind::OverflowSlot, index - shape->inlineSlots});
  return true;
}

/// What a load calls: a property's function, or a descriptor; null where only a look-up tells.
Value getterOf(Value attribute) {
  if (hasShape(attribute, kShapeProperty))
    if (Value getter = attribute.as<PropertyObject>()->getter;
        getter && hasShape(getter, kShapeFunction))
      return getter;
  return typeOf(attribute)->slots.get ? attribute : Value();
}

/// The field of a named tuple, as the place of an item; 0 for all else.
uint64_t fieldOffset(Shape* shape, Value getter) {
  bool isField = typeOf(getter) == &tupleGetterType && (shape->type->flags & kTypeIsTuple);
  return isField ? tupleOffset(getter.as<TupleGetterObject>()->index) : 0;
}

void fillDescriptor(AttrCache& cache, Shape* shape, StrObject* name, Value attribute) {
  static const Value classOfObject = findInType(&objectType, names::__class__);
  if (isFixedMember(attribute))
    fill(cache, refOf(shape), shape->type, name,
         {AttrKind::InlineSlot, attribute.as<MemberDescriptorObject>()->offset});
  else if (attribute == classOfObject) // another class would be another shape
    fill(cache, refOf(shape), shape->type, name, {AttrKind::TypeValue, 0, Value(shape->type)});
  // Where a getter raises AttributeError, a __getattr__ of the class is asked.
  else if (Value getter = getterOf(attribute); getter && !shape->type->slots.getAttr)
    fill(cache, refOf(shape), shape->type, name,
         {AttrKind::Property, fieldOffset(shape, getter), getter});
}

/// An attribute of the type, found on an instance.
void fillTypeAttribute(AttrCache& cache, Shape* shape, StrObject* name, Value attribute) {
  TypeObject* kind = typeOf(attribute);
  if (kind->flags & kTypeMethodDescriptor)
    fill(cache, refOf(shape), shape->type, name, {AttrKind::Method, 0, attribute});
  else if (!kind->slots.get)
    fill(cache, refOf(shape), shape->type, name, {AttrKind::TypeValue, 0, attribute});
  else if (hasShape(attribute, kShapeStaticMethod))
    fill(cache, refOf(shape), shape->type, name,
         {AttrKind::TypeValue, 0, attribute.as<MethodHolderObject>()->function});
}

void fillLoad(AttrCache& cache, Value object, StrObject* name) {
  Shape* shape = shapeOf(object.object());
  Value attribute = findInType(shape->type, name);
  if (attribute && isDataDescriptor(attribute)) {
    fillDescriptor(cache, shape, name, attribute);
    return;
  }
  if (fillOwnSlot(cache, object, shape, name) || !attribute || shape->kind == ShapeKind::Dictionary)
    return;
  fillTypeAttribute(cache, shape, name, attribute);
}

/// Gives a module or class a shape of its own, so that its identity can be tested with the shape.
bool makeUnique(Object* object, ShapeRef shared) {
  if (object->shape != shared)
    return true;
  const Shape* before = shapeAt(shared);
  Shape* unique = newRootShape(before->type, before->kind, before->inlineSlots);
  if (unique)
    object->shape = refOf(unique);
  return unique != nullptr;
}

/// The entry's value, unless it is one that loading has to resolve.
Value plainValue(const DictEntry* entry) {
  Value value = entry->value;
  return value && !hasShape(value, kShapeLazyImport) ? value : Value();
}

const DictEntry* findEntry(const DictObject* dict, StrObject* name) {
  if (tableOf(dict)->keys == DictKeys::General)
    return nullptr;
  int64_t number = dictFindStrEntry(dict->entries, name);
  return number < 0 ? nullptr : &dict->entries[number];
}

/// An attribute in a module's namespace. The cache has the place of the dict's entry, which stays
/// there while the dict's version does.
void fillModule(AttrCache& cache, Value module, StrObject* name) {
  if (findInType(&moduleType, name) || !moduleDict(module))
    return;
  const DictEntry* entry = findEntry(moduleDict(module), name);
  if (!entry || !makeUnique(module.object(), kShapeModule))
    return;
  fill(cache, module.object()->shape, &moduleType, name,
       {AttrKind::ModuleValue, 0, Value::fromBits(reinterpret_cast<uint64_t>(entry)),
        moduleDict(module)->version});
}

/// A class whose metaclass looks attributes up as `type` does, and whose shape can be its own: it
/// stands for the metaclass and nothing else.
bool isLookedUpPlainly(Value cls) {
  const Shape* shape = shapeOf(cls.object());
  return shape->type->slots.getAttr == typeType.slots.getAttr && !shape->parent &&
         shape->kind != ShapeKind::Dictionary;
}

/// Whether an attribute that is no class or static method is, asked of a class, what the class
/// holds.
bool isItselfInClass(Value attribute) {
  return !typeOf(attribute)->slots.get || hasShape(attribute, kShapeFunction) ||
         hasShape(attribute, kShapeSlotWrapper) || hasShape(attribute, kShapeMethodDescriptor);
}

/// Whether an attribute of the metaclass, or none, leaves what the class itself has in sight, and
/// does so as long as it is there: as type.__init__ does.
bool isBehindClass(Value ofMeta) {
  return !ofMeta || (!isDataDescriptor(ofMeta) && !isHeapType(typeOf(ofMeta)));
}

/// An attribute of a class itself: a function, data, or a method of the class. One of the metaclass
/// may hide it (typeModified empties the caches when it gets one).
void fillClass(AttrCache& cache, Value cls, StrObject* name) {
  TypeObject* meta = typeOf(cls);
  if (!isLookedUpPlainly(cls))
    return;
  if (Value ofMeta = findInType(meta, name); !isBehindClass(ofMeta)) {
    // A data descriptor, as that of __name__, comes before what the class has.
    if (Value getter = getterOf(ofMeta); getter && isDataDescriptor(ofMeta))
      fill(cache, cls.object()->shape, meta, name, {AttrKind::Property, 0, getter});
    return;
  }
  Value attribute = findInType(asType(cls), name);
  if (!attribute)
    return;
  AttrKind kind = AttrKind::TypeValue;
  if (hasShape(attribute, kShapeStaticMethod)) {
    attribute = attribute.as<MethodHolderObject>()->function;
  } else if (hasShape(attribute, kShapeClassMethod)) {
    attribute = attribute.as<MethodHolderObject>()->function;
    kind = AttrKind::Method;
    if (!attribute || !hasShape(attribute, kShapeFunction))
      return;
  } else if (!isItselfInClass(attribute)) {
    return;
  }
  if (makeUnique(cls.object(), meta->rootShape))
    fill(cache, cls.object()->shape, asType(cls), name, {kind, 0, attribute});
}

/// What a look-up of the attribute found, if the site's cache may have it.
void remember(AttrCache& cache, Value object, StrObject* name) {
  if (!object.isObject() || !name->isInterned())
    return;
  TypeObject* type = typeOf(object);
  if (looksUpPlainly(type))
    fillLoad(cache, object, name);
  else if (type == &moduleType)
    fillModule(cache, object, name);
  else if (isType(object))
    fillClass(cache, object, name);
}

bool hits(const AttrCache& cache, Value object) {
  return object.isObject() && object.object()->shape == cache.shape;
}

/// The value that a module has at the place of a hit, borrowed; null where the place may be
/// another.
Value valueOfModule(const AttrCache& cache, Value module) {
  Value dict = *storeWord(module.object(), &moduleType);
  return dict && asDict(dict)->version == cache.newShape ? plainValue(cache.value.as<DictEntry>())
                                                         : Value();
}

/// The value of a hit that is there without calling anything, borrowed; else null.
Value valueOfHit(const AttrCache& cache, Value object) {
  auto* bytes = reinterpret_cast<char*>(object.object());
  switch (cache.kind) {
  case AttrKind::InlineSlot:
    return *reinterpret_cast<Value*>(bytes + cache.offset);
  case AttrKind::OverflowSlot:
    return storeWord(object.object(), typeOf(object))->as<Value>()[cache.offset];
  case AttrKind::TypeValue:
    return cache.value;
  case AttrKind::ModuleValue:
    return valueOfModule(cache, object);
  case AttrKind::Property:
    return cache.offset ? itemAtOffset(asTuple(object), cache.offset) : Value();
  case AttrKind::None:
  case AttrKind::Method:
  case AttrKind::AddInline:
    return {};
  }
  return {};
}

// Stores.

void fillStore(AttrCache& cache, Value object, StrObject* name) {
  Shape* shape = shapeOf(object.object());
  Value attribute = findInType(shape->type, name);
  if (attribute && isDataDescriptor(attribute)) {
    if (isFixedMember(attribute))
      fillDescriptor(cache, shape, name, attribute);
    return;
  }
  fillOwnSlot(cache, object, shape, name);
}

/// The store that has just added the name to an object of shape `before`.
void fillAdd(AttrCache& cache, Value object, Shape* before, StrObject* name) {
  Shape* after = shapeOf(object.object());
  uint32_t index = before->slotCount;
  // A property's setter may have added another attribute instead.
  if (after->parent != before || after->lastName != name || index >= before->inlineSlots ||
      before->type->storeOffset == 0)
    return;
  fill(cache, refOf(before), before->type, name,
       {AttrKind::AddInline, offsetFrom(object, attrSlot(object.object(), after, index)), Value(),
        refOf(after)});
}

void addInline(Object* object, const AttrCache& cache, Value value) {
  incref(value);
  *reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + cache.offset) = value;
  __atomic_store_n(&object->shape, cache.newShape, __ATOMIC_RELEASE);
}

/// Stores into the place of a hit; false when the cache does not say where.
bool storeHit(const AttrCache& cache, Object* object, Value value) {
  switch (cache.kind) {
  case AttrKind::InlineSlot:
    setField(*reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + cache.offset), value);
    return true;
  case AttrKind::OverflowSlot:
    setField(storeWord(object, shapeOf(object)->type)->as<Value>()[cache.offset], value);
    return true;
  case AttrKind::AddInline:
    addInline(object, cache, value);
    return true;
  case AttrKind::None:
  case AttrKind::TypeValue:
  case AttrKind::Method:
  case AttrKind::Property:
  case AttrKind::ModuleValue:
    return false;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// The shared cache
//===----------------------------------------------------------------------===//

/// What sites that see several shapes share: answers by shape and name (the "megamorphic stub
/// cache" of Hölzle, Chambers and Ungar's polymorphic inline caches, ECOOP 1991, section 3).
struct SharedCache {
  struct Way {
    StrObject* name; // owned, so that no other string takes its address
    AttrCache cache;
  };
  static constexpr size_t kWays = 1024;
  Way ways[kWays];

  Way& wayOf(Value object, const StrObject* name) {
    uint64_t hash = object.object()->shape * 0x9E3779B1u ^ (reinterpret_cast<uint64_t>(name) >> 4);
    return ways[(hash ^ (hash >> 16)) % kWays];
  }
};
constinit SharedCache sharedLoads = {};
constinit SharedCache sharedStores = {};

bool hitsWay(const SharedCache::Way& way, Value object, const StrObject* name) {
  return way.name == name && way.cache.shape == object.object()->shape;
}

/// Empties the way for another name.
AttrCache& claimWay(SharedCache::Way& way, StrObject* name) {
  if (way.name != name) {
    if (way.name) {
      removeDependent(&way.cache, way.name);
      decref(way.name);
    }
    incref(name);
    way = {name, {}};
  }
  return way.cache;
}

/// The site's own copy of a shared answer.
void adopt(AttrCache& site, StrObject* name, const AttrCache& shared) {
  if (!isWorthFilling(site))
    return;
  TypeObject* type = shared.dependsOn ? shapeAt(shared.dependsOn)->type : &objectType;
  fill(site, shared.shape, type, name, {shared.kind, shared.offset, shared.value, shared.newShape});
}

/// The shared answer for the object and an interned name; null without any.
const AttrCache* sharedLoad(Value object, StrObject* name) {
  SharedCache::Way& way = sharedLoads.wayOf(object, name);
  if (!hitsWay(way, object, name))
    remember(claimWay(way, name), object, name);
  return hitsWay(way, object, name) ? &way.cache : nullptr;
}

/// The cache that answers for the object: the site's, or a shared one; null without any.
const AttrCache* cacheForLoad(AttrCache& site, Value object, StrObject* name) {
  if (hits(site, object))
    return &site;
  if (!object.isObject() || !name->isInterned())
    return nullptr;
  const AttrCache* shared = sharedLoad(object, name);
  if (shared)
    adopt(site, name, *shared);
  return shared;
}

/// As genericSetAttr; remembers how in `way`.
bool storeAndRemember(SharedCache::Way& way, Value object, StrObject* name, Value value) {
  Shape* before = shapeOf(object.object());
  // What is there already is remembered before the store, whose old value's end may run any code.
  fillStore(claimWay(way, name), object, name);
  if (!genericSetAttr(object, name, value))
    return false;
  if (before->kind == ShapeKind::Slots && object.object()->shape != refOf(before))
    fillAdd(claimWay(way, name), object, before, name);
  return true;
}

/// The store as `way` has it, if it is of this object and name; else as genericSetAttr.
bool storeBy(SharedCache::Way& way, Value object, StrObject* name, Value value) {
  if (!hitsWay(way, object, name))
    return storeAndRemember(way, object, name, value);
  return storeHit(way.cache, object.object(), value) || genericSetAttr(object, name, value);
}

} // namespace

bool fillSpecialMethod(AttrCache& cache, Value object, StrObject* name) {
  if (!isWorthFilling(cache))
    return false;
  Shape* shape = shapeOf(object.object());
  Value method = findInType(shape->type, name);
  if (!method || !hasShape(method, kShapeFunction))
    return false;
  fill(cache, refOf(shape), shape->type, name, {AttrKind::Method, 0, method});
  return cache.shape == refOf(shape);
}

static Ref callGetter(Ref getter, Value object, StrObject* name) {
  if (hasShape(getter, kShapeFunction))
    return callFunction(getter, &object, 1, Value());
  // A descriptor's own class may have been replaced by one that makes no such descriptors.
  const TypeSlots& slots = typeOf(getter)->slots;
  return slots.get && slots.set ? slots.get(getter, object, Value(&typeOf(object)->header))
                                : getAttr(object, name);
}

/// The attribute as the cache (or null) has it, or after a look-up.
static Ref loadBy(const AttrCache* cache, Value object, StrObject* name) {
  if (!cache)
    return getAttr(object, name);
  if (Value value = valueOfHit(*cache, object))
    return Ref::copy(value);
  if (cache->kind == AttrKind::Property) {
    Ref result = callGetter(Ref::copy(cache->value), object, name);
    if (!result)
      addAttributeErrorFields(object, name);
    return result;
  }
  if (cache->kind == AttrKind::Method && hasShape(cache->value, kShapeFunction))
    return makeBoundMethod(cache->value, object);
  return getAttr(object, name);
}

Ref getAttrCached(Value object, StrObject* name, AttrCache& site) {
  return loadBy(cacheForLoad(site, object, name), object, name);
}

Ref getAttrShared(Value object, StrObject* name) {
  StrObject* interned = object.isObject() ? findInterned(name) : nullptr;
  return loadBy(interned ? sharedLoad(object, interned) : nullptr, object, name);
}

bool findAttrShared(Value object, StrObject* name, Ref& result) {
  const AttrCache* cache =
      object.isObject() && name->isInterned() ? sharedLoad(object, name) : nullptr;
  if (Value value = cache ? valueOfHit(*cache, object) : Value()) {
    result = Ref::copy(value);
    return true;
  }
  return findAttr(object, name, result);
}

Value loadAttrCached(Value object, StrObject* name, AttrCache& site) {
  // Sites of several shapes come here all the time.
  if (object.isObject() && !hits(site, object)) {
    SharedCache::Way& way = sharedLoads.wayOf(object, name);
    if (hitsWay(way, object, name) && way.cache.kind == AttrKind::InlineSlot)
      if (Value value = valueOfHit(way.cache, object)) {
        adopt(site, name, way.cache);
        incref(value);
        return value;
      }
  }
  return getAttrCached(object, name, site).release();
}

/// The method (borrowed) of what no shape that a cache could have stands for: a number that is no
/// object, or an object that may have attributes in a dict, which could hide the method, but has
/// none yet. Null for others.
static Value methodWithoutShape(Value object, StrObject* name, AttrCache& site) {
  TypeObject* type = typeOf(object);
  bool isNumber = !object.isObject();
  if (isNumber && site.shape == type->rootShape && site.kind == AttrKind::Method)
    return site.value;
  bool isBare = isNumber || (shapeOf(object.object())->kind == ShapeKind::Dictionary &&
                             looksUpPlainly(type) && storeWord(object.object(), type)->isNull());
  Value found = isBare && name->isInterned() ? findInType(type, name) : Value();
  if (!found || !(typeOf(found)->flags & kTypeMethodDescriptor))
    return {};
  if (isNumber && isWorthFilling(site)) // under the shape of such numbers that are objects
    fill(site, type->rootShape, type, name, {AttrKind::Method, 0, found});
  return found;
}

bool loadMethodCached(Value object, StrObject* name, AttrCache& site, Value out[2]) {
  Value method = hits(site, object) ? Value() : methodWithoutShape(object, name, site);
  if (method) {
    out[0] = Ref::copy(method).release();
    out[1] = Ref::copy(object).release();
    return true;
  }
  if (const AttrCache* cache = cacheForLoad(site, object, name)) {
    if (cache->kind == AttrKind::Method) {
      out[0] = Ref::copy(cache->value).release();
      out[1] = Ref::copy(object).release();
      return true;
    }
    if (Value value = valueOfHit(*cache, object)) {
      out[0] = Ref::copy(value).release();
      out[1] = Value();
      return true;
    }
  }
  return loadMethod(object, name, out);
}

bool setAttrCached(Value object, StrObject* name, Value value, AttrCache& site) {
  if (hits(site, object) && storeHit(site, object.object(), value))
    return true;
  TypeObject* type = typeOf(object);
  if (type->slots.setAttr || !object.isObject() || !name->isInterned())
    return setAttr(object, name, value);
  SharedCache::Way& way = sharedStores.wayOf(object, name);
  if (hitsWay(way, object, name))
    adopt(site, name, way.cache);
  return storeBy(way, object, name, value);
}

bool genericSetAttrShared(Value object, StrObject* name, Value value) {
  if (!object.isObject() || !name->isInterned())
    return genericSetAttr(object, name, value);
  return storeBy(sharedStores.wayOf(object, name), object, name, value);
}

} // namespace pyc::rt
