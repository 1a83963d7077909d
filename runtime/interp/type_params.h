// Type parameters (PEP 695, 696): TypeVar, ParamSpec, TypeVarTuple, and `type` aliases. Defined by
// runtime/modules (type_params.cpp, type_alias.cpp), since they lean on the module typing.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// A type parameter of a function, class or alias. `evaluateBound` and `evaluateConstraints` are
/// functions that compute them on first use, or null.
Ref makeTypeVar(Value name, Value evaluateBound, Value evaluateConstraints);
Ref makeParamSpec(Value name);
Ref makeTypeVarTuple(Value name);
/// `type X[...] = ...`: a tuple of name, type parameters or None, and the function that computes
/// it.
Ref makeTypeAlias(Value parts);
/// Generic[params] for a class with type parameters (a tuple).
Ref subscriptGeneric(Value params);
/// The type parameter with a function that computes its default.
Ref setTypeParamDefault(Value typeParam, Value evaluate);

} // namespace pyc::rt
