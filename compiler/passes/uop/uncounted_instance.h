// Instances that nobody sees, and the counts of what they hold.
#pragma once

#include "mlir/IR/Operation.h"

namespace pyc {

/// Whether the operation counts the class for an instance that is just begun.
bool countsClass(mlir::Operation* op);

/// Where nothing runs code from the making of an instance that nobody sees (uop.virtual_instance)
/// to its release, it need not count its class and its attributes: they stay where they are.
/// `first` is the count of its class. True when the counts and the release are gone.
bool uncountInstance(mlir::Operation* first);

} // namespace pyc
