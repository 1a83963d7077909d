// dict: compact and ordered. An index table of 1, 2, 4 or 8 bytes a place points into an array of
// entries in insertion order (Hettinger's design, CPython 3.6). Str-only dicts compare keys by
// identity and hash first.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct DictEntry {
  Value key;   // null: deleted
  Value value;
  int64_t hash;
};

struct GlobalWatch;

struct DictObject {
  Object header;
  int64_t count;     // live entries
  int64_t used;      // entries in use, deleted ones included
  int64_t capacity;  // entries allocated
  DictEntry* entries;
  void* indices;     // indexSize places (power of two)
  int64_t indexSize;
  uint32_t version;  // changes when a key is added or removed or entries move; never with a value alone
  bool strKeys;      // every key is an exact str
  GlobalWatch* watch; // namespaces of modules: mirrors of values for fast global look-up, or null
};

inline DictObject* asDict(Value value) { return value.as<DictObject>(); }

Ref newDict(size_t expected = 0);
/// Borrowed value, or null; `found` errors (from __eq__, __hash__) are reported by false.
bool dictFind(DictObject* dict, Value key, Value& result);
/// As dictFind with a new reference.
bool dictGet(DictObject* dict, Value key, Ref& result);
/// For interned or other exact str keys: can't fail. Borrowed, or null.
Value dictFindStr(DictObject* dict, StrObject* key);
bool dictSet(DictObject* dict, Value key, Value value);
bool dictSetStr(DictObject* dict, StrObject* key, Value value);
bool dictSetHashed(DictObject* dict, Value key, int64_t hash, Value value);
/// Removes; `removed` says whether it was there; its value goes to *value when not null.
bool dictRemove(DictObject* dict, Value key, bool& removed, Ref* value = nullptr);
void dictClear(DictObject* dict);
Ref dictCopy(DictObject* dict);
/// setdefault: the value found or stored (new reference).
Ref dictSetDefault(DictObject* dict, Value key, Value value);
/// dict.update(mapping or iterable of pairs).
bool dictUpdate(DictObject* dict, Value source);
/// Iteration in order: `position` starts at 0; borrowed. The dict must not change size meanwhile.
bool dictNext(DictObject* dict, int64_t& position, Value& key, Value& value);

/// Mirrors of a namespace's values. Code that reads a global asks for the name's slot once and then
/// reads slot->value: the value in the watched dict, or else in the builtins' dict, or null. Slots
/// are kept current by the dict's writes and live as long as the dict.
struct GlobalSlot {
  Value value; // borrowed from the dict; null: look it up the slow way (missing, or a lazy import)
  StrObject* name;
  GlobalSlot* next;
};
GlobalSlot* globalSlot(DictObject* globals, DictObject* builtins, StrObject* name);

} // namespace pyc::rt
