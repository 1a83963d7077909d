// The loops of a function that contain no other.
#pragma once

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pyc {

/// Calls `visit` with each, outer ones' first. The loop's blocks may be changed there; blocks that
/// are added belong to no loop.
void forEachInnermostLoop(mlir::func::FuncOp function,
                          llvm::function_ref<void(mlir::CFGLoop&)> visit);

} // namespace pyc
