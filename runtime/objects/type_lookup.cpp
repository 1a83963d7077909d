// Finding attributes of types: along the MRO, behind a cache that all types share.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

/// Types that no class statement made, without a second base: the MRO is the chain of bases, and no
/// tuple is made of it before someone asks.
bool followsBases(const TypeObject* type) {
  return type->mro == nullptr && !type->secondBase;
}

struct CachedLookup {
  StrObject* name;
  Value value; // borrowed from a dict; may be null: no such attribute
  uint32_t version;
};
constexpr size_t kCacheSize = 2048;
constinit CachedLookup lookupCache[kCacheSize] = {};

CachedLookup& cachePlace(uint32_t version, const StrObject* name) {
  uint64_t hash = (reinterpret_cast<uint64_t>(name) >> 4) ^ (version * 0x9E3779B1u);
  return lookupCache[hash & (kCacheSize - 1)];
}

uint32_t lastVersion = 0;

Ref baseChain(TypeObject* type) {
  Value items[32];
  size_t count = 0;
  for (TypeObject* t = type; t; t = t->base) {
    PYC_CHECK(count < std::size(items));
    items[count++] = t;
    if (t->secondBase) { // ExceptionGroup: the bases' lines meet further up
      items[count++] = t->base;
      t = t->secondBase;
      items[count++] = t;
    }
  }
  return makeTuple(items, count);
}

Value findInMro(TypeObject* type, StrObject* name) {
  if (followsBases(type)) {
    for (; type; type = type->base)
      if (Value found = dictFindStr(typeDict(type), name))
        return found;
    return {};
  }
  TupleObject* mro = typeMro(type);
  for (int64_t i = 0; i < mro->count; ++i)
    if (Value found = dictFindStr(typeDict(asType(mro->items()[i])), name))
      return found;
  return {};
}

} // namespace

TupleObject* typeMro(TypeObject* type) {
  readyType(type);
  if (!type->mro) {
    Ref mro = baseChain(type);
    PYC_CHECK(mro);
    type->mro = asTuple(mro.release());
  }
  return type->mro;
}

TupleObject* typeBases(TypeObject* type) {
  readyType(type);
  if (!type->bases) {
    Value items[] = {type->base, type->secondBase};
    Ref bases = makeTuple(items, !type->base ? 0 : type->secondBase ? 2 : 1);
    PYC_CHECK(bases);
    type->bases = asTuple(bases.release());
  }
  return type->bases;
}

bool isSubtypeSlow(const TypeObject* type, const TypeObject* ancestor) {
  if (followsBases(type)) {
    for (; type; type = type->base)
      if (type == ancestor)
        return true;
    return ancestor == &objectType; // a type that is not ready yet
  }
  const TupleObject* mro = typeMro(const_cast<TypeObject*>(type));
  for (int64_t i = 0; i < mro->count; ++i)
    if (mro->items()[i].as<TypeObject>() == ancestor)
      return true;
  return false;
}

uint32_t typeVersion(TypeObject* type) {
  if (type->version == 0) {
    uint32_t version = __atomic_add_fetch(&lastVersion, 1, __ATOMIC_RELAXED);
    PYC_CHECK(version != 0);
    type->version = version;
  }
  return type->version;
}

void forgetLookup(TypeObject* type, StrObject* name) {
  CachedLookup& cached = cachePlace(type->version, name);
  if (cached.version == type->version)
    cached = {};
}

Value findInType(TypeObject* type, StrObject* name) {
  uint32_t version = type->version;
  CachedLookup* cached = &cachePlace(version, name);
  if (PYC_LIKELY(cached->name == name && cached->version == version && version != 0))
    return cached->value;
  if (PYC_UNLIKELY(isHeapType(type) && asHeapType(type)->foreignMro))
    return findInMro(type, name);
  version = typeVersion(type);
  Value value = findInMro(type, name);
  // Filling dicts may have changed nothing about this type's version, but the place depends on it.
  cachePlace(version, name) = {name, value, version};
  return value;
}

} // namespace pyc::rt
