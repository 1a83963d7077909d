#include "compiler/passes/inlining/function_body.h"

#include "compiler/passes/uop/number_calls.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/IR/Dominance.h"

using namespace mlir;

namespace pyc {

constexpr unsigned kMostOperations = 120, kMostOfLeaf = 24;

bool FunctionBody::raises(Block* block) {
  auto ret = dyn_cast<func::ReturnOp>(block->getTerminator());
  return ret && ret.getOperand(0).getDefiningOp<ir::NullOp>();
}

/// What only records, or stands for a value, costs nothing.
static bool isFree(Operation* op) {
  return isa<ir::ObserveOp, ir::NullOp, ir::NoneOp, ir::DecrefOp, ir::IncrefOp>(op);
}

static bool isCall(Operation* op) {
  if (numberCallOf(op) == NumberCall::IsInstance) // unbox knows the answer for numbers
    return false;
  StringRef name = op->getName().stripDialect();
  return name.starts_with("call") || name.starts_with("import_") || isa<ir::ThrowOp>(op);
}

/// What runs when no exception is raised is short and calls nothing.
static bool isLeafFunction(func::FuncOp function) {
  llvm::SmallPtrSet<Block*, 8> raising;
  auto onlyRaises = [&](Block& block) {
    return FunctionBody::raises(&block) ||
           (block.getNumSuccessors() != 0 && llvm::all_of(block.getSuccessors(), [&](Block* next) {
              return raising.contains(next);
            }));
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (Block& block : function.getBody())
      changed |= onlyRaises(block) && raising.insert(&block).second;
  }
  unsigned size = 0;
  for (Block& block : function.getBody())
    if (!raising.contains(&block))
      for (Operation& op : block) {
        if (isCall(&op))
          return false;
        size += !isFree(&op);
      }
  return size <= kMostOfLeaf;
}

/// Beside what a loop costs, one object more or less is nothing.
static bool hasLoop(func::FuncOp function) {
  Region& body = function.getBody();
  if (body.hasOneBlock())
    return false;
  DominanceInfo dominance(function);
  return !CFGLoopInfo(dominance.getDomTree(&body)).empty();
}

/// Plain arguments, or further ones in a tuple that stays in its parameter.
static bool takesArguments(func::FuncOp function, DenseBoolArrayAttr tracked) {
  if (function->hasAttr("uop.collects"))
    return !tracked[static_cast<int64_t>(function.getNumArguments()) - 2];
  return function->hasAttr("uop.direct");
}

std::optional<FunctionBody> FunctionBody::describe(func::FuncOp function) {
  auto tracked = function->getAttrOfType<DenseBoolArrayAttr>("uop.tracked");
  if (!tracked || !takesArguments(function, tracked) || function.getNumArguments() == 0)
    return {};
  unsigned size = 0;
  WalkResult walk = function.walk([&](Operation* op) {
    size += !isFree(op);
    bool fits = !isa<ir::SuspendOp, ir::LoadRegisterOp, ir::SendOp, ir::LoadLocalsOp,
                     ir::InlinedFrameOp, ir::GeneratorFrameOp, ir::MakeFunctionOp,
                     ir::FreeVariableOp, ir::LoadSuperOp, cf::SwitchOp>(op);
    if (auto ret = dyn_cast<func::ReturnOp>(op); ret && raises(op->getBlock()))
      fits &= isa_and_present<ir::ThrowOp>(ret->getPrevNode());
    return fits && size <= kMostOperations ? WalkResult::advance() : WalkResult::interrupt();
  });
  if (walk.wasInterrupted() || hasLoop(function))
    return {};
  return FunctionBody(function, size, isLeafFunction(function));
}

int64_t FunctionBody::code() const {
  return function_->getAttrOfType<IntegerAttr>("uop.code").getInt();
}

SmallVector<Value> FunctionBody::results() const {
  SmallVector<Value> values;
  for (Block& block : function().getBody())
    if (auto ret = dyn_cast<func::ReturnOp>(block.getTerminator()); ret && !raises(&block))
      values.push_back(ret.getOperand(0));
  return values;
}

bool FunctionBody::returnsNone() const {
  return llvm::all_of(results(), [](Value value) { return value.getDefiningOp<ir::NoneOp>(); });
}

} // namespace pyc
