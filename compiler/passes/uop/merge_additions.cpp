// Attributes that are added to an object one after the other, as in most __init__: the shapes that
// it goes through are known with the first, so that one guard stands for all.
//
//   uop.guard_shape %o "C{}@24+a"          uop.guard_shape %o "C{}@24+a+b"
//   uop.add_slot %o %x "C{}@24+a" 0        uop.add_slot %o %x "C{}@24+a+b" 0
//   uop.guard_shape %o "C{a}@24+b"    =>   uop.add_slot %o %y "C{}@24+a+b" 1
//   uop.add_slot %o %y "C{a}@24+b" 0

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pyc;

namespace {

/// Additions to one object behind one guard.
struct Chain {
  ir::GuardShapeOp guard;
  SmallVector<ir::AddSlotOp> additions;
};

class MergeAdditions : public PassWrapper<MergeAdditions, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(MergeAdditions)
  StringRef getArgument() const override { return "merge-additions"; }
  StringRef getDescription() const override {
    return "Guard attributes that are added in a row once";
  }

  void runOnOperation() override {
    for (Block& block : getOperation().getBody())
      merge(block);
  }

private:
  static void merge(Block& block) {
    Chain chain;
    for (Operation& op : llvm::make_early_inc_range(block)) {
      if (auto guard = dyn_cast<ir::GuardShapeOp>(op)) {
        if (isAddition(guard) && !continues(chain, guard))
          chain = {guard, {}};
        else if (isAddition(guard))
          guard.erase(); // its addition is next
      } else if (auto add = dyn_cast<ir::AddSlotOp>(op)) {
        append(chain, add);
      } else if (!leavesObjectsAlone(&op)) {
        chain = {};
      }
    }
  }

  static bool isAddition(ir::GuardShapeOp guard) {
    Operation* next = guard->getNextNode();
    while (next && isMemoryEffectFree(next)) // boxes of the value that is added
      next = next->getNextNode();
    auto add = dyn_cast_or_null<ir::AddSlotOp>(next);
    return add && add.getObject() == guard.getValue() &&
           add.getLayoutAttr() == guard.getLayoutAttr();
  }

  /// "C{a}" and the rest of "C{a}@24+b".
  static std::pair<StringRef, StringRef> partsOf(StringRef layout) { return layout.rsplit('@'); }

  /// Whether the guard expects what the chain has made of the object.
  static bool continues(Chain& chain, ir::GuardShapeOp guard) {
    if (chain.additions.empty() || chain.guard.getValue() != guard.getValue())
      return false;
    auto [names, rest] = partsOf(chain.guard.getLayout());
    std::string expected = names.drop_back().str();
    auto [offset, added] = rest.split('+');
    SmallVector<StringRef> all;
    added.split(all, '+');
    for (StringRef name : all)
      expected += (StringRef(expected).ends_with("{") ? "" : ",") + name.str();
    expected += "}@" + offset.str() + "+";
    return guard.getLayout().starts_with(expected);
  }

  static void append(Chain& chain, ir::AddSlotOp add) {
    if (!chain.guard || chain.guard.getValue() != add.getObject()) {
      chain = {}; // for all that is known it may be the same object
      return;
    }
    chain.additions.push_back(add);
    if (chain.additions.size() == 1)
      return;
    Builder b(add);
    auto layout = b.getStringAttr(chain.guard.getLayout() + "+" + add.getName());
    chain.guard.setLayoutAttr(layout);
    for (auto [step, each] : llvm::enumerate(chain.additions)) {
      each.setLayoutAttr(layout);
      each.setStepAttr(b.getI32IntegerAttr(static_cast<int32_t>(step)));
    }
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createMergeAdditions() {
  return std::make_unique<MergeAdditions>();
}
