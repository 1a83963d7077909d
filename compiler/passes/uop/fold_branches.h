// Branches on what is known.
#pragma once

#include "mlir/IR/Region.h"

namespace pyc {

/// Conditional branches on constants become plain ones; what nothing leads to any more goes.
void foldBranches(mlir::Region& region);

} // namespace pyc
