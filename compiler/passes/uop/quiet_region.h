// What runs behind an operation until counts are given back, as far as nothing of it runs code.
#pragma once

#include "mlir/IR/Operation.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"

#include <optional>

namespace pyc {

class QuietRegion {
public:
  /// The region behind an operation: on every way on it ends with a release, or in front of a block
  /// that may run code before it releases (an exit). Nothing where some way comes into the region
  /// from elsewhere, or the operation itself runs again first. In time linear in its operations.
  static std::optional<QuietRegion> behind(mlir::Operation* start,
                                           llvm::function_ref<bool(mlir::Operation*)> isRelease);

  mlir::ArrayRef<mlir::Operation*> releases() const { return releases_.getArrayRef(); }
  mlir::ArrayRef<mlir::Block*> exits() const { return exits_.getArrayRef(); }
  /// Whether the operation, which is behind the start, is in the region.
  bool contains(mlir::Operation* op) const { return blocks_.contains(op->getBlock()); }

private:
  bool isClosed(mlir::Block* first) const;

  llvm::SmallSetVector<mlir::Operation*, 4> releases_;
  llvm::SmallSetVector<mlir::Block*, 8> blocks_, exits_;
};

} // namespace pyc
