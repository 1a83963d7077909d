// What native code remembers of a class whose instances it does not make, because nobody sees them.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct StrObject;

/// Right as long as the classes have these versions.
struct ClassCell {
  TypeObject* type;  // null: nothing is remembered
  TypeObject* right; // operators: the class of the right operand
  uint32_t version, rightVersion;
  Value function; // borrowed from the class
};
static_assert(sizeof(ClassCell) == 32);

/// Makes the cell hold the class's __init__, if it has this native code, the class makes its
/// instances in the plain way, they may have all these attributes in slots, and nothing of theirs
/// is called when they die. Runs no Python code.
bool adoptConstruction(Value callee, const void* entry, StrObject* const* names, size_t count,
                       ClassCell& cell);
/// Makes the cell hold the function that is the method of instances which have no attribute of the
/// name themselves. Runs no Python code.
bool adoptClassMethod(TypeObject* type, StrObject* name, ClassCell& cell);
/// Makes the cell hold the function with this native code that the operator calls first for
/// instances of the classes. Runs no Python code.
bool adoptClassOperator(BinaryOp op, TypeObject* left, TypeObject* right, const void* entry,
                        ClassCell& cell);

/// An instance of a class of such a cell, with these attributes: `names` are StrObjects, `values`
/// are copied. Null with MemoryError.
Ref rebuildInstance(TypeObject* type, const uint64_t* names, const Value* values, size_t count);

} // namespace pyc::rt
