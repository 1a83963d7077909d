// Reads what a profile saw from operations (compiler/import/observations.h).
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace pyc::ir {

/// The one type that was seen; empty when there were none or several.
inline llvm::StringRef onlyType(mlir::ArrayAttr types) {
  return types && types.size() == 1 ? mlir::cast<mlir::StringAttr>(types[0]).getValue()
                                    : llvm::StringRef();
}

/// The types of a slot of `op`; null when it was not executed.
inline mlir::ArrayAttr seenAt(mlir::Operation* op, unsigned slot) {
  auto seen = op->getAttrOfType<mlir::ArrayAttr>("seen");
  return seen && slot < seen.size() ? mlir::cast<mlir::ArrayAttr>(seen[slot]) : mlir::ArrayAttr();
}

} // namespace pyc::ir
