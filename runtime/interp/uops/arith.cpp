// Operators and comparisons (uops_arith.td). Small ints and doubles are handled in place; they
// count no references, so operands need no release there.
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

// Binary operators: all have the layout of AddUop.

template <BinaryOp op> SLOW_PART(binarySlow) {
  OPERANDS(Add);
  Value lhs = IN(lhs), rhs = IN(rhs);
  if (Value fast = binaryNumbers(op, lhs, rhs)) {
    SET(dst, fast);
    NEXT();
  }
  SAVE_PC();
  Value result = binaryOp(op, lhs, rhs).release();
  if (!result)
    RAISE();
  consumeRegister(i.lhs, lhs);
  consumeRegister(i.rhs, rhs);
  SET(dst, result);
  NEXT();
}

template <BinaryOp op> SLOW_PART(inplaceSlow) {
  OPERANDS(Add);
  Value lhs = IN(lhs), rhs = IN(rhs);
  if (Value fast = binaryNumbers(op, lhs, rhs)) {
    SET(dst, fast);
    NEXT();
  }
  SAVE_PC();
  if (op == BinaryOp::Add && hasShape(lhs, kShapeStr) && hasShape(rhs, kShapeStr) &&
      (i.lhs >= 0 || i.lhs == i.dst)) {
    // The register's own reference goes along, so that the text can grow in place.
    regs[i.lhs] = Value();
    Value result = strAppend(Ref::steal(lhs), rhs).release();
    if (!result)
      RAISE();
    consumeRegister(i.rhs, rhs);
    SET(dst, result);
    NEXT();
  }
  Value result = inplaceOp(op, lhs, rhs).release();
  if (!result)
    RAISE();
  consumeRegister(i.lhs, lhs);
  consumeRegister(i.rhs, rhs);
  SET(dst, result);
  NEXT();
}

#define BINARY_BODY(op, slow)                                                                      \
  {                                                                                                \
    OPERANDS(Add);                                                                                 \
    Value lhs = IN(lhs), rhs = IN(rhs);                                                            \
    if (PYC_LIKELY(areInts(lhs, rhs))) {                                                           \
      if (Value result = binaryInts(BinaryOp::op, lhs, rhs); PYC_LIKELY(result))                   \
        SET_NEXT(dst, result);                                                                     \
    } else if (PYC_LIKELY(areDoubles(lhs, rhs))) {                                                 \
      if (Value result = binaryDoubles(BinaryOp::op, lhs.asDouble(), rhs.asDouble());              \
          PYC_LIKELY(result))                                                                      \
        SET_NEXT(dst, result);                                                                     \
    }                                                                                              \
    SLOW(slow<BinaryOp::op>);                                                                      \
  }
// Where a double's case needs a C call (fmod), or there is none, only ints are handled in place.
#define BINARY_INT_BODY(op, slow)                                                                  \
  {                                                                                                \
    OPERANDS(Add);                                                                                 \
    Value lhs = IN(lhs), rhs = IN(rhs);                                                            \
    if (PYC_LIKELY(areInts(lhs, rhs)))                                                             \
      if (Value result = binaryInts(BinaryOp::op, lhs, rhs); PYC_LIKELY(result))                   \
        SET_NEXT(dst, result);                                                                     \
    SLOW(slow<BinaryOp::op>);                                                                      \
  }
