// Operators: which operand's slot is asked first, and what is said when none of them can do it.
#include "runtime/objects/fast.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_short.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

const char* const kOperators[kBinaryOpCount] = {"+",           "-",  "*",  "@", "/", "//", "%",
                                                "** or pow()", "<<", ">>", "&", "|", "^"};
const char* const kInplaceOperators[kBinaryOpCount] = {
    "+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="};

bool isNotImplemented(const Ref& result) {
  return result.get() == Value::notImplemented();
}

/// Asks both operands: the left one first, unless the right one's type is a subclass that does the
/// operation in its own way. NotImplemented when neither can.
Ref tryBinary(BinaryOp op, Value lhs, Value rhs) {
  auto index = static_cast<unsigned>(op);
  TypeObject* left = typeOf(lhs);
  TypeObject* right = typeOf(rhs);
  BinaryFn ofLeft = left->slots.binary[index];
  BinaryFn ofRight = right != left ? right->slots.binary[index] : nullptr;
  if (ofRight == ofLeft)
    ofRight = nullptr;
  if (ofLeft) {
    if (ofRight && isSubtype(right, left)) {
      Ref result = ofRight(lhs, rhs);
      if (!isNotImplemented(result))
        return result;
      ofRight = nullptr;
    }
    Ref result = ofLeft(lhs, rhs);
    if (!isNotImplemented(result))
      return result;
  }
  return ofRight ? ofRight(lhs, rhs) : Ref::notImplemented();
}

bool isByteArray(Value value) {
  return isInstance(value, &byteArrayType);
}

/// What can be concatenated and repeated.
bool isSequence(Value value) {
  return isStr(value) || isList(value) || isTuple(value) || isBytes(value) || isByteArray(value);
}
/// Sequences of modules as well.
bool isRepeatable(Value value) {
  return isSequence(value) || hasTypeFlag(value, kTypeConcat);
}

Raised raiseUnsupported(const char* op, Value lhs, Value rhs) {
  return raise(typeErrorType, "unsupported operand type(s) for %.100s: '%.100T' and '%.100T'", op,
               lhs, rhs);
}

/// The TypeError of an operation that neither operand can do. Sequences say more.
Raised raiseBinary(BinaryOp op, const char* text, Value lhs, Value rhs) {
  if (op == BinaryOp::Add) {
    if (isBytes(lhs) || isByteArray(lhs))
      return raise(typeErrorType, "can't concat %.100T to %.100T", rhs, lhs);
    if (isSequence(lhs)) {
      const char* kind = isStr(lhs) ? "str" : isList(lhs) ? "list" : "tuple";
      return raise(typeErrorType, "can only concatenate %s (not \"%.200T\") to %s", kind, rhs,
                   kind);
    }
  }
  if (op == BinaryOp::Mul && isRepeatable(lhs))
    return raise(typeErrorType, "can't multiply sequence by non-int of type '%.200T'", rhs);
  if (op == BinaryOp::Mul && isRepeatable(rhs))
    return raise(typeErrorType, "can't multiply sequence by non-int of type '%.200T'", lhs);
  return raiseUnsupported(text, lhs, rhs);
}

Ref binarySlow(BinaryOp op, Value lhs, Value rhs) {
  Ref result;
  if (isExactInt(lhs) && isExactInt(rhs) && shortIntBinary(op, lhs, rhs, result))
    return result;
  result = tryBinary(op, lhs, rhs);
  if (isNotImplemented(result))
    return raiseUnsupportedBinary(op, lhs, rhs);
  return result;
}

/// The augmented operators of list and bytearray take any iterable, but a right operand that knows
/// how to be added to anything goes first, as in CPython, where these are sequence slots.
bool asksRightFirst(BinaryOp op, BinaryFn inplace, BinaryFn ofLeft, BinaryFn ofRight) {
  auto index = static_cast<unsigned>(op);
  return ofRight && ofRight != ofLeft && (op == BinaryOp::Add || op == BinaryOp::Mul) &&
         (inplace == listType.slots.inplace[index] ||
          inplace == byteArrayType.slots.inplace[index]);
}

Ref tryInplace(BinaryOp op, Value lhs, Value rhs) {
  auto index = static_cast<unsigned>(op);
  BinaryFn inplace = typeOf(lhs)->slots.inplace[index];
  if (!inplace)
    return Ref::notImplemented();
  BinaryFn ofRight = typeOf(rhs)->slots.binary[index];
  if (asksRightFirst(op, inplace, typeOf(lhs)->slots.binary[index], ofRight)) {
    Ref result = ofRight(lhs, rhs);
    if (!isNotImplemented(result))
      return result;
  }
  return inplace(lhs, rhs);
}

} // namespace

Raised raiseUnsupportedBinary(BinaryOp op, Value lhs, Value rhs) {
  return raiseBinary(op, kOperators[static_cast<unsigned>(op)], lhs, rhs);
}

Ref binaryOp(BinaryOp op, Value lhs, Value rhs) {
  if (areNumbers(lhs, rhs))
    if (Value fast = binaryNumbers(op, lhs, rhs))
      return Ref::number(fast);
  return binarySlow(op, lhs, rhs);
}

