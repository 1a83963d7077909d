// An instance whose construction was inlined, as virtual-objects sees it: a class, and attributes
// that are added and changed in the block where it is made. Everywhere else they stay as they are.
#pragma once

#include "dialects/uop/uop_dialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace pyc {

class VirtualInstance {
public:
  /// Nothing when attributes are not only added and changed in this block.
  static std::optional<VirtualInstance> describe(ir::BeginConstructionOp begin);

  /// What instances have in common that may be joined: class's __init__ and attributes.
  mlir::Attribute kind() const { return kind_; }
  /// Values of such an instance: its class and its attributes.
  static unsigned partCount(mlir::Attribute kind);
  static mlir::Operation* make(mlir::OpBuilder& b, mlir::Location loc, mlir::Attribute kind,
                               mlir::ValueRange parts);
  /// While it has only some of its attributes.
  mlir::Operation* makePartial(mlir::OpBuilder& b, llvm::ArrayRef<mlir::Value> parts,
                               llvm::ArrayRef<int32_t> names) const;

  /// Whether a use needs no more than the parts.
  static bool isFitUse(mlir::OpOperand& use, mlir::Attribute kind);
  /// Replaces such a use.
  static void foldUse(mlir::OpBuilder& b, mlir::Operation* user, ir::VirtualInstanceOp instance);

  /// Takes the construction away, all but the check that it is the plain one. `make` gives the
  /// instance after each change.
  using Maker = llvm::function_ref<mlir::Value(mlir::OpBuilder&, llvm::ArrayRef<mlir::Value>,
                                               llvm::ArrayRef<int32_t>)>;
  void replace(Maker make);

private:
  explicit VirtualInstance(ir::BeginConstructionOp begin) : begin_(begin) {}
  bool follow();
  bool note(mlir::Operation* op);

  ir::BeginConstructionOp begin_;
  llvm::SmallVector<llvm::StringRef> names_;
  llvm::SmallVector<int32_t> indexes_; // of the names, in the code's
  mlir::Attribute frame_;              // in which __init__ is inlined
  int64_t code_ = -1;
  mlir::Attribute kind_;
};

} // namespace pyc