#define BINARY(op, uopName, BODY)                                                                  \
  UOP(uopName) BODY(op, binarySlow) UOP(Inplace##uopName) BODY(op, inplaceSlow)

BINARY(Add, Add, BINARY_BODY)
BINARY(Sub, Sub, BINARY_BODY)
BINARY(Mul, Mul, BINARY_BODY)
BINARY(TrueDiv, Truediv, BINARY_BODY)
BINARY(FloorDiv, Floordiv, BINARY_INT_BODY)
BINARY(Mod, Mod, BINARY_INT_BODY)
BINARY(LShift, Lshift, BINARY_INT_BODY)
BINARY(RShift, Rshift, BINARY_INT_BODY)
BINARY(And, And, BINARY_INT_BODY)
BINARY(Or, Or, BINARY_INT_BODY)
BINARY(Xor, Xor, BINARY_INT_BODY)

#define GENERAL_BODY(op, slow)                                                                     \
  {                                                                                                \
    SLOW(slow<BinaryOp::op>);                                                                      \
  }
BINARY(Pow, Pow, GENERAL_BODY)
BINARY(MatMul, Matmul, GENERAL_BODY)

// Comparisons.

template <CompareOp op> SLOW_PART(compareSlow) {
  OPERANDS(Lt);
  Value lhs = IN(lhs), rhs = IN(rhs);
  if (areNumbers(lhs, rhs)) {
    SET(dst, Value::fromBool(compareAs(op, numberAsDouble(lhs), numberAsDouble(rhs))));
    NEXT();
  }
  SAVE_PC();
  Value result = compare(op, lhs, rhs).release();
  if (!result)
    RAISE();
  consumeRegister(i.lhs, lhs);
  consumeRegister(i.rhs, rhs);
  SET(dst, result);
  NEXT();
}

#define COMPARE(op)                                                                                \
  UOP(op) {                                                                                        \
    OPERANDS(op);                                                                                  \
    Value lhs = IN(lhs), rhs = IN(rhs);                                                            \
    if (PYC_LIKELY(areInts(lhs, rhs)))                                                             \
      SET_NEXT(dst, Value::fromBool(compareInts(CompareOp::op, lhs, rhs)));                        \
    if (PYC_LIKELY(areDoubles(lhs, rhs)))                                                          \
      SET_NEXT(dst, Value::fromBool(compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble())));    \
    SLOW(compareSlow<CompareOp::op>);                                                              \
  }
COMPARE(Lt)
COMPARE(Le)
COMPARE(Eq)
COMPARE(Ne)
COMPARE(Gt)
COMPARE(Ge)

namespace {
/// compareBool with the cases that are worth a look first. -1: raised.
template <CompareOp op> int compareTruth(Value lhs, Value rhs) {
  if (areNumbers(lhs, rhs))
    return compareAs(op, numberAsDouble(lhs), numberAsDouble(rhs));
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && hasShape(lhs, kShapeStr) &&
      hasShape(rhs, kShapeStr))
    return (lhs == rhs || strEquals(asStr(lhs), asStr(rhs))) == (op == CompareOp::Eq);
  bool result;
  return compareBool(op, lhs, rhs, result) ? result : -1;
}
} // namespace

template <CompareOp op, bool wanted> SLOW_PART(jumpCompareSlow) {
  OPERANDS(JumpIfLt);
  Value lhs = IN(lhs), rhs = IN(rhs);
  SAVE_PC();
  int result = compareTruth<op>(lhs, rhs);
  if (result < 0)
    RAISE();
  consumeRegister(i.lhs, lhs);
  consumeRegister(i.rhs, rhs);
  if (static_cast<bool>(result) == wanted)
    JUMP(target);
  NEXT();
}

#define JUMP_COMPARE_BODY(op, wanted)                                                              \
  {                                                                                                \
    OPERANDS(JumpIfLt);                                                                            \
    Value lhs = IN(lhs), rhs = IN(rhs);                                                            \
    if (PYC_LIKELY(areInts(lhs, rhs))) {                                                           \
      if (compareInts(CompareOp::op, lhs, rhs) == (wanted))                                        \
        JUMP(target);                                                                              \
      NEXT();                                                                                      \
    }                                                                                              \
    if (PYC_LIKELY(areDoubles(lhs, rhs))) {                                                        \
      if (compareAs(CompareOp::op, lhs.asDouble(), rhs.asDouble()) == (wanted))                    \
        JUMP(target);                                                                              \
      NEXT();                                                                                      \
    }                                                                                              \
    SLOW((jumpCompareSlow<CompareOp::op, wanted>));                                                \
  }
