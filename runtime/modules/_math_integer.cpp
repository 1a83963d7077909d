// The module math.integer, which math shows as well.
#include "runtime/modules/math_functions.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_math.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

constexpr long long kLongMax = INT64_MAX;

Ref factorial(const Value* args) {
  PYC_TRY(number, toIndex(args[0]));
  if (intSign(number) < 0)
    return raise(valueErrorType, "factorial() not defined for negative values");
  int64_t n;
  if (!intFits64(number, n))
    return raise(overflowErrorType, "factorial() argument should not exceed %lld", kLongMax);
  return intFactorial(static_cast<uint64_t>(n));
}

/// The arguments n and k of comb and perm.
bool takeCounts(const Value* args, Ref& n, Ref& k) {
  n = toIndex(args[0]);
  if (!n)
    return false;
  k = toIndex(args[1]);
  if (!k)
    return false;
  if (intSign(n) < 0)
    return raise(valueErrorType, "n must be a non-negative integer");
  return intSign(k) >= 0 || raise(valueErrorType, "k must be a non-negative integer");
}

Ref comb(const Value* args) {
  Ref n, k;
  if (!takeCounts(args, n, k))
    return {};
  if (intCompare(n, k) < 0)
    return Ref::number(Value::fromInt(0));
  PYC_TRY(rest, intBinary(BinaryOp::Sub, n, k));
  int64_t count;
  if (!intFits64(intCompare(rest, k) < 0 ? rest : k, count))
    return raise(overflowErrorType, "min(n - k, k) must not exceed %lld", kLongMax);
  return intBinomial(n, static_cast<uint64_t>(count));
}

Ref perm(const Value* args) {
  if (!args[1] || args[1].isNone())
    return factorial(args);
  Ref n, k;
  if (!takeCounts(args, n, k))
    return {};
  if (intCompare(n, k) < 0)
    return Ref::number(Value::fromInt(0));
  int64_t count;
  if (!intFits64(k, count))
    return raise(overflowErrorType, "k must not exceed %lld", kLongMax);
  return intFallingProduct(n, static_cast<uint64_t>(count));
}

/// Joins all arguments, from `result` on.
template <class Join> Ref joinAll(Value arguments, int64_t start, Join join) {
  Ref result = Ref::number(Value::fromInt(start));
  TupleObject* tuple = asTuple(arguments);
  for (int64_t i = 0; i < tuple->count; ++i) {
    PYC_TRY(number, toIndex(tuple->items()[i]));
    result = join(result, number);
    if (!result)
      return {};
  }
  return result;
}

Ref gcd(const Value* args) {
  return joinAll(args[0], 0, [](Value a, Value b) { return intGcd(a, b); });
}

Ref lcmOfTwo(Value a, Value b) {
  if (intSign(a) == 0 || intSign(b) == 0)
    return Ref::number(Value::fromInt(0));
  PYC_TRY(divisor, intGcd(a, b));
  PYC_TRY(part, intBinary(BinaryOp::FloorDiv, a, divisor));
  PYC_TRY(product, intBinary(BinaryOp::Mul, part, b));
  return unaryOp(UnaryOp::Abs, product);
}

Ref lcm(const Value* args) {
  return joinAll(args[0], 1, lcmOfTwo);
}

Ref isqrt(const Value* args) {
  PYC_TRY(number, toIndex(args[0]));
  if (intSign(number) < 0)
    return raise(valueErrorType, "isqrt() argument must be nonnegative");
  return intSqrt(number);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "comb(n, k, /)",
     .bound = comb,
     .doc = "Number of ways to choose k items from n items without repetition and without order."},
    {.signature = "factorial(n, /)", .bound = factorial, .doc = "Find n!."},
    {.signature = "gcd(*integers)", .bound = gcd, .doc = "Greatest Common Divisor."},
    {.signature = "isqrt(n, /)",
     .bound = isqrt,
     .doc = "Return the integer part of the square root of the input."},
    {.signature = "lcm(*integers)", .bound = lcm, .doc = "Least Common Multiple."},
    {.signature = "perm(n, k=None, /)",
     .bound = perm,
     .doc = "Number of ways to choose k items from n items without repetition and with order."},
};

} // namespace

std::span<const MethodDef> mathIntegers() {
  return kFunctions;
}

bool fillModule__math_integer(ModuleObject* module) {
  // The functions say that they are of math.integer.
  return dictSetStr(moduleDict(module), names::__name__, internLiteral("math.integer")) &&
         addFunctions(module, kFunctions, std::size(kFunctions));
}

} // namespace pyc::rt
