// Operators that classes define in Python.
#include "runtime/objects/attribute.h"
#include "runtime/objects/code.h"
#include "runtime/objects/direct_call.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/type_internal.h"

namespace pyc::rt {

namespace {

// The address of a name is a constant expression; names::x is not.
#define PYC_STR(name) (&pycNames.name.str)

constexpr BinaryNames kBinaryNames[kBinaryOpCount] = {
    {PYC_STR(__add__), PYC_STR(__radd__), PYC_STR(__iadd__)},
    {PYC_STR(__sub__), PYC_STR(__rsub__), PYC_STR(__isub__)},
    {PYC_STR(__mul__), PYC_STR(__rmul__), PYC_STR(__imul__)},
    {PYC_STR(__matmul__), PYC_STR(__rmatmul__), PYC_STR(__imatmul__)},
    {PYC_STR(__truediv__), PYC_STR(__rtruediv__), PYC_STR(__itruediv__)},
    {PYC_STR(__floordiv__), PYC_STR(__rfloordiv__), PYC_STR(__ifloordiv__)},
    {PYC_STR(__mod__), PYC_STR(__rmod__), PYC_STR(__imod__)},
    {PYC_STR(__pow__), PYC_STR(__rpow__), PYC_STR(__ipow__)},
    {PYC_STR(__lshift__), PYC_STR(__rlshift__), PYC_STR(__ilshift__)},
    {PYC_STR(__rshift__), PYC_STR(__rrshift__), PYC_STR(__irshift__)},
    {PYC_STR(__and__), PYC_STR(__rand__), PYC_STR(__iand__)},
    {PYC_STR(__or__), PYC_STR(__ror__), PYC_STR(__ior__)},
    {PYC_STR(__xor__), PYC_STR(__rxor__), PYC_STR(__ixor__)},
};
constexpr StrObject* kUnaryNames[] = {PYC_STR(__neg__), PYC_STR(__pos__), PYC_STR(__invert__),
                                      PYC_STR(__abs__)};

/// The method's result, or NotImplemented when there is none.
template <class... Arguments> Ref callOr(Value self, StrObject* name, Arguments... arguments) {
  bool found;
  Ref result = callSpecialDirectly(self, name, findInType(typeOf(self), name), found, arguments...);
  return found ? std::move(result) : Ref::notImplemented();
}

bool isNotImplemented(const Ref& result) {
  return result.get() == Value::notImplemented();
}

/// Whether `other`'s reflected method is not simply the one that self's class has as well.
bool overridesReflected(Value self, Value other, StrObject* reflected) {
  Value ours = findInType(typeOf(self), reflected);
  Value theirs = findInType(typeOf(other), reflected);
  return theirs && !(ours && ours == theirs);
}

/// Both directions of an operator go through one slot function. It tells by the operands' slots for
/// which of them it was called: for the left one, for the right one, or for both.
template <BinaryOp op> Ref binaryMethod(Value lhs, Value rhs) {
  constexpr auto kIndex = static_cast<unsigned>(op);
  const BinaryNames& methods = kBinaryNames[kIndex];
  TypeObject* left = typeOf(lhs);
  TypeObject* right = typeOf(rhs);
  bool tryRight = left != right && right->slots.binary[kIndex] == binaryMethod<op>;
  if (left->slots.binary[kIndex] == binaryMethod<op>) {
    if (tryRight && isSubtype(right, left) && overridesReflected(lhs, rhs, methods.reflected)) {
      Ref result = callOr(rhs, methods.reflected, lhs);
      if (!isNotImplemented(result))
        return result;
      tryRight = false;
    }
    Ref result = callOr(lhs, methods.forward, rhs);
    if (!isNotImplemented(result) || left == right)
      return result;
  }
  return tryRight ? callOr(rhs, methods.reflected, lhs) : Ref::notImplemented();
}

template <BinaryOp op> Ref inplaceMethod(Value lhs, Value rhs) {
  return callOr(lhs, kBinaryNames[static_cast<unsigned>(op)].inplace, rhs);
}

template <UnaryOp op> Ref unaryMethod(Value self) {
  bool found;
  StrObject* name = kUnaryNames[static_cast<unsigned>(op)];
  Ref result = callSpecialDirectly(self, name, findInType(typeOf(self), name), found);
  return found ? std::move(result) : Ref(raiseNoSpecial(self, name));
}

#define PYC_FOR_EACH_BINARY(X)                                                                     \
  X(Add), X(Sub), X(Mul), X(MatMul), X(TrueDiv), X(FloorDiv), X(Mod), X(Pow), X(LShift),           \
      X(RShift), X(And), X(Or), X(Xor)
#define PYC_BINARY(op) binaryMethod<BinaryOp::op>
#define PYC_INPLACE(op) inplaceMethod<BinaryOp::op>
constexpr BinaryFn kBinaryMethods[kBinaryOpCount] = {PYC_FOR_EACH_BINARY(PYC_BINARY)};
constexpr BinaryFn kInplaceMethods[kBinaryOpCount] = {PYC_FOR_EACH_BINARY(PYC_INPLACE)};
#undef PYC_BINARY
#undef PYC_INPLACE
#undef PYC_FOR_EACH_BINARY
constexpr UnaryFn kUnaryMethods[] = {unaryMethod<UnaryOp::Neg>, unaryMethod<UnaryOp::Pos>,
                                     unaryMethod<UnaryOp::Invert>, unaryMethod<UnaryOp::Abs>};
constexpr StrObject* kCompareNames[] = {PYC_STR(__lt__), PYC_STR(__le__), PYC_STR(__eq__),
                                        PYC_STR(__ne__), PYC_STR(__gt__), PYC_STR(__ge__)};

} // namespace

const BinaryNames& binaryNames(BinaryOp op) {
  return kBinaryNames[static_cast<unsigned>(op)];
}
BinaryFn slotBinary(BinaryOp op) {
  return kBinaryMethods[static_cast<unsigned>(op)];
}
BinaryFn slotInplace(BinaryOp op) {
  return kInplaceMethods[static_cast<unsigned>(op)];
}
UnaryFn slotUnary(UnaryOp op) {
  return kUnaryMethods[static_cast<unsigned>(op)];
}

bool findOperatorMethod(uint32_t op, Value lhs, Value rhs, AttrCache& cache) {
  if (!lhs.isObject())
    return false;
  TypeObject* left = typeOf(lhs);
  TypeObject* right = typeOf(rhs);
  bool isComparison = op >= kFirstComparison;
  bool isOfClass = isComparison ? left->slots.compare == slotCompare
                                : left->slots.binary[op] == kBinaryMethods[op];
  return isOfClass && (left == right || !isSubtype(right, left)) &&
         fillSpecialMethod(cache, lhs,
                           isComparison ? kCompareNames[op - kFirstComparison]
                                        : kBinaryNames[op].forward);
}

bool findInplaceMethod(BinaryOp op, Value lhs, AttrCache& cache) {
  return lhs.isObject() &&
         typeOf(lhs)->slots.inplace[static_cast<unsigned>(op)] == slotInplace(op) &&
         fillSpecialMethod(cache, lhs, binaryNames(op).inplace);
}

Ref operatorOfRight(uint32_t op, Value lhs, Value rhs) {
  if (op >= kFirstComparison)
    return compareOfRight(static_cast<CompareOp>(op - kFirstComparison), lhs, rhs);
  auto binary = static_cast<BinaryOp>(op);
  Ref result = askRight(binary, lhs, rhs);
  return isNotImplemented(result) ? Ref(raiseUnsupportedBinary(binary, lhs, rhs))
                                  : std::move(result);
}

Ref askRight(BinaryOp op, Value lhs, Value rhs) {
  TypeObject* right = typeOf(rhs);
  BinaryFn ofRight = right->slots.binary[static_cast<unsigned>(op)];
  Ref result = Ref::notImplemented();
  if (right != typeOf(lhs) && ofRight == slotBinary(op))
    result = callOr(rhs, binaryNames(op).reflected, lhs);
  else if (right != typeOf(lhs) && ofRight)
    result = ofRight(lhs, rhs);
  return result;
}

Ref slotPower(Value base, Value exponent, Value modulus) {
  if (typeOf(base)->slots.power == slotPower) {
    Ref result = callOr(base, names::__pow__, exponent, modulus);
    if (!isNotImplemented(result))
      return result;
  }
  if (typeOf(exponent)->slots.power == slotPower)
    return callOr(exponent, names::__rpow__, base, modulus);
  return Ref::notImplemented();
}

Ref slotCompare(Value self, Value other, CompareOp op) {
  StrObject* name = kCompareNames[static_cast<unsigned>(op)];
  if (Value known = findInType(typeOf(self), name); known && hasShape(known, kShapeFunction)) {
    Ref held = Ref::copy(known);
    return callDirectly(known, self, other);
  } else if (op == CompareOp::Ne && known == findInType(&objectType, name)) {
    return objectType.slots.compare(self, other, op); // by __eq__
  }
  Ref method;
  bool needsSelf = false;
  if (!findSpecial(self, name, method, needsSelf) &&
      !catchRaised(attributeErrorType)) // which means that there is none
    return {};
  if (!method)
    return Ref::notImplemented();
  return needsSelf ? call(method, self, other) : call(method, other);
}

} // namespace pyc::rt
