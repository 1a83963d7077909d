// Built-in functions that native code knows by address: their tables have exactly these, and a call
// of one of them with plain arguments is done in line (runtime/abi/fast_builtins.h).
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

// Ref is a class of one word; both sides are C++.
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"

extern "C" {
Ref pycBuiltinLen(const Value* args);
Ref pycBuiltinIsInstance(const Value* args);
Ref pycBuiltinAbs(const Value* args);
Ref pycBuiltinOrd(const Value* args);
Ref pycBuiltinSum(const Value* args);
Ref pycBuiltinAny(const Value* args);
Ref pycBuiltinAll(const Value* args);
Ref pycBuiltinChr(const Value* args);
Ref pycBuiltinSorted(const Value* args);
Ref pycBuiltinMin(const Value* args, size_t argc, Value kwnames);
Ref pycBuiltinMax(const Value* args, size_t argc, Value kwnames);
Ref pycBuiltinNext(const Value* args, size_t argc, Value kwnames);
/// Null in programs that do not import math.
[[gnu::weak]] Ref pycMathSqrt(const Value* args);
}

} // namespace pyc::rt
