#include "compiler/frontend/emit/fold_numbers.h"

#include "compiler/frontend/emit/big_digits.h"

#include <cmath>

namespace pyc {

namespace {

using Wide = __int128;
constexpr Wide kExactDouble = Wide(1) << 53; // integers up to here are doubles without loss

bool isBool(const Constant& constant) {
  return constant.kind == uop::ConstKind::True || constant.kind == uop::ConstKind::False;
}

std::optional<Wide> asInt(const Constant& constant) {
  switch (constant.kind) {
  case uop::ConstKind::True:
    return 1;
  case uop::ConstKind::False:
    return 0;
  case uop::ConstKind::Int:
    return constant.integer;
  case uop::ConstKind::BigInt:
    return smallOfHex(constant.text);
  default: // not an integer
    return std::nullopt;
  }
}

std::optional<double> asDouble(const Constant& constant) {
  if (constant.kind == uop::ConstKind::Float)
    return constant.real;
  std::optional<Wide> integer = asInt(constant);
  if (!integer || *integer > kExactDouble || *integer < -kExactDouble)
    return std::nullopt;
  return static_cast<double>(*integer);
}

std::optional<Constant> intResult(bool overflows, Wide value) {
  if (overflows)
    return std::nullopt;
  return constantOfInt(value);
}

std::optional<Constant> power(Wide base, Wide exponent) {
  if (exponent < 0)
    return std::nullopt;
  Wide result = 1;
  for (; exponent > 0; --exponent) {
    if (__builtin_mul_overflow(result, base, &result))
      return std::nullopt;
    if (result == 0 || (result == 1 && base == 1))
      break;
    if (base == -1)
      return constantOfInt(exponent % 2 ? -1 : 1);
  }
  return constantOfInt(result);
}

std::optional<Constant> shiftLeft(Wide value, Wide by) {
  if (by < 0 || by > 126)
    return std::nullopt;
  Wide result = static_cast<Wide>(static_cast<unsigned __int128>(value) << static_cast<int>(by));
  return intResult((result >> static_cast<int>(by)) != value, result);
}

Wide floorDivide(Wide a, Wide b) {
  Wide quotient = a / b;
  return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::optional<Constant> foldInts(ast::Operator op, Wide a, Wide b) {
  Wide result = 0;
  switch (op) {
  case ast::Operator::Add:
    return intResult(__builtin_add_overflow(a, b, &result), result);
  case ast::Operator::Sub:
    return intResult(__builtin_sub_overflow(a, b, &result), result);
  case ast::Operator::Mult:
    return intResult(__builtin_mul_overflow(a, b, &result), result);
  case ast::Operator::FloorDiv:
    return intResult(b == 0, b == 0 ? 0 : floorDivide(a, b));
  case ast::Operator::Mod:
    return intResult(b == 0, b == 0 ? 0 : a - floorDivide(a, b) * b);
  case ast::Operator::Pow:
    return power(a, b);
  case ast::Operator::LShift:
    return shiftLeft(a, b);
  case ast::Operator::RShift:
    return intResult(b < 0, b > 126 ? (a < 0 ? -1 : 0) : a >> static_cast<int>(b < 0 ? 0 : b));
  case ast::Operator::BitOr:
    return constantOfInt(a | b);
  case ast::Operator::BitXor:
    return constantOfInt(a ^ b);
  case ast::Operator::BitAnd:
    return constantOfInt(a & b);
  case ast::Operator::Div:
    if (b == 0 || a > kExactDouble || a < -kExactDouble || b > kExactDouble || b < -kExactDouble)
      return std::nullopt;
    return Constant::ofFloat(static_cast<double>(a) / static_cast<double>(b));
  case ast::Operator::MatMult:
    return std::nullopt;
  }
  return std::nullopt;
}

double floatModulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest == 0)
    return std::copysign(0.0, b);
  return (b < 0) != (rest < 0) ? rest + b : rest;
}

double floatFloorDivide(double a, double b) {
  double quotient = (a - floatModulo(a, b)) / b;
  if (quotient == 0)
    return std::copysign(0.0, a / b);
  double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

std::optional<Constant> foldFloats(ast::Operator op, double a, double b) {
  switch (op) {
  case ast::Operator::Add:
    return Constant::ofFloat(a + b);
  case ast::Operator::Sub:
    return Constant::ofFloat(a - b);
  case ast::Operator::Mult:
    return Constant::ofFloat(a * b);
  case ast::Operator::Div:
  case ast::Operator::Mod:
  case ast::Operator::FloorDiv:
    if (b == 0)
      return std::nullopt;
    if (op == ast::Operator::Div)
      return Constant::ofFloat(a / b);
    return Constant::ofFloat(op == ast::Operator::Mod ? floatModulo(a, b) : floatFloorDivide(a, b));
  case ast::Operator::Pow: {
    if ((a == 0 && b < 0) || (a < 0 && b != std::floor(b)))
      return std::nullopt; // raises, or is complex
    double result = std::pow(a, b);
    if (!std::isfinite(result))
      return std::nullopt;
    return Constant::ofFloat(result);
  }
  case ast::Operator::MatMult:
  case ast::Operator::LShift:
  case ast::Operator::RShift:
  case ast::Operator::BitOr:
  case ast::Operator::BitXor:
  case ast::Operator::BitAnd:
    return std::nullopt;
  }
  return std::nullopt;
}

/// Sums and differences, so that `1 + 2j` is a literal.
std::optional<Constant> foldComplex(ast::Operator op, const Constant& lhs, const Constant& rhs) {
  bool isSum = op == ast::Operator::Add;
  if (!isSum && op != ast::Operator::Sub)
    return std::nullopt;
  double sign = isSum ? 1 : -1;
  if (lhs.kind != uop::ConstKind::Complex) {
    std::optional<double> a = asDouble(lhs);
    if (!a)
      return std::nullopt;
    return Constant::ofComplex(isSum ? *a + rhs.real : *a - rhs.real, sign * rhs.imaginary);
  }
  if (rhs.kind != uop::ConstKind::Complex) {
    std::optional<double> b = asDouble(rhs);
    if (!b)
      return std::nullopt;
    return Constant::ofComplex(isSum ? lhs.real + *b : lhs.real - *b, lhs.imaginary);
  }
  return Constant::ofComplex(isSum ? lhs.real + rhs.real : lhs.real - rhs.real,
                             isSum ? lhs.imaginary + rhs.imaginary : lhs.imaginary - rhs.imaginary);
}

bool isBitwise(ast::Operator op) {
  return op == ast::Operator::BitAnd || op == ast::Operator::BitOr || op == ast::Operator::BitXor;
}

} // namespace

std::optional<double> numberOf(const Constant& constant) {
  if (constant.kind == uop::ConstKind::Complex && constant.imaginary == 0)
    return constant.real;
  return asDouble(constant);
}

Constant constantOfInt(Wide value) {
  if (value >= INT64_MIN && value <= INT64_MAX)
    return Constant::ofInt(static_cast<int64_t>(value));
  Constant big;
  big.kind = uop::ConstKind::BigInt;
  big.text = hexOf(value);
  return big;
}

std::optional<Constant> foldUnary(ast::UnaryOperator op, const Constant& operand) {
  bool isNegation = op == ast::UnaryOperator::USub;
  if (operand.kind == uop::ConstKind::Float && op != ast::UnaryOperator::Invert)
    return Constant::ofFloat(isNegation ? -operand.real : operand.real);
  if (operand.kind == uop::ConstKind::Complex && op != ast::UnaryOperator::Invert)
    return isNegation ? Constant::ofComplex(-operand.real, -operand.imaginary) : operand;
  std::optional<Wide> value = asInt(operand);
  if (!value) {
    if (operand.kind != uop::ConstKind::BigInt || !isNegation)
      return std::nullopt;
    Constant big = operand;
    big.text = big.text.starts_with('-') ? big.text.substr(1) : "-" + big.text;
    return big;
  }
  if (op == ast::UnaryOperator::Invert && isBool(operand))
    return std::nullopt; // warns at run time
  if (op == ast::UnaryOperator::Invert)
    return constantOfInt(~*value);
  return constantOfInt(isNegation ? -*value : *value);
}

std::optional<Constant> foldBinary(ast::Operator op, const Constant& lhs, const Constant& rhs) {
  std::optional<Wide> a = asInt(lhs), b = asInt(rhs);
  if (a && b) {
    std::optional<Constant> result = foldInts(op, *a, *b);
    if (result && isBool(lhs) && isBool(rhs) && isBitwise(op))
      return Constant::ofBool(result->integer != 0);
    return result;
  }
  if (lhs.kind == uop::ConstKind::Complex || rhs.kind == uop::ConstKind::Complex)
    return foldComplex(op, lhs, rhs);
  std::optional<double> x = asDouble(lhs), y = asDouble(rhs);
  return x && y ? foldFloats(op, *x, *y) : std::nullopt;
}

} // namespace pyc
