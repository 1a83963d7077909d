// What a profile saw of a function's parameters is the sum over all of its calls. Code that was
// copied to one call is told what that one passes: the attributes of a base class's method then lie
// where the receiver's class has them.
#pragma once

#include "mlir/IR/Operation.h"
#include "llvm/ADT/SmallVector.h"

namespace pyc {

/// All types that the profile saw of a value where `call` gets it; empty when that is not known.
llvm::SmallVector<llvm::StringRef> typesAtCall(mlir::Value value, mlir::Operation* call);

/// Leaves out of what was seen of the value, an operand of `op` or what it observes, the types that
/// are not among `types`, unless these are all.
void narrowSeen(mlir::Operation* op, mlir::Value value, llvm::ArrayRef<llvm::StringRef> types);

} // namespace pyc
