// Operations on two sets, or a set and any iterable. Which operand is walked, and in what order the
// result is filled, is as in CPython: it decides the order of the result's items.
#include "runtime/objects/set_table.h"

#include "runtime/objects/dict_table.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

Ref emptyLike(SetObject* set) {
  return setFrom(setBaseOf(set), {});
}
Ref copyOf(SetObject* set) {
  return setFrom(setBaseOf(set), set);
}

/// Adds the items of `walked` that are in `asked`.
bool addCommon(SetObject* result, SetObject* walked, SetObject* asked) {
  return forEachInSet(walked, [&](Value key, int64_t hash) {
    int64_t number = setLookup(asked, key, hash);
    return number == kSetMissing || (number != kSetError && setAddHashed(result, key, hash));
  });
}

bool discard(SetObject* set, Value key, int64_t hash) {
  int64_t number = setLookup(set, key, hash);
  if (number >= 0)
    decref(setTakeEntry(set, number));
  return number != kSetError;
}

bool discard(SetObject* set, Value key) {
  int64_t hash;
  return setHashItem(key, hash) && discard(set, key, hash);
}

/// Removes the key, or adds it when it was not there.
bool toggle(SetObject* set, Value key, int64_t hash) {
  int64_t number = setLookup(set, key, hash);
  if (number == kSetMissing)
    return setAddHashed(set, key, hash);
  if (number == kSetError)
    return false;
  decref(setTakeEntry(set, number));
  return true;
}

/// Deleted entries beyond a quarter of the table are swept out.
bool shrinkIfSparse(SetObject* set) {
  if (set->fill - set->count <= set->mask / 4)
    return true;
  return setResize(set, set->count > 50000 ? set->count * 2 : set->count * 4);
}

Ref copyAndSubtract(SetObject* set, Value other) {
  PYC_TRY(result, copyOf(set));
  return setSubtract(asSet(result), other) ? std::move(result) : Ref();
}

/// Items of `set` that a look-up in the other collection misses.
template <class Lookup> Ref itemsMissing(SetObject* set, Lookup lookup) {
  PYC_TRY(result, emptyLike(set));
  bool completed = forEachInSet(set, [&](Value key, int64_t hash) {
    int64_t number = lookup(key, hash);
    return number >= 0 || (number == kSetMissing && setAddHashed(asSet(result), key, hash));
  });
  return completed ? std::move(result) : Ref();
}
static_assert(kSetMissing == kDictMissing && kSetError == kDictError);

} // namespace

TypeObject* setBaseOf(Value set) {
  if (isExactSet(set) || isExactFrozenSet(set))
    return typeOf(set);
  return isInstance(set, &setType) ? &setType : &frozenSetType;
}

Ref setIntersection(SetObject* set, Value other) {
  if (Value(set) == other)
    return copyOf(set);
  PYC_TRY(result, emptyLike(set));
  if (isAnySet(other)) {
    SetObject *walked = asSet(other), *asked = set;
    if (walked->count > asked->count)
      std::swap(walked, asked);
    return addCommon(asSet(result), walked, asked) ? std::move(result) : Ref();
  }
  bool completed = forEach(other, [&](Value item) {
    int64_t itemHash;
    if (!hash(item, itemHash))
      return false;
    int64_t number = setLookup(set, item, itemHash);
    return number == kSetMissing ||
           (number != kSetError && setAddHashed(asSet(result), item, itemHash));
  });
  return completed ? std::move(result) : Ref();
}

bool setSubtract(SetObject* set, Value other) {
  if (Value(set) == other) {
    setClear(set);
    return true;
  }
  if (!isAnySet(other)) {
    if (!forEach(other, [&](Value item) { return discard(set, item); }))
      return false;
    return shrinkIfSparse(set);
  }
  Ref removed = Ref::copy(other);
  if (asSet(other)->count >> 3 > set->count) { // much larger: look only at what both have
    removed = setIntersection(set, other);
    if (!removed)
      return false;
  }
  if (!forEachInSet(asSet(removed),
                    [&](Value key, int64_t hash) { return discard(set, key, hash); }))
    return false;
  return shrinkIfSparse(set);
}

Ref setDifference(SetObject* set, Value other) {
  bool isSetOperand = isAnySet(other);
  if (!isSetOperand && !isExactDict(other))
    return copyAndSubtract(set, other);
  int64_t others = isSetOperand ? asSet(other)->count : asDict(other)->count;
  if (set->count >> 2 > others)
    return copyAndSubtract(set, other);
  if (isSetOperand)
    return itemsMissing(
        set, [=](Value key, int64_t hash) { return setLookup(asSet(other), key, hash); });
  return itemsMissing(
      set, [=](Value key, int64_t hash) { return dictLookup(asDict(other), key, hash); });
}

bool setXorUpdate(SetObject* set, Value other) {
  if (Value(set) == other) {
    setClear(set);
    return true;
  }
  if (isExactDict(other)) {
    int64_t position = 0;
    for (Value key, value; dictNext(asDict(other), position, key, value);) {
      Ref kept = Ref::copy(key);
      if (!toggle(set, key,
                  dictEntryHash(asDict(other)->entries, static_cast<uint32_t>(position - 1))))
        return false;
    }
    return true;
  }
  PYC_TRY(items, isAnySet(other) ? Ref::copy(other) : makeSet(other));
  return forEachInSet(asSet(items),
                      [&](Value key, int64_t hash) { return toggle(set, key, hash); });
}

Ref setSymmetricDifference(SetObject* set, Value other) {
  PYC_TRY(result, setFrom(setBaseOf(set), other));
  return setXorUpdate(asSet(result), set) ? std::move(result) : Ref();
}

bool setIsSubset(SetObject* set, SetObject* other, bool& result) {
  result = set->count <= other->count;
  if (!result)
    return true;
  bool completed = forEachInSet(set, [&](Value key, int64_t hash) {
    int64_t number = setLookup(other, key, hash);
    result = number >= 0;
    return result;
  });
  return completed || !isRaised();
}

void setSwapBodies(SetObject* a, SetObject* b) {
  std::swap(a->table, b->table);
  if (a->table == b->first)
    a->table = a->first;
  if (b->table == a->first)
    b->table = b->first;
  std::swap(a->first, b->first);
  std::swap(a->fill, b->fill);
  std::swap(a->count, b->count);
  std::swap(a->mask, b->mask);
  a->hash = b->hash = -1;
}

} // namespace pyc::rt