Ref inplaceOp(BinaryOp op, Value lhs, Value rhs) {
  if (areNumbers(lhs, rhs))
    if (Value fast = binaryNumbers(op, lhs, rhs))
      return Ref::number(fast);
  Ref result;
  if (isExactInt(lhs) && isExactInt(rhs) && shortIntBinary(op, lhs, rhs, result))
    return result;
  result = tryInplace(op, lhs, rhs);
  if (!isNotImplemented(result))
    return result;
  return finishInplace(op, lhs, rhs, false);
}

Ref finishInplace(BinaryOp op, Value lhs, Value rhs, bool asked) {
  Ref result = asked ? askRight(op, lhs, rhs) : tryBinary(op, lhs, rhs);
  if (isNotImplemented(result))
    return raiseBinary(op, kInplaceOperators[static_cast<unsigned>(op)], lhs, rhs);
  return result;
}

using PowerFn = Ref (*)(Value base, Value exponent, Value modulus);

/// Three-argument pow(): base, exponent (first when of a subclass), then the modulus is asked.
static Ref tryPower(Value base, Value exponent, Value modulus) {
  TypeObject* first = typeOf(base);
  TypeObject* second = typeOf(exponent);
  PowerFn ofFirst = first->slots.power;
  PowerFn ofSecond =
      second != first && second->slots.power != ofFirst ? second->slots.power : nullptr;
  if (ofFirst && ofSecond && isSubtype(second, first)) {
    Ref result = ofSecond(base, exponent, modulus);
    if (!isNotImplemented(result))
      return result;
    ofSecond = nullptr;
  }
  for (PowerFn slot : {ofFirst, ofSecond}) {
    if (!slot)
      continue;
    Ref result = slot(base, exponent, modulus);
    if (!isNotImplemented(result))
      return result;
  }
  PowerFn ofModulus = typeOf(modulus)->slots.power;
  if (!ofModulus || ofModulus == ofFirst || ofModulus == second->slots.power)
    return Ref::notImplemented();
  return ofModulus(base, exponent, modulus);
}

Ref power(Value base, Value exponent, Value modulus) {
  if (!modulus || modulus.isNone())
    return binaryOp(BinaryOp::Pow, base, exponent);
  Ref result = tryPower(base, exponent, modulus);
  if (isNotImplemented(result))
    return raise(typeErrorType,
                 "unsupported operand type(s) for ** or pow(): '%.100T', '%.100T', '%.100T'", base,
                 exponent, modulus);
  return result;
}

/// lhs.__divmod__(rhs), or the other way round; NotImplemented when there is none.
static Ref tryDivmod(Value self, StrObject* name, Value other) {
  bool found = false;
  Ref result = callSpecial(self, name, &other, 1, found);
  return found ? std::move(result) : Ref::notImplemented();
}

Ref divmod(Value lhs, Value rhs) {
  if (areNumbers(lhs, rhs)) {
    Value quotient = binaryNumbers(BinaryOp::FloorDiv, lhs, rhs);
    Value rest = quotient ? binaryNumbers(BinaryOp::Mod, lhs, rhs) : Value();
    if (rest)
      return tupleOf(quotient, rest);
  }
  bool rightFirst = typeOf(lhs) != typeOf(rhs) && isSubtype(typeOf(rhs), typeOf(lhs));
  if (rightFirst) {
    Ref result = tryDivmod(rhs, names::__rdivmod__, lhs);
    if (!isNotImplemented(result))
      return result;
  }
  Ref result = tryDivmod(lhs, names::__divmod__, rhs);
  if (isNotImplemented(result) && !rightFirst && typeOf(lhs) != typeOf(rhs))
    result = tryDivmod(rhs, names::__rdivmod__, lhs);
  if (isNotImplemented(result))
    return raiseUnsupported("divmod()", lhs, rhs);
  return result;
}

/// Negation and the like of a small int or double; null when the result is too large.
static Value unaryNumber(UnaryOp op, Value operand) {
  if (operand.isDouble()) {
    double number = operand.asDouble();
    switch (op) {
    case UnaryOp::Neg:
      return Value::fromDouble(-number);
    case UnaryOp::Pos:
      return operand;
    case UnaryOp::Abs:
      return Value::fromDouble(__builtin_fabs(number));
    case UnaryOp::Invert:
      return {};
    }
  }
  int64_t number = operand.asInt();
  switch (op) {
  case UnaryOp::Neg:
    return fitInt(-number);
  case UnaryOp::Pos:
    return operand;
  case UnaryOp::Abs:
    return fitInt(number < 0 ? -number : number);
  case UnaryOp::Invert:
    return Value::fromInt(~number);
  }
  return {};
}

Ref unaryOp(UnaryOp op, Value operand) {
  if (operand.isNumber())
    if (Value fast = unaryNumber(op, operand))
      return Ref::number(fast);
  if (UnaryFn slot = typeOf(operand)->slots.unary[static_cast<unsigned>(op)])
    return slot(operand);
  static const char* const kNames[] = {"unary -", "unary +", "unary ~", "abs()"};
  return raise(typeErrorType, "bad operand type for %s: '%.200T'",
               kNames[static_cast<unsigned>(op)], operand);
}

} // namespace pyc::rt
