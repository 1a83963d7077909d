// The type list: its slots and methods.
#include "runtime/objects/list_storage.h"

#include "runtime/objects/errors.h"

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  listClear(reinterpret_cast<ListObject*>(self));
  freeObject(self);
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

} // namespace

constinit TypeObject listType = {
    .name = "list",
    .base = &objectType,
    .basicSize = sizeof(ListObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeSequence | kTypeMatchSelf | kTypeIsList,
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clear},
};

} // namespace pyc::rt
