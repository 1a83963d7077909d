// Comparison, identity, truth, hash.
#include "runtime/objects/bytes.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

namespace {

constexpr CompareOp kSwapped[] = {CompareOp::Gt, CompareOp::Ge, CompareOp::Eq,
                                  CompareOp::Ne, CompareOp::Lt, CompareOp::Le};
const char* const kOperators[] = {"<", "<=", "==", "!=", ">", ">="};

bool isNotImplemented(const Ref& result) {
  return result.get() == Value::notImplemented();
}

/// Asks both operands: the left one first, unless the right one's type is a subclass.
Ref tryCompare(CompareOp op, Value lhs, Value rhs) {
  CompareOp swapped = kSwapped[static_cast<unsigned>(op)];
  TypeObject* left = typeOf(lhs);
  TypeObject* right = typeOf(rhs);
  bool rightAsked = left != right && right->slots.compare && isSubtype(right, left);
  if (rightAsked) {
    Ref result = right->slots.compare(rhs, lhs, swapped);
    if (!isNotImplemented(result))
      return result;
  }
  if (left->slots.compare) {
    Ref result = left->slots.compare(lhs, rhs, op);
    if (!isNotImplemented(result))
      return result;
  }
  if (!rightAsked && right->slots.compare)
    return right->slots.compare(rhs, lhs, swapped);
  return Ref::notImplemented();
}

/// A comparison's result, from what the operands have answered.
Ref settleComparison(CompareOp op, Value lhs, Value rhs, Ref result) {
  if (PYC_LIKELY(!isNotImplemented(result)))
    return result;
  // Anything can be equal or not: without a better answer, by identity.
  if (op == CompareOp::Eq)
    return Ref::boolean(isSame(lhs, rhs));
  if (op == CompareOp::Ne)
    return Ref::boolean(!isSame(lhs, rhs));
  return raise(typeErrorType, "'%s' not supported between instances of '%.100T' and '%.100T'",
               kOperators[static_cast<unsigned>(op)], lhs, rhs);
}

Ref compareSlow(CompareOp op, Value lhs, Value rhs) {
  if (!checkRecursion(" in comparison"))
    return {};
  return settleComparison(op, lhs, rhs, tryCompare(op, lhs, rhs));
}

bool isEquality(CompareOp op) {
  return op == CompareOp::Eq || op == CompareOp::Ne;
}

/// Comparisons of numbers and of strs. False when it is another.
bool compareAtoms(CompareOp op, Value lhs, Value rhs, bool& result) {
  if (areInts(lhs, rhs)) {
    result = compareInts(op, lhs, rhs);
    return true;
  }
  if (areNumbers(lhs, rhs)) {
    // Small ints are exact as doubles.
    result = compareAs(op, numberAsDouble(lhs), numberAsDouble(rhs));
    return true;
  }
  if (hasShape(lhs, kShapeStr) && hasShape(rhs, kShapeStr)) {
    if (isEquality(op))
      result = strEquals(asStr(lhs), asStr(rhs)) == (op == CompareOp::Eq);
    else
      result = compareAs(op, strCompare(asStr(lhs), asStr(rhs)), 0);
    return true;
  }
  return false;
}

/// What a comparison of tuples makes of two items.
enum class ItemOrder { Equal, Decided, Unknown };

/// Of numbers and strs that are not the same bits; others are not known.
[[gnu::always_inline]] inline ItemOrder compareAtomItems(CompareOp op, Value left, Value right,
                                                         bool& result) {
  if (PYC_LIKELY(areInts(left, right))) {
    result = compareInts(op, left, right);
    return ItemOrder::Decided;
  }
  if (isExactStr(left) && isExactStr(right) && !isEquality(op)) {
    int order = strCompare(asStr(left), asStr(right));
    result = compareAs(op, order, 0);
    return order == 0 ? ItemOrder::Equal : ItemOrder::Decided;
  }
  bool equal;
  if (!compareAtoms(CompareOp::Eq, left, right, equal))
    return ItemOrder::Unknown;
  if (equal)
    return ItemOrder::Equal;
  result = op == CompareOp::Ne;
  return isEquality(op) || compareAtoms(op, left, right, result) ? ItemOrder::Decided
                                                                 : ItemOrder::Unknown;
}

/// Tuples from an item on, as far as numbers and strs decide; false, with the item's number, where
/// another item does.
bool compareFlatTuples(CompareOp op, const TupleObject* a, const TupleObject* b, int64_t& i,
                       bool& result) {
  int64_t common = std::min(a->count, b->count);
  for (; i < common; ++i) {
    Value left = a->items()[i], right = b->items()[i];
    ItemOrder order = left == right ? ItemOrder::Equal : compareAtomItems(op, left, right, result);
    if (order != ItemOrder::Equal)
      return order == ItemOrder::Decided;
  }
  result = compareAs(op, a->count, b->count);
  return true;
}

/// Two items that are neither numbers nor strs, as a truth: those of one class ask it at once.
/// False with an exception. The caller has checked the recursion.
bool compareItems(CompareOp op, Value lhs, Value rhs, bool& result) {
  TypeObject* type = typeOf(lhs);
  if (type != typeOf(rhs) || type == &tupleType || !type->slots.compare)
    return compareBool(op, lhs, rhs, result);
  Ref answer = type->slots.compare(lhs, rhs, op);
  if (PYC_UNLIKELY(isNotImplemented(answer)))
    answer = compareOfRight(op, lhs, rhs);
  return answer && (truthFast(answer, result) || truth(answer, result));
}

/// Tuples of any items, as a truth. False with an exception.
bool compareTuples(CompareOp op, const TupleObject* a, const TupleObject* b, bool& result) {
  for (int64_t i = 0; !compareFlatTuples(op, a, b, i, result); ++i) {
    if (!checkRecursion(" in comparison"))
      return false;
    Value left = a->items()[i], right = b->items()[i];
    bool equal;
    if (!compareItems(CompareOp::Eq, left, right, equal))
      return false;
    if (equal)
      continue;
    result = op == CompareOp::Ne;
    return isEquality(op) || compareItems(op, left, right, result);
  }
  return true;
}

/// Whether `==` of the two is only by identity: neither class says more than object does.
bool areToldByIdentity(Value lhs, Value rhs) {
  auto ofObject = objectType.slots.compare;
  return typeOf(lhs)->slots.compare == ofObject && typeOf(rhs)->slots.compare == ofObject;
}

/// Comparisons that need no dispatch and run no Python code. False when it is another.
[[gnu::always_inline]] inline bool compareFast(CompareOp op, Value lhs, Value rhs, bool& result) {
  if (compareAtoms(op, lhs, rhs, result))
    return true;
  int64_t item = 0;
  if (isExactTuple(lhs) && isExactTuple(rhs))
    return compareFlatTuples(op, asTuple(lhs), asTuple(rhs), item, result);
  if (hasShape(lhs, kShapeBytes) && hasShape(rhs, kShapeBytes)) {
    result = compareAs(op, asBytes(lhs)->view().compare(asBytes(rhs)->view()), 0);
    return true;
  }
  if (!isEquality(op) || !lhs.isObject() || !areToldByIdentity(lhs, rhs))
    return false;
  result = (lhs == rhs) == (op == CompareOp::Eq);
  return true;
}

} // namespace

