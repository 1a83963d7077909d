// What functools.lru_cache makes of a function: its results are kept, the last used ones when there
// is a limit.
//
// With a limit, the results stand in a ring of links in order of use, and the dict leads from the
// arguments to the links. Between any two steps that may run Python code (the function itself,
// __eq__ and __hash__ of arguments, destructors) the ring and the dict are fit for use; each step
// looks again at what may have changed.
#include "runtime/modules/functools_parts.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

struct LruLink {
  Object header;
  LruLink *previous, *next; // of the ring; not counted: the dict keeps the links
  Value key, result;
  int64_t hash;
};

struct LruCacheObject {
  Object header;
  LruLink* newest; // the ring's ends; null: empty
  LruLink* oldest;
  Value function, infoType;
  DictObject* results; // arguments to result, or to the link of one
  int64_t most;        // -1: no limit
  int64_t hits, misses;
  bool isTyped;
};

LruCacheObject* asCache(Value value) {
  return value.as<LruCacheObject>();
}

// The ring, which is a list from the oldest link to the newest one.

void unlink(LruCacheObject* cache, LruLink* link) {
  (link->previous ? link->previous->next : cache->oldest) = link->next;
  (link->next ? link->next->previous : cache->newest) = link->previous;
  link->previous = link->next = nullptr;
}

void makeNewest(LruCacheObject* cache, LruLink* link) {
  link->previous = cache->newest;
  link->next = nullptr;
  (cache->newest ? cache->newest->next : cache->oldest) = link;
  cache->newest = link;
}

void makeOldest(LruCacheObject* cache, LruLink* link) {
  link->next = cache->oldest;
  link->previous = nullptr;
  (cache->oldest ? cache->oldest->previous : cache->newest) = link;
  cache->oldest = link;
}

/// Takes all links out; the dict still owns them.
void forgetOrder(LruCacheObject* cache) {
  while (cache->oldest)
    unlink(cache, cache->oldest);
}

// Keys.

/// Stands between positional and keyword arguments.
constinit Object keywordMark = immortalObject(kShapeObject);

/// The arguments as a key: one of exact type int or str stands for itself; else a tuple.
Ref makeKey(const LruCacheObject* cache, const Value* args, size_t argc, Value kwnames) {
  size_t named = keywordsOf(kwnames);
  if (!cache->isTyped && named == 0 && argc == 1 &&
      (args[0].isInt() || hasShape(args[0], kShapeInt) || isExactStr(args[0])))
    return Ref::copy(args[0]);
  size_t count = argc + (named ? 1 + 2 * named : 0) + (cache->isTyped ? argc + named : 0);
  PYC_TRY(key, newTuple(count));
  if (count == 0)
    return key;
  Value* out = asTuple(key)->items();
  auto put = [&](Value value) { *out++ = Ref::copy(value).release(); };
  for (size_t i = 0; i < argc; ++i)
    put(args[i]);
  if (named)
    put(&keywordMark);
  for (size_t i = 0; i < named; ++i) {
    put(asTuple(kwnames)->items()[i]);
    put(args[argc + i]);
  }
  if (cache->isTyped)
    for (size_t i = 0; i < argc + named; ++i)
      put(&typeOf(args[i])->header);
  return key;
}

/// The value of a key: null when it is missing; false on errors.
bool find(DictObject* dict, Value key, int64_t hash, Ref& result) {
  int64_t number = dictLookup(dict, key, hash);
  if (number == kDictError)
    return false;
  result = number >= 0 ? Ref::copy(dict->entries[number].value) : Ref();
  return true;
}

// The three ways to call.

Ref callUncached(LruCacheObject* cache, const Value* args, size_t argc, Value kwnames) {
  ++cache->misses;
  return call(cache->function, args, argc, kwnames);
}

