// Which values are worth having as numbers in registers.
#pragma once

#include "mlir/IR/Value.h"

namespace pyc {

/// Whether something computes with the value, maybe behind joins of control flow: arithmetic, a
/// comparison, an index.
bool isComputedWith(mlir::Value value);

} // namespace pyc
