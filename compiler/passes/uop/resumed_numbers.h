// Numbers that a generator keeps across a yield.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pyc {

/// Puts an observation behind each yield for every register that can only hold ints, only floats
/// or only bools there, if what a profile saw is true. Uses the marks that the importer left
/// (`uop.observe` with `resumed`); those stay.
void observeResumedNumbers(mlir::func::FuncOp function);

} // namespace pyc
