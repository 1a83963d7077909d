// Slots and methods that generators, coroutines and asynchronous generators share.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

void traverseGenerator(Object* self, Visitor& visitor);
void deallocGenerator(Object* self);
/// Closes what is suspended; warns of coroutines that were never awaited.
void finalizeGenerator(Value self);
Ref generatorRepr(Value self);
/// Reports what is raised and can't go further: "Exception ignored while <step> <generator ...>".
void writeUnraisableOf(const char* step, Value self);
/// gi_state, cr_state, ag_state: "GEN_CREATED" and so on.
Ref generatorState(Value self);
Ref generatorName(Value self);
bool setGeneratorName(Value self, Value value);
Ref generatorQualifiedName(Value self);
bool setGeneratorQualifiedName(Value self, Value value);
/// Warns where throw() was given more than an exception: `value` is its second argument, or null.
bool warnOfThrow(Value value);
/// throw(type[, value[, traceback]])
Ref throwMethod(const Value* args);

} // namespace pyc::rt
