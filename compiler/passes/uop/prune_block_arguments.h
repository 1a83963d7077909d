// What prune-block-arguments does to one function, for passes that make such arguments.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pyc {

void pruneBlockArguments(mlir::func::FuncOp function);

/// Takes what branches pass for an argument away from them; the argument itself stays.
void eraseIncoming(mlir::BlockArgument argument);

} // namespace pyc
