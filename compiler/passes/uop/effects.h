// What operations leave alone.
#pragma once

#include "mlir/IR/Operation.h"

namespace pyc {

/// Whether the operation leaves shapes of objects, and the references that they hold, as they are:
/// it runs no Python code, and releases nothing but numbers.
bool leavesObjectsAlone(mlir::Operation* op);

/// Whether the value is a float, bool, None or null on every path: its count makes no difference.
bool isNeverCounted(mlir::Value value);

} // namespace pyc
