// Rare operations: the enumerations of intrinsic1, intrinsic2 and load_common.
#pragma once

#include "runtime/interp/frame.h"
#include "uop/opcodes.h"

namespace pyc::rt {

Ref intrinsic1(Frame* frame, uop::Intrinsic1Kind which, Value operand);
Ref intrinsic2(uop::Intrinsic2Kind which, Value lhs, Value rhs);
/// Borrowed.
Value commonConstant(uop::CommonConstant which);
/// What compile(..., 'single') does with an expression's value: sys.displayhook. Set by
/// runtime/modules.
extern Ref (*displayHook)(Value value);
/// builtins.__build_class__ as the frame sees it; NameError.
Ref loadBuildClass(Frame* frame);

} // namespace pyc::rt
