// The type list: its slots and methods.
#include "runtime/objects/arguments.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/list_methods.h"
#include "runtime/objects/list_storage.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/slice.h"

#include <algorithm>

namespace pyc::rt {

Ref listAppendMethod(const Value* args) {
  return listAppend(asList(args[0]), args[1]) ? Ref::none() : Ref();
}

namespace {

/// Releases the items, the last one first; the list is whole at each.
void releaseItems(ListObject* list) {
  while (isCounted(list) && list->count > 0)
    decref(list->values()[--list->count]);
}

void dealloc(Object* self) {
  auto* list = reinterpret_cast<ListObject*>(self);
  if (isInlineData(list))
    releaseItems(list);
  size_t bytes = isInlineData(list) ? static_cast<size_t>(list->capacity) * itemSizeOf(list) : 0;
  if (bytes == 0)
    listClear(list);
  if (PYC_UNLIKELY(self->shape != kShapeList))
    freeObject(self);
  else if (PYC_UNLIKELY(bytes == 0 && (self->flags & kListHasInline)))
    freeFast<true>(self); // has outgrown the room behind it
  else
    keepInstance(self, listGrains(bytes));
}

void traverse(Object* self, Visitor& visitor) {
  auto* list = reinterpret_cast<ListObject*>(self);
  if (!isCounted(list))
    return;
  for (int64_t i = 0; i < list->count; ++i)
    visitor.visit(list->values()[i]);
}

void clear(Object* self) {
  listClear(reinterpret_cast<ListObject*>(self));
}

Ref listRepr(Value self) {
  ListObject* list = asList(self);
  if (list->count == 0)
    return makeStr("[]");
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("[...]");
  StrBuilder out;
  out.append("[");
  for (int64_t i = 0; i < list->count; ++i) {
    if (i != 0)
      out.append(", ");
    PYC_TRY(item, listGet(list, i));
    PYC_TRY(text, repr(item));
    out.append(text.get());
  }
  out.append("]");
  return out.finish();
}

/// First index from `start` on at which an item equals `wanted`, at most `stop`; -1: none.
/// False with an exception from __eq__.
bool find(ListObject* list, Value wanted, int64_t start, int64_t stop, int64_t& found) {
  found = -1;
  if (list->storage == ListStorage::Ints && wanted.isInt()) {
    int64_t end = std::min(stop, list->count);
    const int64_t *first = list->ints() + start, *last = list->ints() + end;
    const int64_t* place = start < end ? std::find(first, last, wanted.asInt()) : last;
    if (place != last)
      found = place - list->ints();
    return true;
  }
  if (list->storage == ListStorage::Bools && wanted.isBool()) {
    int64_t end = std::min(stop, list->count);
    const void* place = start < end ? std::memchr(list->bools() + start, wanted.isTrue(),
                                                  static_cast<size_t>(end - start))
                                    : nullptr;
    if (place)
      found = static_cast<const uint8_t*>(place) - list->bools();
    return true;
  }
  for (int64_t i = start; i < stop && i < list->count; ++i) {
    PYC_TRY(item, listGet(list, i));
    bool equal;
    if (!equalItems(item, wanted, equal))
      return false;
    if (equal) {
      found = i;
      return true;
    }
  }
  return true;
}

/// First index at which two lists differ, or the shorter one's length.
bool mismatch(ListObject* a, ListObject* b, int64_t& result) {
  if (a->storage == ListStorage::Ints && b->storage == ListStorage::Ints) {
    int64_t common = std::min(a->count, b->count);
    result = std::mismatch(a->ints(), a->ints() + common, b->ints()).first - a->ints();
    return true;
  }
  if (a->storage == ListStorage::Bools && b->storage == ListStorage::Bools) {
    int64_t common = std::min(a->count, b->count);
    result = std::mismatch(a->bools(), a->bools() + common, b->bools()).first - a->bools();
    return true;
  }
  for (result = 0; result < a->count && result < b->count; ++result) {
    PYC_TRY(left, listGet(a, result));
    PYC_TRY(right, listGet(b, result));
    bool equal;
    if (!equalItems(left, right, equal))
      return false;
    if (!equal)
      return true;
  }
  return true;
}

Ref listCompare(Value self, Value other, CompareOp op) {
  if (!isList(other))
    return Ref::notImplemented();
  ListObject *a = asList(self), *b = asList(other);
  bool isEquality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (isEquality && a->count != b->count)
    return Ref::boolean(op == CompareOp::Ne);
  int64_t i;
  if (!mismatch(a, b, i))
    return {};
  if (i >= a->count || i >= b->count)
    return Ref::boolean(compareOrder(op, a->count, b->count));
  if (isEquality)
    return Ref::boolean(op == CompareOp::Ne);
  PYC_TRY(left, listGet(a, i));
  PYC_TRY(right, listGet(b, i));
  return compare(op, left, right);
}

Ref iterate(Value self) {
  return makeListIterator(self);
}

bool lengthOf(Value self, int64_t& length) {
  length = asList(self)->count;
  return true;
}

bool containsItem(Value self, Value item, bool& result) {
  int64_t found;
  bool ok = find(asList(self), item, 0, INT64_MAX, found);
  result = found >= 0;
  return ok;
}

Ref listGetItem(Value self, Value key) {
  ListObject* list = asList(self);
  if (key.isObject() && isSlice(key)) {
    SliceRange range;
    if (!unpackSlice(key, range))
      return {};
    clipSlice(range, list->count);
    return listSliced(list, range);
  }
  int64_t index;
  if (!sequenceIndex(key, list->count, index, "list", "list index out of range"))
    return {};
  return listGet(list, index);
}

/// The items of what is assigned to a slice, as an exact list.
Ref assignedItems(Value value) {
  if (isExactList(value))
    return Ref::copy(value);
  Ref items = sequenceList(value);
  if (!items && !typeOf(value)->slots.iter && catchRaised(typeErrorType))
    raise(typeErrorType, "must assign iterable to extended slice");
  return items;
}

bool setSlice(ListObject* list, Value key, Value value) {
  SliceRange range;
  if (!unpackSlice(key, range))
    return false;
  if (!value) {
    clipSlice(range, list->count);
    return range.step == 1 ? listRemoveRange(list, range.start, range.start + range.count)
                           : listRemoveStrided(list, range.start, range.step, range.count);
  }
  return listAssignSlice(list, range, value);
}

bool removeAt(ListObject* list, int64_t index) {
  return static_cast<bool>(listPop(list, index));
}

bool listSetItem(Value self, Value key, Value value) {
  ListObject* list = asList(self);
  if (key.isObject() && isSlice(key))
    return setSlice(list, key, value);
  int64_t index;
  if (!sequenceIndex(key, list->count, index, "list", "list assignment index out of range"))
    return false;
  return value ? listSet(list, index, value) : removeAt(list, index);
}

Ref concat(Value lhs, Value rhs) {
  if (!isList(lhs) || !isList(rhs))
    return Ref::notImplemented();
  ListObject *a = asList(lhs), *b = asList(rhs);
  PYC_TRY(result, newList(static_cast<size_t>(a->count + b->count)));
  if (!listExtendByList(asList(result), a) || !listExtendByList(asList(result), b))
    return {};
  return result;
}

Ref repeat(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, isList(lhs), self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return listRepeat(asList(self), times);
}

Ref extendInPlace(Value lhs, Value rhs) {
  return listExtend(asList(lhs), rhs) ? Ref::copy(lhs) : Ref();
}

Ref repeatInPlace(Value lhs, Value rhs) {
  Value self;
  int64_t times;
  if (!splitRepeat(lhs, rhs, true, self, times))
    return isRaised() ? Ref() : Ref::notImplemented();
  return listRepeatInPlace(asList(self), times) ? Ref::copy(lhs) : Ref();
}

Ref create(TypeObject* type, const Value*, size_t, Value) {
  ListObject* list = allocList(type, 0);
  return list ? Ref::steal(list) : Ref();
}

bool init(Value self, const Value* args, size_t argc, Value kwnames) {
  // A subclass's __new__ may take keywords, and leave it at that.
  bool ownNew = typeOf(self)->slots.create != create;
  if ((!ownNew && !checkNoKeywords("list", kwnames)) || !checkArgumentCount("list", argc, 0, 1))
    return false;
  if (asList(self)->count != 0)
    listClear(asList(self));
  return argc == 0 || listExtend(asList(self), args[0]);
}

Ref extend(const Value* args) {
  return listExtend(asList(args[0]), args[1]) ? Ref::none() : Ref();
}

Ref insert(const Value* args) {
  int64_t index;
  if (!toInt64(args[1], index, &overflowErrorType))
    return {};
  return listInsert(asList(args[0]), index, args[2]) ? Ref::none() : Ref();
}

Ref pop(const Value* args) {
  ListObject* list = asList(args[0]);
  int64_t index = -1;
  if (args[1] && !toInt64(args[1], index, &indexErrorType))
    return {};
  if (list->count == 0)
    return raise(indexErrorType, "pop from empty list");
  if (index < 0)
    index += list->count;
  if (index < 0 || index >= list->count)
    return raise(indexErrorType, "pop index out of range");
  return listPop(list, index);
}

Ref remove(const Value* args) {
  int64_t found;
  if (!find(asList(args[0]), args[1], 0, INT64_MAX, found))
    return {};
  if (found < 0 || found >= asList(args[0])->count)
    return raise(valueErrorType, "list.remove(x): x not in list");
  return removeAt(asList(args[0]), found) ? Ref::none() : Ref();
}

Ref index(const Value* args) {
  ListObject* list = asList(args[0]);
  int64_t start, stop, found;
  if (!searchBound(args[2], list->count, 0, start) ||
      !searchBound(args[3], list->count, INT64_MAX, stop) ||
      !find(list, args[1], start, stop, found))
    return {};
  if (found < 0)
    return raise(valueErrorType, "list.index(x): x not in list");
  return Ref::number(Value::fromInt(found));
}

Ref count(const Value* args) {
  ListObject* list = asList(args[0]);
  int64_t matches = 0;
  if (list->storage == ListStorage::Ints && args[1].isInt()) {
    matches = std::count(list->ints(), list->ints() + list->count, args[1].asInt());
    return Ref::number(Value::fromInt(matches));
  }
  if (list->storage == ListStorage::Bools && args[1].isBool()) {
    matches = std::count(list->bools(), list->bools() + list->count, args[1].isTrue());
    return Ref::number(Value::fromInt(matches));
  }
  for (int64_t i = 0; i < list->count; ++i) {
    PYC_TRY(item, listGet(list, i));
    bool equal;
    if (!equalItems(item, args[1], equal))
      return {};
    matches += equal;
  }
  return Ref::number(Value::fromInt(matches));
}

Ref sort(const Value* args) {
  bool reverse = false;
  if (args[2] && !truth(args[2], reverse))
    return {};
  return listSort(asList(args[0]), args[1], reverse) ? Ref::none() : Ref();
}

Ref reverse(const Value* args) {
  listReverse(asList(args[0]));
  return Ref::none();
}

Ref clearMethod(const Value* args) {
  if (!listMayResize(asList(args[0])))
    return {};
  listClear(asList(args[0]));
  return Ref::none();
}

Ref copy(const Value* args) {
  return listSlice(asList(args[0]), 0, asList(args[0])->count);
}
Ref reversed(const Value* args) {
  return makeListReverseIterator(args[0]);
}

Ref sizeOf(const Value* args) {
  size_t size = typeOf(args[0])->basicSize +
                static_cast<size_t>(asList(args[0])->capacity) * itemSizeOf(asList(args[0]));
  return Ref::number(Value::fromInt(static_cast<int64_t>(size)));
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reversed__($self, /)", .bound = reversed, .doc = "A reverse iterator."},
    {.signature = "__sizeof__($self, /)", .bound = sizeOf},
    {.signature = "append($self, object, /)",
     .bound = listAppendMethod,
     .doc = "Adds an item at the end."},
    {.signature = "clear($self, /)", .bound = clearMethod, .doc = "Removes all items."},
    {.signature = "copy($self, /)", .bound = copy, .doc = "A shallow copy."},
    {.signature = "count($self, value, /)",
     .bound = count,
     .doc = "Number of occurrences of value."},
    {.signature = "extend($self, iterable, /)",
     .bound = extend,
     .doc = "Adds the items of an iterable at the end."},
    {.signature = "index($self, value, start=0, stop=sys.maxsize, /)",
     .bound = index,
     .doc = "First index of value; ValueError if it is not present."},
    {.signature = "insert($self, index, object, /)",
     .bound = insert,
     .doc = "Puts an item before index."},
    {.signature = "pop($self, index=-1, /)",
     .bound = pop,
     .doc =
         "Removes the item at index (the last one) and returns it; IndexError if there is none."},
    {.signature = "remove($self, value, /)",
     .bound = remove,
     .doc = "Removes the first occurrence of value; ValueError if it is not present."},
    {.signature = "reverse($self, /)", .bound = reverse, .doc = "Reverses the list in place."},
    {.signature = "sort($self, /, *, key=None, reverse=False)",
     .bound = sort,
     .doc = "Sorts the list in place, by the key function's results if there is one. Equal items "
            "keep their order."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .clear = clear,
                     .repr = listRepr,
                     .compare = listCompare,
                     .iter = iterate,
                     .create = create,
                     .init = init,
                     .length = lengthOf,
                     .getItem = listGetItem,
                     .setItem = listSetItem,
                     .contains = containsItem};
  slots.binary[static_cast<unsigned>(BinaryOp::Add)] = concat;
  slots.binary[static_cast<unsigned>(BinaryOp::Mul)] = repeat;
  slots.inplace[static_cast<unsigned>(BinaryOp::Add)] = extendInPlace;
  slots.inplace[static_cast<unsigned>(BinaryOp::Mul)] = repeatInPlace;
  return slots;
}

} // namespace

Ref listSliced(ListObject* list, const SliceRange& range) {
  if (PYC_LIKELY(range.step == 1))
    return listSlice(list, range.start, range.start + range.count);
  return listStridedSlice(list, range.start, range.step, range.count);
}

bool listAssignSlice(ListObject* list, SliceRange range, Value value) {
  if (PYC_LIKELY(isExactList(value) && range.step == 1)) {
    clipSlice(range, list->count);
    return listReplace(list, range.start, range.start + range.count, asList(value));
  }
  PYC_TRY(items, assignedItems(value));
  clipSlice(range, list->count); // only now: making the items may have changed the list
  if (range.step == 1)
    return listReplace(list, range.start, range.start + range.count, asList(items));
  return listReplaceStrided(list, range.start, range.step, range.count, asList(items));
}

constinit TypeObject listType = {
    .name = "list",
    .base = &objectType,
    .basicSize = sizeof(ListObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeSequence | kTypeMatchSelf |
             kTypeConcat | kTypeIsList,
    .methods = kMethods,
    .doc = "list(iterable=(), /)\n--\n\nBuilt-in mutable sequence, made of an iterable's items; "
           "empty without one.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
