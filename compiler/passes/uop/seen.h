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

/// All types that were seen, most frequent first, without a closing "...".
inline llvm::SmallVector<llvm::StringRef> typesOf(mlir::ArrayAttr types) {
  llvm::SmallVector<llvm::StringRef> texts;
  if (types)
    for (mlir::Attribute type : types)
      if (auto text = mlir::cast<mlir::StringAttr>(type).getValue(); text != "...")
        texts.push_back(text);
  return texts;
}

/// The types of a slot of `op`; null when it was not executed.
inline mlir::ArrayAttr seenAt(mlir::Operation* op, unsigned slot) {
  auto seen = op->getAttrOfType<mlir::ArrayAttr>("seen");
  return seen && slot < seen.size() ? mlir::cast<mlir::ArrayAttr>(seen[slot]) : mlir::ArrayAttr();
}

/// Hands on what was seen of `from`, if anything was.
inline void copySeen(mlir::Operation* from, mlir::Operation* to) {
  if (mlir::Attribute seen = from->getAttr("seen"))
    to->setAttr("seen", seen);
}

} // namespace pyc::ir