#define JUMP_COMPARE(op)                                                                           \
  UOP(JumpIf##op) JUMP_COMPARE_BODY(op, true) UOP(JumpUnless##op) JUMP_COMPARE_BODY(op, false)
JUMP_COMPARE(Lt)
JUMP_COMPARE(Le)
JUMP_COMPARE(Eq)
JUMP_COMPARE(Ne)
JUMP_COMPARE(Gt)
JUMP_COMPARE(Ge)

// Unary operators.

template <UnaryOp op> SLOW_PART(unarySlow) {
  OPERANDS(Neg);
  Value operand = IN(operand);
  SAVE_PC();
  Value result = unaryOp(op, operand).release();
  if (!result)
    RAISE();
  CONSUME(operand);
  SET(dst, result);
  NEXT();
}

UOP(Neg) {
  OPERANDS(Neg);
  Value operand = IN(operand);
  if (operand.isDouble())
    SET_NEXT(dst, Value::fromDouble(-operand.asDouble()));
  if (operand.isInt() && operand.asInt() != Value::kMinInt)
    SET_NEXT(dst, Value::fromInt(-operand.asInt()));
  SLOW(unarySlow<UnaryOp::Neg>);
}

UOP(Pos) {
  OPERANDS(Pos);
  if (IN(operand).isNumber())
    SET_NEXT(dst, IN(operand));
  SLOW(unarySlow<UnaryOp::Pos>);
}

UOP(Invert) {
  OPERANDS(Invert);
  if (IN(operand).isInt())
    SET_NEXT(dst, Value::fromInt(~IN(operand).asInt()));
  SLOW(unarySlow<UnaryOp::Invert>);
}

template <bool negated> SLOW_PART(truthSlow) {
  OPERANDS(Not);
  Value operand = IN(operand);
  SAVE_PC();
  bool result;
  if (!truth(operand, result))
    RAISE();
  CONSUME(operand);
  SET(dst, Value::fromBool(result != negated));
  NEXT();
}

UOP(Not) {
  OPERANDS(Not);
  bool result;
  if (PYC_LIKELY(truthFast(IN(operand), result)))
    SET_NEXT(dst, Value::fromBool(!result));
  SLOW(truthSlow<true>);
}

UOP(ToBool) {
  OPERANDS(ToBool);
  bool result;
  if (PYC_LIKELY(truthFast(IN(operand), result)))
    SET_NEXT(dst, Value::fromBool(result));
  SLOW(truthSlow<false>);
}

// Identity and membership.

#define IDENTITY(name, same)                                                                       \
  UOP(name) {                                                                                      \
    OPERANDS(name);                                                                                \
    Value lhs = IN(lhs), rhs = IN(rhs);                                                            \
    bool result = (lhs == rhs || (lhs.isNumber() && isSame(lhs, rhs))) == (same);                  \
    SAVE_PC();                                                                                     \
    consumeRegister(i.lhs, lhs);                                                                   \
    consumeRegister(i.rhs, rhs);                                                                   \
    SET(dst, Value::fromBool(result));                                                             \
    NEXT();                                                                                        \
  }
IDENTITY(Is, true)
IDENTITY(IsNot, false)

#define MEMBERSHIP(name, wanted)                                                                   \
  UOP(name) {                                                                                      \
    OPERANDS(name);                                                                                \
    Value item = IN(item), container = IN(container);                                              \
    SAVE_PC();                                                                                     \
    bool result;                                                                                   \
    if (!contains(container, item, result))                                                        \
      RAISE();                                                                                     \
    consumeRegister(i.item, item);                                                                 \
    consumeRegister(i.container, container);                                                       \
    SET(dst, Value::fromBool(result == (wanted)));                                                 \
    NEXT();                                                                                        \
  }
MEMBERSHIP(Contains, true)
MEMBERSHIP(NotContains, false)

} // namespace pyc::rt
