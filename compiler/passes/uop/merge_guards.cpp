// Takes away guards whose condition is known: the same guard stands on every path to it, and
// nothing between the two can have run code that gives an object another shape.
//
// A forward data-flow analysis over sets of facts (available expressions: Aho, Lam, Sethi, Ullman,
// Compilers, section 9.2.6).

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;
using namespace pyc;

namespace {

/// The object has the layout.
using Fact = std::pair<Value, Attribute>;
using Facts = llvm::DenseSet<Fact>;

class MergeGuards : public PassWrapper<MergeGuards, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(MergeGuards)
  StringRef getArgument() const override { return "merge-guards"; }
  StringRef getDescription() const override { return "Take away guards of what is known already"; }

  void runOnOperation() override {
    bool hasGuards = false;
    getOperation().walk([&](ir::GuardShapeOp) { hasGuards = true; });
    if (!hasGuards)
      return;
    behind_.clear();
    llvm::ReversePostOrderTraversal<Block*> order(&getOperation().getBody().front());
    for (bool changed = true; changed;) {
      changed = false;
      for (Block* block : order) {
        Facts facts = before(block);
        for (Operation& op : *block)
          pass(&op, facts);
        auto [at, isNew] = behind_.try_emplace(block, facts);
        if (!isNew && at->second.size() == facts.size())
          continue; // sets only shrink
        at->second = std::move(facts);
        changed = true;
      }
    }
    for (Block* block : order)
      erase(block);
  }

private:
  /// What holds on all edges into the block. Edges that were not looked at yet do not count.
  Facts before(Block* block) const {
    std::optional<Facts> facts;
    for (Block* from : block->getPredecessors()) {
      auto known = behind_.find(from);
      if (known == behind_.end())
        continue;
      if (!facts) {
        facts = known->second;
        continue;
      }
      for (Fact fact : llvm::to_vector(*facts))
        if (!known->second.contains(fact))
          facts->erase(fact);
    }
    return facts ? std::move(*facts) : Facts();
  }

  static void pass(Operation* op, Facts& facts) {
    if (auto guard = dyn_cast<ir::GuardShapeOp>(op))
      facts.insert({guard.getValue(), guard.getLayoutAttr()});
    else if (!leavesObjectsAlone(op))
      facts.clear();
  }

  void erase(Block* block) {
    Facts facts = before(block);
    for (Operation& op : llvm::make_early_inc_range(*block)) {
      auto guard = dyn_cast<ir::GuardShapeOp>(op);
      if (guard && facts.contains({guard.getValue(), guard.getLayoutAttr()})) {
        explain(guard, RemarkKind::MergedGuard, guard.getLayout());
        guard.erase();
      } else {
        pass(&op, facts);
      }
    }
  }

  llvm::DenseMap<Block*, Facts> behind_;
};

} // namespace

std::unique_ptr<Pass> pyc::createMergeGuards() {
  return std::make_unique<MergeGuards>();
}
