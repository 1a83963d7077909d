#include "compiler/passes/uop/number_ops.h"

#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pyc {

static Value constantInt(OpBuilder& b, Operation* op, int64_t value) {
  return arith::ConstantIntOp::create(b, op->getLoc(), value, 64);
}

Value absoluteInt(OpBuilder& b, Operation* op, Value number) {
  Location loc = op->getLoc();
  Value isNegative =
      arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, number, constantInt(b, op, 0));
  Value negated = ir::createWithState<ir::IntNegOp>(b, op, b.getI64Type(), number).getResult();
  return arith::SelectOp::create(b, loc, isNegative, negated, number);
}

Value absoluteFloat(OpBuilder& b, Operation* op, Value number) {
  Location loc = op->getLoc();
  Value bits = arith::BitcastOp::create(b, loc, b.getI64Type(), number);
  Value rest = arith::AndIOp::create(b, loc, bits, constantInt(b, op, INT64_MAX));
  return arith::BitcastOp::create(b, loc, b.getF64Type(), rest);
}

Value extremeOf(OpBuilder& b, Operation* op, ArrayRef<Value> numbers, bool least) {
  Location loc = op->getLoc();
  Value best = numbers[0];
  for (Value number : numbers.drop_front()) {
    Value isBetter;
    if (number.getType().isF64())
      isBetter = arith::CmpFOp::create(
          b, loc, least ? arith::CmpFPredicate::OLT : arith::CmpFPredicate::OGT, number, best);
    else
      isBetter = arith::CmpIOp::create(
          b, loc, least ? arith::CmpIPredicate::slt : arith::CmpIPredicate::sgt, number, best);
    best = arith::SelectOp::create(b, loc, isBetter, number, best);
  }
  return best;
}

Value truncatedFloat(OpBuilder& b, Operation* op, Value number) {
  Location loc = op->getLoc();
  Value limit = arith::ConstantOp::create(b, loc, b.getF64FloatAttr(0x1p62));
  Value fits =
      arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, absoluteFloat(b, op, number), limit);
  ir::createWithState<ir::GuardTrueOp>(b, op, {}, fits);
  return arith::FPToSIOp::create(b, loc, b.getI64Type(), number);
}

Value comparableInt(OpBuilder& b, Operation* op, Value number) {
  constexpr int64_t kExact = 1ll << 53;
  Location loc = op->getLoc();
  auto constant = number.getDefiningOp<arith::ConstantIntOp>();
  if (!constant || constant.value() > kExact || constant.value() < -kExact) {
    Value moved = arith::AddIOp::create(b, loc, number, constantInt(b, op, kExact));
    Value fits = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ule, moved,
                                       constantInt(b, op, 2 * kExact));
    ir::createWithState<ir::GuardTrueOp>(b, op, {}, fits);
  }
  return arith::SIToFPOp::create(b, loc, b.getF64Type(), number);
}

} // namespace pyc
