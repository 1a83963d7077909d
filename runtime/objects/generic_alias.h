// types.GenericAlias (list[int]) and unions (int | str).
#pragma once

#include "runtime/objects/tuple.h"

namespace pyc::rt {

struct GenericAliasObject {
  Object header;
  Value origin;
  TupleObject* args;
  Value parameters; // tuple of type variables, or null until asked for
  bool starred;     // *tuple[int, ...]
};

struct UnionObject {
  Object header;
  TupleObject* args;
  Value parameters;           // as above
  Value hashable, unhashable; // frozenset; tuple or null
};

/// origin[args]: args is a tuple, or one argument. The implementation of built-in
/// __class_getitem__.
Ref makeGenericAlias(Value origin, Value args);
/// a | b for types; NotImplemented when one can't be in a union.
Ref makeUnion(Value lhs, Value rhs);
/// The union of a tuple of arguments, flattened and without repetitions; a single one as it is.
Ref unionOf(Value args);
/// The same for what may stand in an annotation: strings become forward references.
Ref unionOfChecked(Value args);
/// A MethodDef body: `__class_getitem__($type, item, /)`.
Ref classGetItem(const Value* args);

} // namespace pyc::rt
