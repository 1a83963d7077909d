// Takes the first iteration out of a loop.
#pragma once

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/IR/Block.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace pyc {

/// The blocks of a loop that contains no other and has one branch back.
struct InnerLoop {
  mlir::Block* header;
  mlir::Block* latch;
  llvm::SmallVector<mlir::Block*> blocks;
};

/// Puts a copy of the loop in front of it, which runs one iteration and then enters the loop; what
/// entered the loop enters the copy. The copy's header; null, with nothing done, where a value that
/// only frame states can hold is used behind the loop. The copy's latch ends as the loop's does, so
/// that the caller may have it go elsewhere.
mlir::Block* peelLoop(const InnerLoop& loop, mlir::Block*& latch);

} // namespace pyc
