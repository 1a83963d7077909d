#include "compiler/passes/uop/complex_ops.h"

#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <limits>

using namespace mlir;

namespace pyc {

namespace {

/// Builds in front of one operation, which is only needed for guards.
class Builder {
public:
  Builder(OpBuilder& b, Operation* op) : b_(b), op_(op), loc_(op->getLoc()) {}
  Builder(OpBuilder& b, Location loc) : b_(b), op_(nullptr), loc_(loc) {}

  Value add(Value x, Value y) { return arith::AddFOp::create(b_, loc_, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b_, loc_, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b_, loc_, x, y); }
  Value div(Value x, Value y) { return arith::DivFOp::create(b_, loc_, x, y); }
  Value neg(Value x) { return arith::NegFOp::create(b_, loc_, x); }
  Value constant(double x) { return arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(x)); }
  Value compare(arith::CmpFPredicate predicate, Value x, Value y) {
    return arith::CmpFOp::create(b_, loc_, predicate, x, y);
  }
  Value select(Value condition, Value x, Value y) {
    return arith::SelectOp::create(b_, loc_, condition, x, y);
  }
  Value both(Value x, Value y) { return arith::AndIOp::create(b_, loc_, x, y); }
  Value size(Value x) {
    Value bits = arith::BitcastOp::create(b_, loc_, b_.getI64Type(), x);
    Value rest = arith::AndIOp::create(b_, loc_, bits,
                                       arith::ConstantIntOp::create(b_, loc_, INT64_MAX, 64));
    return arith::BitcastOp::create(b_, loc_, b_.getF64Type(), rest);
  }
  void guard(Value condition) { ir::createWithState<ir::GuardTrueOp>(b_, op_, {}, condition); }
  ComplexParts guarded(Value real, Value imag) {
    guard(compare(arith::CmpFPredicate::ORD, real, imag));
    return {real, imag};
  }
  ComplexParts product(ComplexParts x, ComplexParts y) {
    return {sub(mul(x.real, y.real), mul(x.imag, y.imag)),
            add(mul(x.real, y.imag), mul(x.imag, y.real))};
  }

private:
  OpBuilder& b_;
  Operation* op_;
  Location loc_;
};

} // namespace

ComplexParts addComplex(OpBuilder& builder, Operation* op, ComplexParts lhs, ComplexParts rhs) {
  Builder b(builder, op);
  Value imag = !lhs.imag ? rhs.imag : !rhs.imag ? lhs.imag : b.add(lhs.imag, rhs.imag);
  return b.guarded(b.add(lhs.real, rhs.real), imag);
}

ComplexParts subtractComplex(OpBuilder& builder, Operation* op, ComplexParts lhs,
                             ComplexParts rhs) {
  Builder b(builder, op);
  Value imag = !lhs.imag ? b.neg(rhs.imag) : !rhs.imag ? lhs.imag : b.sub(lhs.imag, rhs.imag);
  return b.guarded(b.sub(lhs.real, rhs.real), imag);
}

ComplexParts multiplyComplex(OpBuilder& builder, Operation* op, ComplexParts lhs,
                             ComplexParts rhs) {
  Builder b(builder, op);
  if (lhs.imag && rhs.imag) {
    ComplexParts product = b.product(lhs, rhs);
    return b.guarded(product.real, product.imag);
  }
  Value factor = lhs.imag ? rhs.real : lhs.real;
  ComplexParts other = lhs.imag ? lhs : rhs;
  return b.guarded(b.mul(other.real, factor), b.mul(other.imag, factor));
}

/// Smith's algorithm, as the runtime has it; its two cases differ in which part is the larger one.
ComplexParts divideComplex(OpBuilder& builder, Operation* op, ComplexParts lhs, ComplexParts rhs) {
  Builder b(builder, op);
  Value zero = b.constant(0);
  if (!rhs.imag) {
    b.guard(b.compare(arith::CmpFPredicate::ONE, rhs.real, zero));
    return b.guarded(b.div(lhs.real, rhs.real), b.div(lhs.imag, rhs.real));
  }
  Value isReal = b.compare(arith::CmpFPredicate::OGE, b.size(rhs.real), b.size(rhs.imag));
  Value large = b.select(isReal, rhs.real, rhs.imag), small = b.select(isReal, rhs.imag, rhs.real);
  b.guard(b.compare(arith::CmpFPredicate::ONE, large, zero));
  Value ratio = b.div(small, large), denominator = b.add(large, b.mul(small, ratio));
  if (!lhs.imag) {
    Value scaled = b.mul(lhs.real, ratio);
    Value negated = b.neg(lhs.real);
    return b.guarded(b.div(b.select(isReal, lhs.real, scaled), denominator),
                     b.div(b.select(isReal, b.mul(negated, ratio), negated), denominator));
  }
  Value first = b.select(isReal, lhs.real, lhs.imag), second = b.select(isReal, lhs.imag, lhs.real);
  Value scaled = b.mul(first, ratio);
  Value imag = b.select(isReal, b.sub(second, scaled), b.sub(scaled, second));
  return b.guarded(b.div(b.add(first, b.mul(second, ratio)), denominator),
                   b.div(imag, denominator));
}

ComplexParts squareComplex(OpBuilder& builder, Operation* op, ComplexParts base) {
  Builder b(builder, op);
  ComplexParts result = b.product({b.constant(1), b.constant(0)}, b.product(base, base));
  Value infinity = b.constant(std::numeric_limits<double>::infinity());
  b.guard(b.both(b.compare(arith::CmpFPredicate::OLT, b.size(result.real), infinity),
                 b.compare(arith::CmpFPredicate::OLT, b.size(result.imag), infinity)));
  return result;
}

ComplexParts negateComplex(OpBuilder& builder, Operation* op, ComplexParts number) {
  Builder b(builder, op);
  return {b.neg(number.real), b.neg(number.imag)};
}

ComplexParts makeComplex(OpBuilder& builder, Operation* op, ComplexParts parts) {
  Builder b(builder, op);
  return b.guarded(parts.real, parts.imag ? parts.imag : b.constant(0));
}

Value equalsComplex(OpBuilder& builder, Location loc, ComplexParts lhs, ComplexParts rhs) {
  Builder b(builder, loc);
  Value zero = b.constant(0);
  Value lhsImag = lhs.imag ? lhs.imag : zero, rhsImag = rhs.imag ? rhs.imag : zero;
  return b.both(b.compare(arith::CmpFPredicate::OEQ, lhs.real, rhs.real),
                b.compare(arith::CmpFPredicate::OEQ, lhsImag, rhsImag));
}

} // namespace pyc
