// Iterators over the keys, values and items of dicts, in both directions.
#include "runtime/objects/index_iterator.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/result_tuple.h"

namespace pyc::rt {

int64_t dictIterationBroken(DictIterator* iterator) {
  if (iterator->count != int64_t(iterator->dict->count)) {
    iterator->count = -1; // and so it stays
    raise(runtimeErrorType, "dictionary changed size during iteration");
    return -1;
  }
  (void)finishIterator(iterator->dict);
  raise(runtimeErrorType, "dictionary keys changed during iteration");
  return -1;
}

namespace {

DictIterator* asIterator(Value self) {
  return self.as<DictIterator>();
}

/// As nextEntry, from the end.
int64_t previousEntry(DictIterator* iterator) {
  DictObject* dict = iterator->dict;
  if (!dict)
    return -1;
  if (iterator->count != int64_t(dict->count))
    return dictIterationBroken(iterator);
  const DictTable* table = tableOf(dict);
  int64_t i = iterator->position < table->used ? iterator->position : int64_t(table->used) - 1;
  while (i >= table->first && dict->entries[i].key.isNull())
    --i;
  if (i < table->first) {
    (void)finishIterator(iterator->dict);
    return -1;
  }
  if (iterator->remaining-- == 0)
    return dictIterationBroken(iterator);
  iterator->position = i - 1;
  return i;
}

Ref pairOf(DictIterator* iterator, int64_t number) {
  const DictEntry& entry = iterator->dict->entries[number];
  return resultPair(iterator->result, Ref::copy(entry.key), Ref::copy(entry.value));
}

template <int64_t (*step)(DictIterator*)> Ref keyOf(Value self) {
  DictIterator* iterator = asIterator(self);
  int64_t number = step(iterator);
  return number >= 0 ? Ref::copy(iterator->dict->entries[number].key) : Ref();
}
template <int64_t (*step)(DictIterator*)> Ref valueOf(Value self) {
  DictIterator* iterator = asIterator(self);
  int64_t number = step(iterator);
  return number >= 0 ? Ref::copy(iterator->dict->entries[number].value) : Ref();
}
template <int64_t (*step)(DictIterator*)> Ref itemOf(Value self) {
  DictIterator* iterator = asIterator(self);
  int64_t number = step(iterator);
  return number >= 0 ? pairOf(iterator, number) : Ref();
}

void dealloc(Object* self) {
  auto* iterator = reinterpret_cast<DictIterator*>(self);
  if (iterator->dict)
    decrefObject(&iterator->dict->header);
  if (iterator->result)
    decrefObject(&iterator->result->header);
  freeFast<true>(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* iterator = reinterpret_cast<DictIterator*>(self);
  if (iterator->dict)
    visitor.visit(iterator->dict);
  if (iterator->result)
    visitor.visit(iterator->result);
}

Ref lengthHint(const Value* args) {
  DictIterator* iterator = asIterator(args[0]);
  bool isValid = iterator->dict && iterator->count == int64_t(iterator->dict->count);
  return Ref::number(Value::fromInt(isValid ? iterator->remaining : 0));
}

/// (iter, ([what is left],)); the iterator itself goes no step on.
Ref reduce(const Value* args) {
  DictIterator* iterator = asIterator(args[0]);
  Ref copy = Ref::steal(allocObject(typeOf(args[0])));
  if (!copy)
    return {};
  DictIterator* twin = asIterator(copy);
  if (iterator->dict) {
    increfObject(&iterator->dict->header);
    twin->dict = iterator->dict;
  }
  twin->position = iterator->position;
  twin->count = iterator->count;
  twin->remaining = iterator->remaining;
  PYC_TRY(rest, sequenceList(copy));
  return reduceIterator(names::iter, rest, {});
}

constexpr MethodDef kMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHint},
    {.signature = "__reduce__($self, /)", .bound = reduce},
};

constexpr TypeObject iteratorType(const char* name, UnaryFn next) {
  TypeObject type = {
      .name = name,
      .basicSize = sizeof(DictIterator),
      .flags = kTypeBuiltin | kTypeCollected,
      .slots = {.dealloc = dealloc, .traverse = traverse, .iter = iterSelf, .next = next},
  };
  type.base = &objectType;
  type.methods = kMethods;
  return type;
}

} // namespace

Ref nextItemOf(DictIterator* iterator) {
  int64_t number = nextEntry(iterator);
  return number >= 0 ? pairOf(iterator, number) : Ref();
}

Ref makeDictIterator(TypeObject* type, Value dict) {
  auto* iterator = reinterpret_cast<DictIterator*>(allocFast<true>(type, sizeof(DictIterator)));
  if (!iterator)
    return {};
  incref(dict);
  iterator->dict = asDict(dict);
  iterator->count = iterator->remaining = asDict(dict)->count;
  bool isReverse = type == &dictReverseKeyIteratorType || type == &dictReverseValueIteratorType ||
                   type == &dictReverseItemIteratorType;
  iterator->position = isReverse ? INT64_MAX : 0;
  iterator->result = nullptr;
  return Ref::steal(iterator);
}

constinit TypeObject dictKeyIteratorType = iteratorType("dict_keyiterator", keyOf<nextEntry>);
constinit TypeObject dictValueIteratorType = iteratorType("dict_valueiterator", valueOf<nextEntry>);
constinit TypeObject dictItemIteratorType = iteratorType("dict_itemiterator", itemOf<nextEntry>);
constinit TypeObject dictReverseKeyIteratorType =
    iteratorType("dict_reversekeyiterator", keyOf<previousEntry>);
constinit TypeObject dictReverseValueIteratorType =
    iteratorType("dict_reversevalueiterator", valueOf<previousEntry>);
constinit TypeObject dictReverseItemIteratorType =
    iteratorType("dict_reverseitemiterator", itemOf<previousEntry>);

} // namespace pyc::rt
