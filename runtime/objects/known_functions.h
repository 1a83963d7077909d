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
[[gnu::weak]] Ref pycMathFloor(const Value* args);
[[gnu::weak]] Ref pycMathCeil(const Value* args);
}

/// The functions of math that take one number and make a float. pycMath_NAME is what the table has;
/// pyc_math_NAME gives the result for a double, one that is not finite where there is none (and
/// maybe where there is one).
#define PYC_FLOAT_FUNCTIONS(X)                                                                     \
  X(acos)                                                                                          \
  X(asin)                                                                                          \
  X(atan)                                                                                          \
  X(cos)                                                                                           \
  X(cosh)                                                                                          \
  X(degrees)                                                                                       \
  X(exp)                                                                                           \
  X(fabs)                                                                                          \
  X(log)                                                                                           \
  X(log10)                                                                                         \
  X(log2)                                                                                          \
  X(radians)                                                                                       \
  X(sin)                                                                                           \
  X(sinh)                                                                                          \
  X(tan)                                                                                           \
  X(tanh)

#define PYC_DECLARE(name)                                                                          \
  extern "C" [[gnu::weak]] Ref pycMath_##name(const Value* args);                                  \
  extern "C" double pyc_math_##name(double x);
PYC_FLOAT_FUNCTIONS(PYC_DECLARE)
#undef PYC_DECLARE

/// makeComplex() and abs() of a complex number, infinite for one that is too long.
extern "C" Value pyc_box_complex(double real, double imag);
extern "C" double pyc_complex_abs(double real, double imag);

} // namespace pyc::rt
