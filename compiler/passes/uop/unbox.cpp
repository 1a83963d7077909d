#include "compiler/passes/passes.h"
#include "compiler/passes/uop/fold_branches.h"
#include "compiler/passes/uop/prune_block_arguments.h"
#include "compiler/passes/uop/state.h"
#include "compiler/passes/uop/unboxer.h"
#include "runtime/base/value.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;

namespace pyc {

void Unboxer::run() {
  findCalls();
  addArguments();
  llvm::ReversePostOrderTraversal<Block*> order(&function_.getBody().front());
  for (Block* block : order)
    for (Operation* op : operationsOf(block))
      rewrite(op);
  for (Block* block : order)
    extendEdges(block->getTerminator());
  for (Block* block : order)
    for (Operation& op : llvm::make_early_inc_range(*block))
      replaceUses(&op);
  removeOld();
  if (knowsInstances_)
    foldBranches(function_.getBody());
}

/// Before rewriting: what a call is depends on other uses of its arguments.
void Unboxer::findCalls() {
  function_.walk([&](Operation* op) {
    if (NumberCall call = numberCallOf(op); call != NumberCall::None)
      calls_[op] = call;
  });
}

/// A copy of the list, for a rewrite may replace the block's terminator.
SmallVector<Operation*> Unboxer::operationsOf(Block* block) {
  SmallVector<Operation*> operations;
  for (Operation& op : block->without_terminator())
    operations.push_back(&op);
  return operations;
}

Type Unboxer::typeFor(NumberType type) {
  switch (type) {
  case NumberType::Int:
    return b_.getI64Type();
  case NumberType::Float:
  case NumberType::Complex: // each part
    return b_.getF64Type();
  default:
    return b_.getI1Type();
  }
}

/// A complex number has two of them. Any other number counts as a float.
ComplexParts Unboxer::parts(Value value) {
  if (types_.isComplex(value))
    return {unboxed(value), imag_.lookup(value)};
  return {asFloat(value), {}};
}

/// The same of an int or a bool, which counts as one.
Value Unboxer::asInt(Value value) {
  Value number = unboxed(value);
  if (types_.of(value) == NumberType::Int)
    return number;
  return arith::ExtUIOp::create(b_, loc_, b_.getI64Type(), number);
}

Value Unboxer::asFloat(Value value) {
  if (types_.of(value) == NumberType::Float)
    return unboxed(value);
  return arith::SIToFPOp::create(b_, loc_, b_.getF64Type(), asInt(value));
}

/// A typed block argument gets a machine twin; the old one stays until the end.
void Unboxer::addArguments() {
  for (Block& block : llvm::drop_begin(function_.getBody())) {
    unsigned count = block.getNumArguments();
    for (unsigned i = 0; i < count; ++i) {
      BlockArgument argument = block.getArgument(i);
      if (!isa<ir::ValueType>(argument.getType()) || !types_.isTyped(argument))
        continue;
      unboxed_[argument] = block.addArgument(typeFor(types_.of(argument)), argument.getLoc());
      if (types_.isComplex(argument))
        imag_[argument] = block.addArgument(b_.getF64Type(), argument.getLoc());
      if (types_.isNumberOrNull(argument))
        bound_[argument] = block.addArgument(b_.getI1Type(), argument.getLoc());
      typedArguments_.push_back(argument);
    }
  }
}

void Unboxer::extendEdges(Operation* terminator) {
  auto branch = dyn_cast<BranchOpInterface>(terminator);
  if (!branch)
    return;
  for (unsigned s = 0; s < terminator->getNumSuccessors(); ++s) {
    SuccessorOperands operands = branch.getSuccessorOperands(s);
    Block* successor = terminator->getSuccessor(s);
    unsigned passed = operands.size();
    for (unsigned i = 0; i < passed; ++i)
      if (BlockArgument target = successor->getArgument(i);
          unboxed_.count(target) && isa<ir::ValueType>(target.getType())) {
        NumberType type = types_.of(target);
        operands.append(machineValue(unboxed_, operands[i], terminator, type));
        if (type == NumberType::Complex)
          operands.append(machineValue(imag_, operands[i], terminator, type));
        if (bound_.count(target))
          operands.append(boundFlag(operands[i], terminator));
      }
  }
}

/// Whether the number that an edge passes is there.
Value Unboxer::boundFlag(Value value, Operation* terminator) {
  if (Value flag = bound_.lookup(value))
    return flag;
  b_.setInsertionPoint(terminator);
  return arith::ConstantIntOp::create(b_, terminator->getLoc(), !value.getDefiningOp<ir::NullOp>(),
                                      1);
}

/// What a frame state takes for a typed value.
Value Unboxer::stateValue(Operation* op, Value value) {
  Value flag = bound_.lookup(value);
  bool isComplex = types_.isComplex(value);
  if (!flag && !isComplex)
    return unboxed(value);
  b_.setInsertionPoint(op);
  if (isComplex)
    return ir::VirtualComplexOp::create(b_, loc_, b_.getType<ir::ValueType>(), unboxed(value),
                                        imag_.lookup(value));
  return ir::NumberOrNullOp::create(b_, loc_, b_.getType<ir::ValueType>(), unboxed(value), flag);
}

/// What an edge passes for a typed argument; any number where the value is null, for then it is
/// only released.
Value Unboxer::machineValue(const DenseMap<Value, Value>& numbers, Value value,
                            Operation* terminator, NumberType type) {
  if (Value number = numbers.lookup(value))
    return number;
  b_.setInsertionPoint(terminator);
  return arith::ConstantOp::create(b_, terminator->getLoc(), b_.getZeroAttr(typeFor(type)));
}

Value Unboxer::box(Value value) {
  if (value.getDefiningOp<ir::LoadConstOp>())
    return value;
  Type boxed = b_.getType<ir::ValueType>();
  Value number = unboxed(value);
  switch (types_.of(value)) {
  case NumberType::Int:
    return ir::BoxIntOp::create(b_, loc_, boxed, number);
  case NumberType::Float:
    return ir::BoxFloatOp::create(b_, loc_, boxed, number);
  case NumberType::Complex:
    return ir::BoxComplexOp::create(b_, loc_, boxed, number, imag_.lookup(value));
  default:
    return ir::BoxBoolOp::create(b_, loc_, boxed, number);
  }
}

bool Unboxer::needsScope(Value number) {
  auto constant = number.getDefiningOp<arith::ConstantIntOp>();
  return !constant || !rt::Value::fitsInt(constant.value());
}

void Unboxer::replaceUses(Operation* op) {
  if (llvm::is_contained(dead_, op))
    return;
  loc_ = op->getLoc();
  if (isa<ir::IncrefOp, ir::DecrefOp>(op) &&
      (unboxed_.count(op->getOperand(0)) || op->getOperand(0).getDefiningOp<ir::NullOp>())) {
    op->erase();
    return;
  }
  if (op->getNumSuccessors() > 1) {
    for (unsigned s = 0; s < op->getNumSuccessors(); ++s)
      splitEdge(cast<BranchOpInterface>(op), s);
    return;
  }
  for (OpOperand& use : op->getOpOperands()) {
    if (!isa<ir::ValueType>(use.get().getType()) || !unboxed_.count(use.get()) ||
        use.get().getDefiningOp<ir::LoadConstOp>())
      continue;
    if (ir::isStateUse(use)) {
      use.set(stateValue(op, use.get()));
      continue;
    }
    b_.setInsertionPoint(op);
    if (op->hasTrait<OpTrait::IsTerminator>()) {
      if (!entersTypedArgument(use))
        use.set(box(use.get()));
      continue;
    }
    boxForOperation(op, use);
  }
}

/// One of several edges that passes a typed value to an untyped argument gets a block of its own,
/// in which the value is boxed: on the other edges nobody would own the box.
void Unboxer::splitEdge(BranchOpInterface branch, unsigned index) {
  SuccessorOperands operands = branch.getSuccessorOperands(index);
  Block* successor = branch->getSuccessor(index);
  auto needsBox = [&](unsigned i) {
    return isa<ir::ValueType>(operands[i].getType()) && unboxed_.count(operands[i]) &&
           !unboxed_.count(successor->getArgument(i));
  };
  unsigned count = operands.size();
  if (llvm::none_of(llvm::seq(count), needsBox))
    return;
  Block* edge = b_.createBlock(successor);
  SmallVector<Value> passed;
  for (unsigned i = 0; i < count; ++i)
    passed.push_back(needsBox(i) ? box(operands[i]) : operands[i]);
  cf::BranchOp::create(b_, loc_, successor, passed);
  operands.erase(0, count);
  branch->setSuccessor(edge, index);
}

void Unboxer::boxForOperation(Operation* op, OpOperand& use) {
  bool scoped = types_.isComplex(use.get()) ||
                (types_.of(use.get()) == NumberType::Int && needsScope(unboxed(use.get())));
  Value boxed = box(use.get());
  use.set(boxed);
  if (!scoped)
    return;
  boxed.getDefiningOp()->setAttr("scoped", b_.getUnitAttr());
  if (auto unwind = ir::unwindOf(op))
    b_.setInsertionPointToStart(unwind.getNormal());
  else
    b_.setInsertionPointAfter(op);
  ir::DecrefOp::create(b_, loc_, boxed);
}

/// Whether a terminator's operand feeds a typed argument, which goes away.
bool Unboxer::entersTypedArgument(OpOperand& use) {
  auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
  auto argument = branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
  return argument && unboxed_.count(*argument);
}

void Unboxer::removeOld() {
  for (BlockArgument argument : llvm::reverse(typedArguments_))
    eraseIncoming(argument);
  for (Operation* op : llvm::reverse(dead_))
    op->dropAllReferences();
  for (Operation* op : llvm::reverse(dead_)) {
    op->dropAllUses();
    op->erase();
  }
  for (BlockArgument argument : llvm::reverse(typedArguments_)) {
    argument.dropAllUses();
    argument.getOwner()->eraseArgument(argument.getArgNumber());
  }
}

namespace {

class Unbox : public PassWrapper<Unbox, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(Unbox)
  StringRef getArgument() const override { return "unbox"; }
  StringRef getDescription() const override {
    return "Keep numbers in machine registers where their types are known";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }
  void runOnOperation() override {
    ir::eraseDeadBlocks(getOperation().getBody());
    Unboxer(getOperation()).run();
    ir::eraseDeadBlocks(getOperation().getBody());
  }
};

} // namespace

std::unique_ptr<Pass> createUnbox() {
  return std::make_unique<Unbox>();
}

} // namespace pyc
