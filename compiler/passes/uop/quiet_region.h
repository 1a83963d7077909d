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
  ///
  /// What is looked for may stay where it is for the length of an operation that runs code
  /// (`keepsIt`), but not behind it: nothing if there is an exit behind one of these. Where such an
  /// operation raises, it has been released.
  static std::optional<QuietRegion>
  behind(mlir::Operation* start, llvm::function_ref<bool(mlir::Operation*)> isRelease,
         llvm::function_ref<bool(mlir::Operation*)> keepsIt = nullptr);

  mlir::ArrayRef<mlir::Operation*> releases() const { return releases_.getArrayRef(); }
  mlir::ArrayRef<mlir::Block*> exits() const { return exits_.getArrayRef(); }
  /// Whether the operation, which is behind the start, is in the region.
  bool contains(mlir::Operation* op) const { return blocks_.contains(op->getBlock()); }
  llvm::ArrayRef<mlir::Operation*> keepers() const { return keepers_.getArrayRef(); }
  /// Whether the operation may run behind one of those that keep what is looked for.
  bool isBehindKeeper(mlir::Operation* op) const;

private:
  bool isClosed(mlir::Block* first) const;
  void findBlocksBehindKeepers();
  llvm::SmallVector<mlir::Block*, 2> nextOf(mlir::Block* block) const;

  llvm::SmallSetVector<mlir::Operation*, 4> releases_, keepers_;
  llvm::SmallSetVector<mlir::Block*, 8> blocks_, exits_, behindKeepers_;
};

} // namespace pyc
