#include "compiler/passes/uop/innermost_loops.h"

using namespace mlir;

void pyc::forEachInnermostLoop(func::FuncOp function, llvm::function_ref<void(CFGLoop&)> visit) {
  Region& body = function.getBody();
  if (body.hasOneBlock())
    return;
  DominanceInfo dominance(function);
  CFGLoopInfo loops(dominance.getDomTree(&body));
  SmallVector<CFGLoop*> innermost;
  for (CFGLoop* loop : loops.getLoopsInPreorder())
    if (loop->isInnermost())
      innermost.push_back(loop);
  for (CFGLoop* loop : innermost)
    visit(*loop);
}
