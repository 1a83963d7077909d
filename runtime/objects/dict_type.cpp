// The type dict: its slots and methods.
#include "runtime/objects/dict_table.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

void dealloc(Object* self) {
  auto* dict = reinterpret_cast<DictObject*>(self);
  if (dict->watch)
    dictWatchFree(dict);
  if (dict->entries)
    releaseDictTable(dict->entries);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* dict = reinterpret_cast<DictObject*>(self);
  int64_t position = 0;
  for (Value key, value; dictNext(dict, position, key, value);) {
    visitor.visit(key);
    visitor.visit(value);
  }
  dictWatchTraverse(dict, visitor);
}

void clear(Object* self) {
  dictClear(reinterpret_cast<DictObject*>(self));
}

} // namespace

constinit TypeObject dictType = {
    .name = "dict",
    .base = &objectType,
    .basicSize = sizeof(DictObject),
    .flags =
        kTypeBuiltin | kTypeBase | kTypeCollected | kTypeMapping | kTypeMatchSelf | kTypeIsDict,
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clear},
};

} // namespace pyc::rt
