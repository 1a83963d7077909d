// Remarks on calls that no known function takes.
#pragma once

#include "mlir/IR/Operation.h"

namespace pyc {

/// Says why a call goes the general way.
void explainGeneralCall(mlir::Operation* op);

} // namespace pyc
