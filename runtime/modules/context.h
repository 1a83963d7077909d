// Context variables (PEP 567): contexts, variables, tokens.
#pragma once

#include "runtime/modules/context_map.h"

namespace pyc::rt {

struct ContextObject {
  Object header;
  Value map;      // ContextNode or null
  int64_t count;  // variables
  Value previous; // while entered: the context that was current before, or null
  bool isEntered;
};
inline ContextObject* asContext(Value value) {
  return value.as<ContextObject>();
}

struct ContextVarObject {
  Object header;
  Value name;         // str
  Value defaultValue; // or null
};

struct ContextTokenObject {
  Object header;
  Value context, variable;
  Value oldValue; // or null
  bool isUsed;
};

extern constinit TypeObject contextType, contextVarType, contextTokenType, contextKeysType,
    contextValuesType, contextItemsType;

inline bool isContextVar(Value value) {
  return typeOf(value) == &contextVarType;
}

/// This thread's context, borrowed; an empty one is made when there is none. Null with MemoryError.
ContextObject* currentContext();
/// As currentContext, null when there is none yet.
ContextObject* enteredContext();
/// A new context with the same variables; of the current one: contextvars.copy_context().
Ref copyContext(ContextObject* context);
/// context.run() around a call: RuntimeError where somebody is in the context. What is entered has
/// to be left again by the same thread, the last one first.
bool enterContext(ContextObject* context);
void leaveContext(ContextObject* context);
/// Sets a variable in a context. Takes no reference over.
bool contextSet(ContextObject* context, Value variable, Value value);
bool contextRemove(ContextObject* context, Value variable);

} // namespace pyc::rt
