// Access to the frame state of an operation, which is always its last group of operands.
#pragma once

#include "dialects/uop/uop_dialect.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"

namespace pyc::ir {

inline mlir::DenseI16ArrayAttr stateRegisters(mlir::Operation* op) {
  return op->getAttrOfType<mlir::DenseI16ArrayAttr>("registers");
}
inline bool hasState(mlir::Operation* op) {
  return static_cast<bool>(stateRegisters(op));
}

/// Index of the first state operand.
inline unsigned stateBegin(mlir::Operation* op) {
  return op->getNumOperands() - stateRegisters(op).size();
}
inline mlir::OperandRange stateOf(mlir::Operation* op) {
  return op->getOperands().drop_front(stateBegin(op));
}
inline llvm::ArrayRef<bool> stateOwned(mlir::Operation* op) {
  return op->getAttrOfType<mlir::DenseBoolArrayAttr>("owned").asArrayRef();
}
/// Whether this use is a frame state's (and not an operand proper), or that of an object which only
/// frame states use.
inline bool isStateUse(mlir::OpOperand& use) {
  if (mlir::isa<GeneratorFrameOp>(use.getOwner()))
    return use.getOperandNumber() >= 2;
  if (mlir::isa<ReductionOp>(use.getOwner()))
    return use.getOperandNumber() >= 1;
  if (mlir::isa<VirtualTupleOp, VirtualInstanceOp>(use.getOwner()))
    return true;
  return hasState(use.getOwner()) && use.getOperandNumber() >= stateBegin(use.getOwner());
}

/// Whether what is in the place of this use of a state is counted there.
inline bool isOwned(mlir::OpOperand& use) {
  mlir::Operation* op = use.getOwner();
  if (auto frame = mlir::dyn_cast<GeneratorFrameOp>(op))
    return frame.getCounted()[use.getOperandNumber() - 2];
  if (mlir::isa<ReductionOp>(op))
    return true;
  auto owned = op->getAttrOfType<mlir::DenseBoolArrayAttr>("owned").asArrayRef();
  return owned[use.getOperandNumber() - stateBegin(op)];
}

/// The frame state's entry of this use counts nothing any more.
inline void disown(mlir::OpOperand& use) {
  mlir::Operation* op = use.getOwner();
  if (auto frame = mlir::dyn_cast<GeneratorFrameOp>(op)) {
    llvm::SmallVector<bool> counted(frame.getCounted());
    counted[use.getOperandNumber() - 2] = false;
    frame.setCounted(counted);
    return;
  }
  if (mlir::isa<VirtualTupleOp, VirtualInstanceOp>(op))
    return; // they have counts of their own
  llvm::SmallVector<bool> owned(op->getAttrOfType<mlir::DenseBoolArrayAttr>("owned").asArrayRef());
  owned[use.getOperandNumber() - stateBegin(op)] = false;
  op->setAttr("owned", mlir::DenseBoolArrayAttr::get(op->getContext(), owned));
}

/// Whether the operation takes a tuple that is not made as what it would hold.
inline bool takesItems(mlir::Operation* op) {
  return mlir::isa<LtOp, LeOp, EqOp, NeOp, GtOp, GeOp, CompareTruthOp, ContainsOp, NotContainsOp,
                   ModOp>(op);
}

/// The exceptional edge of a raising operation, which ends its block; null outside of a try.
/// Operations that cannot raise may stand between the two.
inline UnwindOp unwindOf(mlir::Operation* op) {
  for (mlir::Operation* next = op->getNextNode(); next; next = next->getNextNode()) {
    if (auto unwind = mlir::dyn_cast<UnwindOp>(next))
      return unwind;
    if (hasState(next))
      return {};
  }
  return {};
}

/// Makes the exceptional edge behind an operation that can't raise any more a plain branch.
inline void dropEdge(mlir::Operation* op) {
  if (auto unwind = unwindOf(op)) {
    mlir::OpBuilder b(unwind);
    mlir::cf::BranchOp::create(b, unwind.getLoc(), unwind.getNormal(), unwind.getNormalArgs());
    unwind.erase();
  }
}

/// In code of a function that was inlined: the frame of the call. Null elsewhere.
inline CallerFrameOp callerOf(mlir::Operation* op) {
  auto registers = stateRegisters(op);
  if (!registers || !op->hasAttr("inlined"))
    return {};
  for (auto [value, index] : llvm::zip(stateOf(op), registers.asArrayRef()))
    if (index == rt::kCallerRegister)
      return value.getDefiningOp<CallerFrameOp>();
  return {};
}

/// Gives `to` the attributes that say what its frame state is and whose code it is.
inline void copyStateAttributes(mlir::Operation* from, mlir::OperationState& to) {
  for (llvm::StringRef name : {"pc", "registers", "owned", "inlined", "word"})
    if (mlir::Attribute attribute = from->getAttr(name))
      to.addAttribute(name, attribute);
}

/// The instruction at which its frame goes on.
inline uint32_t pcOf(mlir::Operation* op) {
  return static_cast<uint32_t>(op->getAttrOfType<mlir::IntegerAttr>("pc").getInt());
}

/// The operation's place in the code that it was imported from.
inline int64_t wordOf(mlir::Operation* op) {
  auto word = op->getAttrOfType<mlir::IntegerAttr>("word");
  return word ? word.getInt() : op->getAttrOfType<mlir::IntegerAttr>("pc").getInt();
}

/// Creates an operation that carries a copy of `from`'s frame state.
template <class Op>
Op createWithState(mlir::OpBuilder& b, mlir::Operation* from, mlir::TypeRange results,
                   mlir::ValueRange operands,
                   llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
  mlir::OperationState state(from->getLoc(), Op::getOperationName());
  state.addOperands(operands);
  state.addOperands(stateOf(from));
  state.addTypes(results);
  state.addAttributes(attributes);
  copyStateAttributes(from, state);
  return mlir::cast<Op>(b.create(state));
}

/// Erases blocks that nothing leads to any more.
inline void eraseDeadBlocks(mlir::Region& region) {
  mlir::IRRewriter rewriter(region.getContext());
  (void)mlir::eraseUnreachableBlocks(rewriter, region);
}

} // namespace pyc::ir
