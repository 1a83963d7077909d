// One copy of a loop's body for each yield of the generator that runs inside of the loop.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pyc {

/// Where a loop over an inlined generator of several yields ends its turn with a switch on the
/// yield that gave the item, and the body is small: copies the body, so that each copy goes on
/// behind its own yield. Block arguments that are not needed stay for prune-block-arguments. Says
/// whether anything changed.
bool threadResumptions(mlir::func::FuncOp function);

} // namespace pyc
