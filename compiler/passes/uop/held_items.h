// Locals of loops that hold an item of a list, from one iteration to the next:
//
//   ^header(%old):                          the first iteration as it is, then
//     %new = load_list_value %xs %i         ^header(%old):
//     decref %old                     =>      %new = load_list_value %xs %i {borrowed}
//     ...                                     ...
//     br ^header(%new)                        br ^header(%new)
//
// In a loop that leaves objects alone the list holds what the local holds, from the second
// iteration on. (What the local held before the loop may end in the first one, and run code: if
// nobody holds the item then, another iteration is a first one.) So nothing is counted in the loop;
// where it is left, the local gets its count back. The same for steps over lists of objects.
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

  /// Takes the first iteration out and the counts away; behind a poll that ran, the loop has to be
  /// entered by firstIteration(). False, with nothing done, where that can't be.
  bool borrow(mlir::DominanceInfo& dominance);
  mlir::Block* firstIteration() const { return first_; }
  /// The first iteration's counts end where the builder is, in a block with the header's arguments.
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
  void pollFirst(mlir::Block* latch) const;
  void count(mlir::Block* block, mlir::DominanceInfo& dominance) const;

  InnerLoop loop_;
  llvm::SmallVector<Item> items_;
  ir::PollOp poll_;
  mlir::Block* first_ = nullptr;
};

} // namespace pyc
