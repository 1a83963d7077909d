// Turns what a profile saw into guards. A value that was always an int, a float or a bool, and that
// arithmetic or a condition uses, is tested once, where it is made; behind the test it is a number
// in a register:
//
//   %v = uop.load_attr ...            %v = uop.load_attr ...
//   uop.observe %v ["float"] state    %n = uop.guard_float %v state
//   ... uop.mul %v ...          =>    %b = uop.box_float %n
//                                     ... uop.mul %b ...
//
// Ints of which some were too large for the tag, but none for 64 bits, get a test that reads the
// object as well (guard_wide_int), and are released there; complex numbers are read in the same
// way.
//
// Numbers that a generator keeps across a yield are tested where it goes on (resumed_numbers.h).
// Unboxing takes the boxes away. What nobody computes with gets no guard: a test that can only fail
// gains nothing.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/computed_with.h"
#include "compiler/passes/uop/resumed_numbers.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"

using namespace mlir;
using namespace pyc;

namespace {

class PlaceGuards : public PassWrapper<PlaceGuards, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PlaceGuards)
  StringRef getArgument() const override { return "place-guards"; }
  StringRef getDescription() const override { return "Turn observations of a profile into guards"; }

  void runOnOperation() override {
    observeResumedNumbers(getOperation());
    SmallVector<ir::ObserveOp> observations;
    getOperation().walk([&](ir::ObserveOp observe) { observations.push_back(observe); });
    DominanceInfo dominance(getOperation());
    for (ir::ObserveOp observe : observations) {
      place(observe, dominance);
      observe.erase();
    }
  }

private:
  /// Whether all that was seen are ints of 64 bits, some of them objects.
  static bool areWide(ArrayAttr types) {
    auto texts = types.getAsValueRange<StringAttr>();
    return llvm::is_contained(texts, "int64") &&
           llvm::all_of(texts, [](StringRef type) { return type == "int" || type == "int64"; });
  }

  /// Whether the frame that the state describes holds a reference.
  static bool isOwned(ir::ObserveOp observe) {
    for (auto [value, owned] : llvm::zip(ir::stateOf(observe), ir::stateOwned(observe)))
      if (owned && value == observe.getValue())
        return true;
    return false;
  }

  static void place(ir::ObserveOp observe, DominanceInfo& dominance) {
    bool isWide = areWide(observe.getTypes());
    StringRef type = isWide ? "int" : ir::onlyType(observe.getTypes());
    bool isNumber = type == "int" || type == "float" || type == "complex" || type == "bool";
    if (!isNumber || !isComputedWith(observe.getValue()))
      return;
    OpBuilder b(observe);
    Value value = observe.getValue();
    if (isa_and_present<ir::BoxIntOp, ir::BoxFloatOp, ir::BoxComplexOp, ir::BoxBoolOp>(
            value.getDefiningOp()))
      return;
    bool isObject = isWide || type == "complex";
    Operation* box;
    if (isWide) {
      Value number =
          ir::createWithState<ir::GuardWideIntOp>(b, observe, b.getI64Type(), value).getResult();
      box = ir::BoxIntOp::create(b, observe.getLoc(), value.getType(), number);
    } else if (type == "int") {
      Value number =
          ir::createWithState<ir::GuardIntOp>(b, observe, b.getI64Type(), value).getResult();
      box = ir::BoxIntOp::create(b, observe.getLoc(), value.getType(), number);
    } else if (type == "complex") {
      Type f64 = b.getF64Type();
      auto guard = ir::createWithState<ir::GuardComplexOp>(b, observe, {f64, f64}, value);
      box = ir::BoxComplexOp::create(b, observe.getLoc(), value.getType(), guard.getReal(),
                                     guard.getImag());
    } else if (type == "bool") {
      Value bit =
          ir::createWithState<ir::GuardBoolOp>(b, observe, b.getI1Type(), value).getResult();
      box = ir::BoxBoolOp::create(b, observe.getLoc(), value.getType(), bit);
    } else {
      Value number =
          ir::createWithState<ir::GuardFloatOp>(b, observe, b.getF64Type(), value).getResult();
      box = ir::BoxFloatOp::create(b, observe.getLoc(), value.getType(), number);
    }
    value.replaceUsesWithIf(box->getResult(0), [&](OpOperand& use) {
      return use.getOwner() != observe && dominance.properlyDominates(box, use.getOwner());
    });
    if (isObject && isOwned(observe))
      ir::DecrefOp::create(b, observe.getLoc(), value);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createPlaceGuards() {
  return std::make_unique<PlaceGuards>();
}