Ref callUnbounded(LruCacheObject* cache, Value key, int64_t hash, const Value* args, size_t argc,
                  Value kwnames) {
  Ref result;
  if (!find(cache->results, key, hash, result))
    return {};
  if (result) {
    ++cache->hits;
    return result;
  }
  ++cache->misses;
  result = call(cache->function, args, argc, kwnames);
  if (!result || !dictSetHashed(cache->results, key, hash, result))
    return {};
  return result;
}

/// Puts a new link into the dict and the ring.
bool addLink(LruCacheObject* cache, Value key, int64_t hash, Value result) {
  readyType(&lruLinkType);
  Object* object = allocObject(&lruLinkType);
  if (!object)
    return false;
  Ref keep = Ref::steal(object);
  auto* link = reinterpret_cast<LruLink*>(object);
  link->hash = hash;
  link->key = Ref::copy(key).release();
  link->result = Ref::copy(result).release();
  if (!dictSetHashed(cache->results, key, hash, keep))
    return false;
  makeNewest(cache, link);
  return true;
}

/// Makes room by giving the oldest link to a new result.
bool replaceOldest(LruCacheObject* cache, Value key, int64_t hash, Value result) {
  LruLink* link = cache->oldest;
  Ref keep = Ref::copy(Value(link));
  unlink(cache, link);
  int64_t number = dictLookup(cache->results, link->key, link->hash);
  if (number == kDictError) {
    makeOldest(cache, link); // as it was
    return false;
  }
  // The function has removed it from the dict by itself: the result is not kept.
  if (number == kDictMissing)
    return true;
  DictEntry entry = dictTakeEntry(cache->results, static_cast<uint32_t>(number));
  Ref oldKey = Ref::steal(entry.key), oldEntry = Ref::steal(entry.value);
  Ref linkKey = Ref::steal(std::exchange(link->key, Ref::copy(key).release()));
  Ref linkResult = Ref::steal(std::exchange(link->result, Ref::copy(result).release()));
  link->hash = hash;
  if (!dictSetHashed(cache->results, key, hash, keep))
    return false;
  makeNewest(cache, link);
  return true;
}

Ref callBounded(LruCacheObject* cache, Value key, int64_t hash, const Value* args, size_t argc,
                Value kwnames) {
  Ref found;
  if (!find(cache->results, key, hash, found))
    return {};
  if (found) {
    auto* link = found.as<LruLink>();
    unlink(cache, link);
    makeNewest(cache, link);
    ++cache->hits;
    return Ref::copy(link->result);
  }
  ++cache->misses;
  PYC_TRY(result, call(cache->function, args, argc, kwnames));
  // The function may have been called with the same arguments meanwhile.
  if (!find(cache->results, key, hash, found))
    return {};
  if (found)
    return result;
  bool isFull = static_cast<int64_t>(cache->results->count) >= cache->most && cache->oldest;
  bool done = isFull ? replaceOldest(cache, key, hash, result) : addLink(cache, key, hash, result);
  return done ? std::move(result) : Ref();
}

Ref callSlot(Value self, const Value* args, size_t argc, Value kwnames) {
  LruCacheObject* cache = asCache(self);
  Ref keep = Ref::copy(self);
  if (cache->most == 0)
    return callUncached(cache, args, argc, kwnames);
  PYC_TRY(key, makeKey(cache, args, argc, kwnames));
  int64_t keyHash;
  if (!hash(key, keyHash))
    return {};
  return cache->most < 0 ? callUnbounded(cache, key, keyHash, args, argc, kwnames)
                         : callBounded(cache, key, keyHash, args, argc, kwnames);
}

Ref getSlot(Value self, Value object, Value) {
  return !object || object.isNone() ? Ref::copy(self) : makeBoundMethod(self, object);
}

// Life.

