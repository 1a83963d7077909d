#include "compiler/passes/uop/fold_branches.h"

#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

static void foldBranch(cf::CondBranchOp branch) {
  auto known = branch.getCondition().getDefiningOp<arith::ConstantIntOp>();
  if (!known)
    return;
  OpBuilder b(branch);
  if (known.value() != 0)
    cf::BranchOp::create(b, branch.getLoc(), branch.getTrueDest(), branch.getTrueDestOperands());
  else
    cf::BranchOp::create(b, branch.getLoc(), branch.getFalseDest(), branch.getFalseDestOperands());
  branch.erase();
}

void pyc::foldBranches(Region& region) {
  for (Block& block : region)
    if (auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator()))
      foldBranch(branch);
  ir::eraseDeadBlocks(region);
}
