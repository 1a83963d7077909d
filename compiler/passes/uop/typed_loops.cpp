// Loops whose variables begin as one thing and become numbers: a sum that starts as the int 0 and
// to which floats are added, a smallest number that is None at first. In front of the loop stands a
// copy of it, in which such a variable is a value of any kind; behind each of its iterations it
// enters the loop if the variables have become numbers of the types that the loop keeps:
//
//   ^loop(%sum):                        ^copy(%sum):          // any value
//     ...                                 ...
//     %next = add %sum, %float     =>     br ^loop(%next)     // is a float, or tested: is_float
//     br ^loop(%next)                   ^loop(%sum):          // floats alone: unboxing keeps it in
//                                         ...                 // a register
//                                         br ^loop(%next)
//
// The same, for one type and all loops, is basic block versioning: Chevalier-Boisvert and Feeley,
// "Simple and Effective Type Check Removal through Lazy Basic Block Versioning", ECOOP 2015.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/computed_with.h"
#include "compiler/passes/uop/innermost_loops.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/peel_loop.h"
#include "compiler/passes/uop/prune_block_arguments.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;
using namespace pyc;

namespace {

class TypedLoop {
public:
  TypedLoop(func::FuncOp function, CFGLoop& loop, const NumberTypes& types)
      : function_(function), types_(types),
        loop_({loop.getHeader(), loop.getLoopLatch(), llvm::to_vector(loop.getBlocks())}) {}

  bool run() {
    if (!isPlain() || !findVariables())
      return false;
    auto back = cast<cf::BranchOp>(loop_.latch->getTerminator());
    for (Variable& variable : variables_)
      variable.isTested = types_.of(back.getDestOperands()[variable.index]) != variable.type;
    if (llvm::any_of(variables_, [](const Variable& variable) {
          return variable.isTested && variable.type == NumberType::Complex;
        }))
      return false;
    Block* latch = nullptr;
    Block* copy = peelLoop(loop_, latch);
    if (!copy)
      return false;
    if (llvm::any_of(variables_, [](const Variable& variable) { return variable.isTested; }))
      enterIfTyped(copy, latch);
    return true;
  }

private:
  struct Variable {
    unsigned index; // of the header's argument
    NumberType type;
    bool isTested = false;
  };

  static constexpr unsigned kMostOperations = 400;

  /// Frames of inlined code are known by number, so that there can't be two.
  bool isPlain() const {
    if (!loop_.latch || !isa<cf::BranchOp>(loop_.latch->getTerminator()))
      return false;
    unsigned count = 0;
    for (Block* block : loop_.blocks) {
      count += block->getOperations().size();
      if (!block->getOps<ir::InlinedFrameOp>().empty())
        return false;
    }
    return count <= kMostOperations;
  }

  /// The header's arguments that the loop keeps numbers of one type once they are.
  bool findVariables() {
    llvm::SmallDenseSet<Value> open; // what enters the loop is not looked at
    for (BlockArgument argument : loop_.header->getArguments())
      if (isa<ir::ValueType>(argument.getType()) && types_.of(argument) == NumberType::Any &&
          isComputedWith(argument))
        open.insert(argument);
    for (bool changed = true; changed && !open.empty();) {
      changed = false;
      NumberTypes inside(function_, [&](BlockArgument argument, Block* from) {
        return open.contains(argument) && !llvm::is_contained(loop_.blocks, from);
      });
      for (Value value : llvm::to_vector(open))
        if (!inside.isNumber(value) && !inside.isComplex(value))
          changed |= open.erase(value);
      variables_.clear();
      for (BlockArgument argument : loop_.header->getArguments())
        if (open.contains(argument))
          variables_.push_back({argument.getArgNumber(), inside.of(argument)});
    }
    return !open.empty();
  }

  /// Ends the copy's latch: to the loop when all variables are numbers, else round again.
  void enterIfTyped(Block* copy, Block* latch) {
    auto branch = cast<cf::BranchOp>(latch->getTerminator());
    Location loc = branch.getLoc();
    OpBuilder b(branch);
    SmallVector<Value> values(branch.getDestOperands());
    Value areTyped;
    for (const Variable& variable : variables_) {
      if (!variable.isTested)
        continue;
      Value value = values[variable.index];
      Value isTyped = variable.type == NumberType::Int
                          ? ir::IsIntOp::create(b, loc, b.getI1Type(), value).getResult()
                          : ir::IsFloatOp::create(b, loc, b.getI1Type(), value).getResult();
      areTyped = areTyped ? arith::AndIOp::create(b, loc, areTyped, isTyped).getResult() : isTyped;
    }
    Block* enter = new Block();
    latch->getParent()->getBlocks().insert(std::next(latch->getIterator()), enter);
    cf::CondBranchOp::create(b, loc, areTyped, enter, ValueRange(), copy, values);
    b.setInsertionPointToEnd(enter);
    for (const Variable& variable : variables_)
      if (variable.isTested)
        values[variable.index] = retyped(b, loc, values[variable.index], variable.type);
    cf::BranchOp::create(b, loc, loop_.header, values);
    branch.erase();
  }

  static Value retyped(OpBuilder& b, Location loc, Value value, NumberType type) {
    if (type == NumberType::Int) {
      Value number = ir::UnboxIntOp::create(b, loc, b.getI64Type(), value);
      return ir::BoxIntOp::create(b, loc, value.getType(), number);
    }
    Value number = ir::UnboxFloatOp::create(b, loc, b.getF64Type(), value);
    return ir::BoxFloatOp::create(b, loc, value.getType(), number);
  }

  func::FuncOp function_;
  const NumberTypes& types_;
  InnerLoop loop_;
  SmallVector<Variable> variables_;
};

class TypedLoops : public PassWrapper<TypedLoops, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TypedLoops)
  StringRef getArgument() const override { return "typed-loops"; }
  StringRef getDescription() const override {
    return "Split loops from where their variables have become numbers";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function->hasAttr("uop.continues"))
      return;
    bool changed = false;
    forEachInnermostLoop(function, [&](CFGLoop& loop) {
      NumberTypes types(function);
      changed |= TypedLoop(function, loop, types).run();
    });
    if (changed)
      pruneBlockArguments(function);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createTypedLoops() {
  return std::make_unique<TypedLoops>();
}
