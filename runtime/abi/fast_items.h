// Tuples that native code does not make, because they are only compared or looked into: part of
// fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_numbers.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

enum class Likeness : uint8_t { Same, Different, Unknown };

/// Of what can be told in line.
[[gnu::always_inline]] inline Likeness likenessOf(Value lhs, Value rhs) {
  if (areInts(lhs, rhs))
    return lhs == rhs ? Likeness::Same : Likeness::Different;
  if (areDoubles(lhs, rhs)) {
    double a = lhs.asDouble(), b = rhs.asDouble();
    // What is no number is an item of its own kind: the same, but not equal.
    return a == b ? Likeness::Same : a == a && b == b ? Likeness::Different : Likeness::Unknown;
  }
  if (bool same; compareStrs(lhs, rhs, same))
    return same ? Likeness::Same : Likeness::Different;
  return Likeness::Unknown;
}

/// 0 or 1; -1, with nothing done, for what takes the runtime.
[[gnu::always_inline]] inline int32_t compareInLine(CompareOp op, const Value* lhs,
                                                    int32_t lhsCount, const Value* rhs,
                                                    int32_t rhsCount) {
  auto open = [](const Value*& items, int32_t& count) {
    if (count != kNoItems)
      return true;
    if (!isExactTuple(*items))
      return false;
    auto* tuple = asTuple(*items);
    items = tuple->items();
    count = static_cast<int32_t>(tuple->count);
    return true;
  };
  bool isEquality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (!open(lhs, lhsCount) || !open(rhs, rhsCount) || lhsCount != rhsCount)
    return -1;
  for (int32_t i = 0; i < lhsCount; ++i) {
    switch (likenessOf(lhs[i], rhs[i])) {
    case Likeness::Same:
      break;
    case Likeness::Unknown:
      return -1;
    case Likeness::Different:
      if (isEquality)
        return op == CompareOp::Ne;
      if (areInts(lhs[i], rhs[i]))
        return compareInts(op, lhs[i], rhs[i]);
      if (areDoubles(lhs[i], rhs[i]))
        return compareAs(op, lhs[i].asDouble(), rhs[i].asDouble());
      return -1;
    }
  }
  return op == CompareOp::Eq || op == CompareOp::Le || op == CompareOp::Ge;
}

extern "C" {

#define PYC_COMPARE(uop, op)                                                                       \
  PYC_FAST int32_t pyc_truth_##uop##_items(const Value* lhs, int32_t lhsCount, const Value* rhs,   \
                                           int32_t rhsCount) {                                     \
    int32_t answer = compareInLine(CompareOp::op, lhs, lhsCount, rhs, rhsCount);                   \
    return PYC_LIKELY(answer >= 0)                                                                 \
               ? answer                                                                            \
               : pyc_slow_truth_items(CompareOp::op, lhs, lhsCount, rhs, rhsCount);                \
  }                                                                                                \
  PYC_FAST Value pyc_##uop##_items(const Value* lhs, int32_t lhsCount, const Value* rhs,           \
                                   int32_t rhsCount) {                                             \
    int32_t answer = compareInLine(CompareOp::op, lhs, lhsCount, rhs, rhsCount);                   \
    return PYC_LIKELY(answer >= 0)                                                                 \
               ? Value::fromBool(answer != 0)                                                      \
               : pyc_slow_compare_items(CompareOp::op, lhs, lhsCount, rhs, rhsCount);              \
  }
PYC_FOR_EACH_COMPARE(PYC_COMPARE)
#undef PYC_COMPARE

PYC_FAST Value pyc_format_part(Value value) {
  return PYC_LIKELY(value.isInt()) ? value : pyc_slow_format_part(value);
}

PYC_FAST Value pyc_contains_items(Value item, const Value* items, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    Likeness likeness = likenessOf(items[i], item);
    if (likeness == Likeness::Same)
      return Value::fromBool(true);
    if (PYC_UNLIKELY(likeness == Likeness::Unknown))
      return pyc_slow_contains_items(item, items, count);
  }
  return Value::fromBool(false);
}
}

} // namespace pyc::rt
