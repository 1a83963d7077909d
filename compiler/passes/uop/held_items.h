// Locals of loops that hold an item of a list, from one iteration to the next:
//
//                                           ^entry(%old):
//                                             if giving %old back ends it: an iteration as it was
//   ^header(%old):                            else: decref %old
//     %new = load_list_value %xs %i         ^header(%old):
//     decref %old                     =>      %new = load_list_value %xs %i {borrowed}
//     ...                                     ...
//     br ^header(%new)                        br ^header(%new)
//
// In a loop that leaves objects alone the list holds what the local holds, from the second
// iteration on. What the local held before the loop stays too if it does not end at once: nothing
// in the loop gives counts back, and what other threads give back of this thread's objects counts
// at the next poll. If it ends, and may run code, the first iteration is one that counts, and then
// the same is asked of the item. So nothing is counted in the loop; where it is left, the local
// gets its count back. The same for steps over lists of objects.
#pragma once

#include "compiler/passes/uop/peel_loop.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"

namespace pyc {

class HeldItems {
public:
  explicit HeldItems(InnerLoop loop) : loop_(std::move(loop)) {}

  /// Whether the release is that of a local which holds an item; it is noted then. Everything else
  /// in the loop has to leave objects alone.
  bool add(ir::DecrefOp release, ir::PollOp poll, mlir::cf::BranchOp latch);
  bool isEmpty() const { return items_.empty(); }
  bool isHeld(mlir::Value loaded) const {
    return llvm::any_of(items_, [&](const Item& item) { return item.loaded == loaded; });
  }
  /// Whether a profile saw it step over a list of objects.
  static bool isObjectStep(ir::NextOp next);

  /// Makes a copy of an iteration, and takes the counts away; behind a poll that ran, the loop has
  /// to be entered by entry(). False, with nothing done, where that can't be.
  bool borrow(mlir::DominanceInfo& dominance);
  mlir::Block* entry() const { return entry_; }
  /// The locals' counts end where the builder is, in a block with the header's arguments.
  void release(mlir::OpBuilder& b, mlir::Block* entry) const;

private:
  struct Item {
    mlir::BlockArgument old;
    mlir::Value loaded;
    ir::DecrefOp release;
  };

  bool isInside(mlir::Block* block) const { return llvm::is_contained(loop_.blocks, block); }
  bool isOnlyLookedAt(mlir::Value value, ir::DecrefOp release, mlir::cf::BranchOp latch) const;
  bool isListFound(mlir::Value list) const;
  bool isItemFound(mlir::Operation* load) const;
  void makeEntry(mlir::Block* latch);
  void count(mlir::Block* block, mlir::DominanceInfo& dominance) const;

  InnerLoop loop_;
  llvm::SmallVector<Item> items_;
  ir::PollOp poll_;
  mlir::Block* first_ = nullptr; // the copy's header
  mlir::Block* entry_ = nullptr;
};

} // namespace pyc
