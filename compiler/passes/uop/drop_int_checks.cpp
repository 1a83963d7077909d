// Ints whose bounds are known need no tests: sums that 64 bits always hold can't overflow,
// divisions of numbers that are not negative need no rounding down, and small ints are boxed in
// line.
//
//   %i: 0 to 2^48 - 1 (a range's number)
//   %n = int_add %i %one state(...)     =>   %n = arith.addi %i, %one overflow<nsw>
//   %h = int_floordiv %i %two state(..) =>   %h = arith.divui %i, %two

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/int_ranges.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;
using namespace pyc;

namespace {

class DropIntChecks : public PassWrapper<DropIntChecks, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(DropIntChecks)
  StringRef getArgument() const override { return "drop-int-checks"; }
  StringRef getDescription() const override {
    return "Drop tests of ints whose bounds say that they hold";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    IntRanges ranges(getOperation());
    SmallVector<std::pair<Operation*, Operation*>> replaced; // all are asked before any changes
    for (auto function : getOperation().getOps<func::FuncOp>())
      function.walk([&](Operation* op) {
        if (auto box = dyn_cast<ir::BoxIntOp>(op)) {
          if (smallInts().contains(ranges.at(box.getValue(), op)))
            op->setAttr("small", UnitAttr::get(op->getContext()));
        } else if (isa<arith::AddIOp, arith::SubIOp, arith::MulIOp>(op)) {
          if (op->getResult(0).getType().isInteger(64) && ranges.fitsAlways(op))
            op->setAttr("overflowFlags", arith::IntegerOverflowFlagsAttr::get(
                                             op->getContext(), arith::IntegerOverflowFlags::nsw));
        } else if (Operation* plain = withoutTests(op, ranges)) {
          replaced.push_back({op, plain});
        }
      });
    for (auto [op, plain] : replaced) {
      explain(op, RemarkKind::NoIntChecks);
      op->getResult(0).replaceAllUsesWith(plain->getResult(0));
      ir::dropEdge(op);
      op->erase();
    }
  }

private:
  /// The same operation in front of it; null where a test may fail.
  static Operation* withoutTests(Operation* op, const IntRanges& ranges) {
    OpBuilder b(op);
    if (isa<ir::IntAddOp, ir::IntSubOp, ir::IntMulOp>(op)) {
      if (!ranges.fitsAlways(op))
        return nullptr;
      if (isa<ir::IntAddOp>(op))
        return create<arith::AddIOp>(b, op, arith::IntegerOverflowFlags::nsw);
      if (isa<ir::IntSubOp>(op))
        return create<arith::SubIOp>(b, op, arith::IntegerOverflowFlags::nsw);
      return create<arith::MulIOp>(b, op, arith::IntegerOverflowFlags::nsw);
    }
    if (isa<ir::IntFloordivOp, ir::IntModOp>(op)) {
      if (ranges.at(op->getOperand(0), op).low < 0 || ranges.at(op->getOperand(1), op).low < 1)
        return nullptr;
      if (isa<ir::IntModOp>(op))
        return create<arith::RemUIOp>(b, op);
      return create<arith::DivUIOp>(b, op);
    }
    return nullptr;
  }

  template <class Op, class... Flags>
  static Operation* create(OpBuilder& b, Operation* op, Flags... flags) {
    return Op::create(b, op->getLoc(), op->getOperand(0), op->getOperand(1), flags...);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createDropIntChecks() {
  return std::make_unique<DropIntChecks>();
}
