// Parts that every exception type's implementation uses.
#pragma once

#include "runtime/objects/exception.h"

namespace pyc::rt {

inline constexpr uint32_t kExceptionFlags =
    kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs | kTypeIsException;

// Slots of BaseException.
Ref createException(TypeObject* type, const Value* args, size_t argc, Value kwnames);
bool initException(Value self, const Value* args, size_t argc, Value kwnames);
void traverseException(Object* self, Visitor& visitor);
void clearException(Object* self);
/// Also the end of a derived type's dealloc, whose own fields are cleared. The memory waits for the
/// next exception of the size.
void deallocException(Object* self);
Ref strException(Value self);
Ref reprException(Value self);

inline void visitField(Visitor& visitor, Value field) {
  if (field)
    visitor.visit(field);
}
inline Ref fieldOrNone(Value field) {
  return field ? Ref::copy(field) : Ref::none();
}

/// dealloc, traverse and clear of a type with Value fields behind ExceptionObject.
template <class T, auto... kFields> struct ExceptionFields {
  static void traverse(Object* self, Visitor& visitor) {
    T* exception = reinterpret_cast<T*>(self);
    (visitField(visitor, exception->*kFields), ...);
    traverseException(self, visitor);
  }
  static void clear(Object* self) {
    T* exception = reinterpret_cast<T*>(self);
    (clearField(exception->*kFields), ...);
    clearException(self);
  }
  static void dealloc(Object* self) {
    T* exception = reinterpret_cast<T*>(self);
    (clearField(exception->*kFields), ...);
    deallocException(self);
  }
};

/// The keyword arguments of an exception's constructor (AttributeError(..., name=, obj=)): stores
/// each in its field. `count` names in order; TypeErrors as CPython's for others.
bool takeKeywords(Value self, const Value* values, Value kwnames, const char* const* keywords,
                  Value* const* fields, size_t count);

} // namespace pyc::rt
