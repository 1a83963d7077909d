// Comparing Decimals with numbers of all types, by their exact values.
#include "runtime/modules/decimal_objects.h"
#include "runtime/modules/decimal_short.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/float.h"
#include "runtime/objects/protocol.h"

#include <climits>

namespace pyc::rt {

namespace {

bool isEquality(CompareOp op) {
  return op == CompareOp::Eq || op == CompareOp::Ne;
}

/// Comparing with a float is a signal that flags only note where it is asked for equality.
bool reportFloat(DecimalContext* context, CompareOp op) {
  if (!isEquality(op))
    return report(context, kFloatOperation);
  uint32_t* flags = &context->state.status;
  __atomic_store_n(flags, __atomic_load_n(flags, __ATOMIC_RELAXED) | kFloatOperation,
                   __ATOMIC_RELAXED);
  return true;
}

/// What the two sides of a comparison are, as numbers.
class Sides {
public:
  Sides(Value self, DecimalContext* context, CompareOp op)
      : left_(numberOf(self)), context_(context), op_(op) {}

  /// False for what cannot be compared, with or without an exception.
  bool set(Value other) {
    if (right_.set(other))
      return true;
    if (isRaised())
      return false;
    if (isFloat(other))
      return reportFloat(context_, op_) && setDouble(floatValue(other));
    if (isComplex(other))
      return isEquality(op_) && asComplex(other)->imag == 0 && setDouble(asComplex(other)->real);
    bool isRational;
    return isInstanceOf(other, rationalType, isRational) && isRational && setRational(other);
  }

  const mpd_t* left() const { return left_; }
  const mpd_t* right() const { return right_; }

private:
  bool setNumber(Ref decimal) {
    owned_ = std::move(decimal);
    return owned_ && right_.set(owned_);
  }

  bool setDouble(double value) {
    uint32_t status = 0;
    Ref decimal = newDecimal();
    return decimal && setFromDouble(newNumberOf(decimal), value, &kExactContext, status) &&
           report(context_, status & MPD_Malloc_error) && setNumber(std::move(decimal));
  }

  /// self < n / d is self * d < n.
  bool setRational(Value other) {
    PYC_TRY(numerator, getAttr(other, internLiteral("numerator")));
    PYC_TRY(denominator, getAttr(other, internLiteral("denominator")));
    Operand factor;
    if (!factor.convert(denominator))
      return false;
    numerator_ = std::move(numerator);
    product_ = newDecimal();
    if (!product_)
      return false;
    uint32_t status = 0;
    // NaNs stay what they are, and are reported by the comparison.
    if (mpd_isspecial(left_))
      mpd_qcopy(newNumberOf(product_), left_, &status);
    else
      mpd_qmul(newNumberOf(product_), left_, factor, &kExactContext, &status);
    if (!report(context_, status & MPD_Malloc_error))
      return false;
    left_ = numberOf(product_);
    return right_.convert(numerator_);
  }

  const mpd_t* left_;
  DecimalContext* context_;
  CompareOp op_;
  Operand right_;
  Ref owned_, product_, numerator_;
};

bool holds(int order, CompareOp op) {
  switch (op) {
  case CompareOp::Lt:
    return order < 0;
  case CompareOp::Le:
    return order <= 0;
  case CompareOp::Eq:
    return order == 0;
  case CompareOp::Ne:
    return order != 0;
  case CompareOp::Gt:
    return order > 0;
  case CompareOp::Ge:
    return order >= 0;
  }
  __builtin_unreachable();
}

} // namespace

Ref decimalCompare(Value self, Value other, CompareOp op) {
  int order;
  if (isExactDecimal(other) && compareShort(numberOf(self), numberOf(other), order))
    return Ref::boolean(holds(order, op));
  DecimalContext* current = currentDecimalContext();
  if (!current)
    return {};
  Ref held = Ref::copy(Value(current)); // a Rational's attributes may run any code
  Sides sides(self, current, op);
  if (!sides.set(other))
    return isRaised() ? Ref() : Ref::notImplemented();
  uint32_t status = 0;
  order = mpd_qcmp(sides.left(), sides.right(), &status);
  if (PYC_LIKELY(order != INT_MAX))
    return Ref::boolean(holds(order, op));
  // A NaN is unequal to all, and has no order.
  bool isSignaling = mpd_issnan(sides.left()) || mpd_issnan(sides.right());
  if ((isSignaling || !isEquality(op) || (status & MPD_Malloc_error)) && !report(current, status))
    return {};
  return Ref::boolean(op == CompareOp::Ne);
}

} // namespace pyc::rt