Ref compareOfRight(CompareOp op, Value lhs, Value rhs) {
  auto ofRight = typeOf(rhs)->slots.compare;
  Ref result =
      ofRight ? ofRight(rhs, lhs, kSwapped[static_cast<unsigned>(op)]) : Ref::notImplemented();
  return settleComparison(op, lhs, rhs, std::move(result));
}

Ref compare(CompareOp op, Value lhs, Value rhs) {
  bool result;
  if (compareFast(op, lhs, rhs, result))
    return Ref::boolean(result);
  return compareSlow(op, lhs, rhs);
}

bool compareBool(CompareOp op, Value lhs, Value rhs, bool& result) {
  if (isExactTuple(lhs) && isExactTuple(rhs))
    return compareTuples(op, asTuple(lhs), asTuple(rhs), result);
  if (compareFast(op, lhs, rhs, result))
    return true;
  Ref value = compareSlow(op, lhs, rhs);
  return value && (truthFast(value, result) || truth(value, result));
}

bool equalItems(Value lhs, Value rhs, bool& result) {
  if (lhs == rhs) {
    result = true;
    return true;
  }
  return compareBool(CompareOp::Eq, lhs, rhs, result);
}

bool isSame(Value lhs, Value rhs) {
  if (lhs == rhs)
    return true;
  // Large ints compare by value, as small ones do.
  return hasShape(lhs, kShapeInt) && hasShape(rhs, kShapeInt) && intCompare(lhs, rhs) == 0;
}

bool truth(Value value, bool& result) {
  if (truthFast(value, result))
    return true;
  if (value.isDouble()) {
    result = value.asDouble() != 0;
    return true;
  }
  if (hasShape(value, kShapeStr)) {
    result = asStr(value)->length != 0;
    return true;
  }
  const TypeSlots& slots = typeOf(value)->slots;
  if (slots.truth)
    return slots.truth(value, result);
  if (slots.length) {
    int64_t items;
    if (!slots.length(value, items))
      return false;
    result = items != 0;
    return true;
  }
  result = true;
  return true;
}

bool hash(Value value, int64_t& result) {
  if (value.isInt()) {
    // Small ints are below the modulus of CPython's hash; -1 is taken for errors there.
    result = value.asInt() == -1 ? -2 : value.asInt();
    return true;
  }
  if (hasShape(value, kShapeStr)) {
    result = strHash(asStr(value));
    return true;
  }
  return typeOf(value)->slots.hash(value, result);
}

} // namespace pyc::rt
