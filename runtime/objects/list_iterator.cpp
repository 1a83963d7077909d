#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

int64_t itemCount(ListObject* list) {
  return list->count;
}
Ref makeEmpty() {
  return newList(0);
}

using Forward = IndexIterator<ListIterator, &ListIterator::list, itemCount, makeEmpty>;

// Backwards: `index` is that of the next item; below 0 at the end.

Ref nextBackwards(Value self) {
  auto* iterator = self.as<ListIterator>();
  ListObject* list = iterator->list;
  if (!list)
    return {};
  if (iterator->index >= 0 && iterator->index < list->count)
    return listGet(list, iterator->index--);
  iterator->index = -1;
  return finishIterator(iterator->list);
}

Ref lengthHintBackwards(const Value* args) {
  auto* iterator = args[0].as<ListIterator>();
  int64_t left =
      iterator->list && iterator->index < iterator->list->count ? iterator->index + 1 : 0;
  return Ref::number(Value::fromInt(left));
}

Ref reduceBackwards(const Value* args) {
  auto* iterator = args[0].as<ListIterator>();
  if (iterator->list)
    return reduceIterator(names::reversed, iterator->list, Value::fromInt(iterator->index));
  PYC_TRY(empty, newList(0));
  return reduceIterator(names::reversed, empty, {});
}

Ref setStateBackwards(const Value* args) {
  int64_t index;
  if (!toInt64(args[1], index))
    return {};
  auto* iterator = args[0].as<ListIterator>();
  if (iterator->list) {
    int64_t last = iterator->list->count - 1;
    iterator->index = index < -1 ? -1 : index > last ? last : index;
  }
  return Ref::none();
}

constexpr MethodDef kBackwardMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHintBackwards},
    {.signature = "__reduce__($self, /)", .bound = reduceBackwards},
    {.signature = "__setstate__($self, object, /)", .bound = setStateBackwards},
};

} // namespace

Ref makeListIterator(Value list) {
  return Forward::make(&listIteratorType, list);
}

Ref makeListReverseIterator(Value list) {
  Ref iterator = Forward::make(&listReverseIteratorType, list);
  if (iterator)
    iterator.as<ListIterator>()->index = asList(list)->count - 1;
  return iterator;
}

constinit TypeObject listIteratorType = {
    .name = "list_iterator",
    .basicSize = sizeof(ListIterator),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = Forward::kMethods,
    .slots = Forward::kSlots,
};

constinit TypeObject listReverseIteratorType = {
    .name = "list_reverseiterator",
    .basicSize = sizeof(ListIterator),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kBackwardMethods,
    .slots = {.dealloc = Forward::dealloc,
              .traverse = Forward::traverse,
              .iter = iterSelf,
              .next = nextBackwards},
};

} // namespace pyc::rt
