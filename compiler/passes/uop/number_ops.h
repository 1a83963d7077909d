// Operations on numbers in registers that take several instructions. Where one leaves, it does so
// with the frame state of `op`, in front of which everything is built.
#pragma once

#include "mlir/IR/Builders.h"

namespace pyc {

mlir::Value absoluteInt(mlir::OpBuilder& b, mlir::Operation* op, mlir::Value number);
mlir::Value absoluteFloat(mlir::OpBuilder& b, mlir::Operation* op, mlir::Value number);

/// min() or max() of ints or of floats: the first of equal ones; a later NaN is never taken.
mlir::Value extremeOf(mlir::OpBuilder& b, mlir::Operation* op, llvm::ArrayRef<mlir::Value> numbers,
                      bool least);

/// int() of a float; leaves for those that 63 bits do not hold.
mlir::Value truncatedFloat(mlir::OpBuilder& b, mlir::Operation* op, mlir::Value number);

/// An int as the float that compares as it does; leaves for those that are no doubles.
mlir::Value comparableInt(mlir::OpBuilder& b, mlir::Operation* op, mlir::Value number);

} // namespace pyc
