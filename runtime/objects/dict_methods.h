// What dict and frozendict share. Internal to dict_type.cpp and frozen_dict.cpp.
#pragma once

#include "runtime/objects/dict_table.h"

namespace pyc::rt {

struct FrozenDictObject {
  DictObject dict;
  int64_t hash; // -1: not computed yet
};

namespace dict_methods {

void dealloc(Object* self);
void traverse(Object* self, Visitor& visitor);
/// The items as in a dict display; null with an exception.
Ref itemsText(DictObject* dict);
Ref compareDicts(Value self, Value other, CompareOp op);
Ref iterate(Value self);
bool length(Value self, int64_t& result);
Ref getItem(Value self, Value key);
bool contains(Value self, Value key, bool& result);
/// Adds the arguments of a constructor or of update(): at most one mapping or iterable, and
/// keywords.
bool addArguments(DictObject* dict, const char* name, const Value* args, size_t argc,
                  Value kwnames);

Ref get(const Value* args);
Ref keys(const Value* args);
Ref values(const Value* args);
Ref items(const Value* args);
Ref reversed(const Value* args);
Ref fromKeys(const Value* args);
Ref sizeOf(const Value* args);

} // namespace dict_methods
} // namespace pyc::rt
