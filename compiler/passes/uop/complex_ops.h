// Arithmetic of complex numbers whose parts are in registers. No part is ever NaN: where one would
// become so, everything leaves with the frame state of `op`, in front of which all is built. So
// nobody can tell boxes of one number apart by comparing them, and what the runtime does to
// recover infinities from NaN (runtime/objects/complex_arith.cpp) is left to it.
#pragma once

#include "mlir/IR/Builders.h"

#include <optional>

namespace pyc {

/// A complex number, or with `imag` null a float, which stays real: it is not turned into a complex
/// number with a zero (C11, annex G).
struct ComplexParts {
  mlir::Value real, imag;
};

ComplexParts addComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts lhs,
                        ComplexParts rhs);
ComplexParts subtractComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts lhs,
                             ComplexParts rhs);
ComplexParts multiplyComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts lhs,
                             ComplexParts rhs);
/// Leaves for a zero divisor.
ComplexParts divideComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts lhs,
                           ComplexParts rhs);
/// The square, as the runtime computes powers; leaves where it is not finite.
ComplexParts squareComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts base);
ComplexParts negateComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts number);
/// Leaves for NaN.
ComplexParts makeComplex(mlir::OpBuilder& b, mlir::Operation* op, ComplexParts parts);

mlir::Value equalsComplex(mlir::OpBuilder& b, mlir::Location loc, ComplexParts lhs,
                          ComplexParts rhs);

} // namespace pyc
