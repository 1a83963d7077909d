// Takes away guards whose condition is known: the same guard stands on every path to it, and
// nothing between the two can have run code that gives an object another shape. The same way it
// finds out which stores replace numbers, that need no release (`replaces_number`).
//
// Where a profile saw some classes at one place and others at another, all guards of the object
// expect all of them first, so that they are the same guard.
//
// A forward data-flow analysis over sets of facts (available expressions: Aho, Lam, Sethi, Ullman,
// Compilers, section 9.2.6).

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/layouts.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace pyc;

namespace {

/// The object has the layout, or a number at the offset; the class constructs its instances in the
/// known way.
using Fact = std::pair<Value, Attribute>;
using Facts = llvm::DenseSet<Fact>;

class MergeGuards : public PassWrapper<MergeGuards, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(MergeGuards)
  StringRef getArgument() const override { return "merge-guards"; }
  StringRef getDescription() const override { return "Take away guards of what is known already"; }

  void runOnOperation() override {
    bool hasGuards = false;
    getOperation().walk(
        [&](Operation* op) { hasGuards |= isa<ir::GuardShapeOp, ir::GuardConstructionOp>(op); });
    if (!hasGuards)
      return;
    uniteLayouts();
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
  /// Guards and accesses of one object expect the same classes, where these agree on the
  /// attributes.
  void uniteLayouts() {
    llvm::MapVector<Value, SmallVector<Operation*>> byObject;
    getOperation().walk([&](Operation* op) {
      if (op->hasAttr("layout") && (isa<ir::GuardShapeOp>(op) || op->hasAttr("offset")))
        byObject[op->getOperand(0)].push_back(op);
    });
    DominanceInfo dominance(getOperation());
    for (auto& [object, operations] : byObject) {
      narrow(operations, dominance);
      unite(operations);
    }
  }

  static StringAttr layoutOf(Operation* op) { return op->getAttrOfType<StringAttr>("layout"); }

  /// Guards that expect more than one before them has found, as code that was inlined does, expect
  /// no more than that.
  static void narrow(ArrayRef<Operation*> operations, DominanceInfo& dominance) {
    llvm::MapVector<StringAttr, SmallVector<Operation*>> guards;
    for (Operation* op : operations)
      if (isa<ir::GuardShapeOp>(op))
        guards[layoutOf(op)].push_back(op);
    for (auto& [wide, wideGuards] : guards)
      for (auto& [layout, narrowGuards] : guards) {
        bool isBehind = isPart(layout, wide) && llvm::all_of(wideGuards, [&](Operation* behind) {
                          return llvm::any_of(narrowGuards, [&](Operation* before) {
                            return dominance.properlyDominates(before, behind);
                          });
                        });
        if (isBehind && rename(operations, wide, layout))
          break;
      }
  }

  /// Whether a layout's classes are some of another's.
  static bool isPart(StringAttr part, StringAttr whole) {
    SmallVector<StringRef> all(llvm::split(whole.getValue(), '|'));
    return part != whole && llvm::all_of(llvm::split(part.getValue(), '|'), [&](StringRef each) {
             return llvm::is_contained(all, each);
           });
  }

  static bool rename(ArrayRef<Operation*> operations, StringAttr from, StringAttr to) {
    SmallVector<StringRef> layouts(llvm::split(to.getValue(), '|'));
    SmallVector<Operation*> renamed;
    for (Operation* op : operations) {
      if (layoutOf(op) != from)
        continue;
      renamed.push_back(op);
      auto offset = op->getAttrOfType<IntegerAttr>("offset");
      if (offset && commonOffset(layouts, op->getAttrOfType<StringAttr>("name").getValue()) !=
                        offset.getInt())
        return false;
    }
    for (Operation* op : renamed)
      op->setAttr("layout", to);
    return true;
  }

  static void unite(ArrayRef<Operation*> operations) {
    SmallVector<StringRef> layouts;
    for (Operation* op : operations) {
      StringRef layout = op->getAttrOfType<StringAttr>("layout").getValue();
      if (layout.rsplit('@').second.contains('+'))
        return; // a guard of what the object gets
      llvm::append_range(layouts, llvm::split(layout, '|'));
    }
    std::string joined = joinLayouts(layouts);
    if (1 + StringRef(joined).count('|') > kMaxLayouts)
      return;
    for (Operation* op : operations)
      if (auto offset = op->getAttrOfType<IntegerAttr>("offset"))
        if (commonOffset(layouts, op->getAttrOfType<StringAttr>("name").getValue()) !=
            offset.getInt())
          return;
    auto attribute = StringAttr::get(operations.front()->getContext(), joined);
    for (Operation* op : operations)
      op->setAttr("layout", attribute);
  }

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
    else if (auto construction = dyn_cast<ir::GuardConstructionOp>(op))
      facts.insert(constructionFact(construction));
    else if (!leavesObjectsAlone(op))
      facts.clear();
    else if (isa<ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::StoreSlotNumberOp>(op))
      facts.insert(numberFact(op));
  }

  static Fact numberFact(Operation* op) { return {op->getOperand(0), op->getAttr("offset")}; }

  static Fact constructionFact(ir::GuardConstructionOp guard) {
    Attribute kind[] = {guard.getSymbolAttr(), guard.getCodeAttr(), guard.getNamesAttr()};
    return {guard.getCallee(), ArrayAttr::get(guard.getContext(), kind)};
  }

  /// Whether the operation checks what is known, and nothing needs what it gives.
  static bool isKnown(Operation* op, const Facts& facts) {
    if (auto guard = dyn_cast<ir::GuardShapeOp>(op))
      return facts.contains({guard.getValue(), guard.getLayoutAttr()});
    auto guard = dyn_cast<ir::GuardConstructionOp>(op);
    return guard && guard->use_empty() && facts.contains(constructionFact(guard));
  }

  void erase(Block* block) {
    Facts facts = before(block);
    for (Operation& op : llvm::make_early_inc_range(*block)) {
      if (isKnown(&op, facts)) {
        if (auto layout = layoutOf(&op))
          explain(&op, RemarkKind::MergedGuard, layout.getValue());
        op.erase();
      } else {
        if (isa<ir::StoreSlotNumberOp>(op) && facts.contains(numberFact(&op)))
          op.setAttr("replaces_number", UnitAttr::get(&getContext()));
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