bool takeMost(Value argument, int64_t& most) {
  most = -1;
  if (argument.isNone())
    return true;
  if (!isInteger(argument) && !typeOf(argument)->slots.index)
    return raise(typeErrorType, "maxsize should be integer or None");
  if (!sizeArg(argument, most))
    return false;
  most = std::max<int64_t>(most, 0);
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "_lru_cache_wrapper(user_function, maxsize, typed, cache_info_type)");
  Value bound[4];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  if (!isCallable(bound[0]))
    return raise(typeErrorType, "the first argument must be callable");
  bool isTyped = false;
  int64_t most;
  if (!takeMost(bound[1], most) || !boolArg(bound[2], isTyped))
    return {};
  PYC_TRY(results, newDict());
  Object* object = allocObject(type);
  if (!object)
    return {};
  LruCacheObject* cache = asCache(object);
  cache->results = asDict(results.release());
  cache->function = Ref::copy(bound[0]).release();
  cache->infoType = Ref::copy(bound[3]).release();
  cache->most = most;
  cache->isTyped = isTyped;
  return Ref::steal(object);
}

void clearSlot(Object* self) {
  LruCacheObject* cache = asCache(self);
  forgetOrder(cache);
  if (cache->results)
    dictClear(cache->results);
  clearField(cache->function);
  clearField(cache->infoType);
}

void dealloc(Object* self) {
  clearSlot(self);
  decrefObject(&asCache(self)->results->header);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  LruCacheObject* cache = asCache(self);
  visitor.visit(Value(cache->results));
  for (Value value : {cache->function, cache->infoType})
    if (value)
      visitor.visit(value);
}

void deallocLink(Object* self) {
  auto* link = reinterpret_cast<LruLink*>(self);
  clearField(link->key);
  clearField(link->result);
  freeObject(self);
}

void traverseLink(Object* self, Visitor& visitor) {
  auto* link = reinterpret_cast<LruLink*>(self);
  for (Value value : {link->key, link->result})
    if (value)
      visitor.visit(value);
}

// Methods.

Ref cacheInfo(const Value* args) {
  LruCacheObject* cache = asCache(args[0]);
  PYC_TRY(hits, makeInt(cache->hits));
  PYC_TRY(misses, makeInt(cache->misses));
  PYC_TRY(most, cache->most < 0 ? Ref::none() : makeInt(cache->most));
  Value parts[] = {hits, misses, most, Value::fromInt(cache->results->count)};
  return call(cache->infoType, parts, 4);
}

Ref cacheClear(const Value* args) {
  LruCacheObject* cache = asCache(args[0]);
  forgetOrder(cache);
  cache->hits = cache->misses = 0;
  dictClear(cache->results);
  return Ref::none();
}

Ref reduce(const Value* args) {
  return getAttr(args[0], names::__qualname__);
}
Ref copySelf(const Value* args) {
  return Ref::copy(args[0]);
}

constexpr MethodDef kMethods[] = {
    {.signature = "cache_info($self, /)",
     .bound = cacheInfo,
     .doc = "How often results were found and not found, and how many there are and may be."},
    {.signature = "cache_clear($self, /)",
     .bound = cacheClear,
     .doc = "Forgets the results and the counts."},
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__copy__($self, /)", .bound = copySelf},
    {.signature = "__deepcopy__($self, memo, /)", .bound = copySelf},
};

constexpr GetSetDef kGetSets[] = {{"__dict__", getAttributes, setAttributes}};

} // namespace

constinit TypeObject lruLinkType = {
    .name = "functools._lru_list_elem",
    .base = &objectType,
    .basicSize = sizeof(LruLink),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = deallocLink, .traverse = traverseLink},
};

constinit TypeObject lruCacheType = {
    .name = "functools._lru_cache_wrapper",
    .base = &objectType,
    .basicSize = sizeof(LruCacheObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs |
             kTypeMethodDescriptor,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "A function whose results are kept: what lru_cache() makes.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clearSlot,
              .call = callSlot,
              .get = getSlot,
              .create = create},
};

} // namespace pyc::rt
