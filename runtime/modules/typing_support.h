// What type parameters and aliases have in common.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// typing.<function>(args...)
Ref callTyping(const char* function, const Value* args, size_t argc);
/// A value that a function of the compiler's making computes on first use: `value` when it is
/// there, else evaluate(1), which is kept; None when there is neither.
Ref lazyValue(Value& value, Value evaluate);
/// evaluate_x: the function, or one that gives the value; None when there is neither.
Ref evaluatorOf(Value value, Value evaluate);
/// a | b, also for strings.
Ref typeUnion(Value lhs, Value rhs);
/// typing.NoDefault
Value noDefault();
/// __module__ of the code that is running, for objects that it makes; None when it has none.
Ref callerModule();

extern TypeObject noDefaultType, constEvaluatorType, genericBaseType;

} // namespace pyc::rt
