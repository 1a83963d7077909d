// Which Python functions a place in native code belongs to: debug locations in the scopes of the
// function and of what was inlined into it. Line tables and the table of calls
// (codegen/call_table.h) are made of them.
#pragma once

#include "dialects/uop/image.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace pyc {

/// A scope's linkage name is one of these and the index of its code.
inline constexpr llvm::StringLiteral kNativeScope = "native.";   // a function
inline constexpr llvm::StringLiteral kEntryScope = "entry.";     // only calls its other entry
inline constexpr llvm::StringLiteral kInlinedScope = "inlined."; // one whose code is in another's

/// The compile unit of a module's scopes.
mlir::LLVM::DICompileUnitAttr compileUnitOf(mlir::MLIRContext* context, uop::ImageView image);

class SourceScopes {
public:
  /// Gives the function its scope.
  SourceScopes(mlir::func::FuncOp function, uop::ImageView image,
               mlir::LLVM::DICompileUnitAttr unit);

  /// The operation's location in the scopes of its code and its callers. Where operations of
  /// inlined code know no caller, it is that of the frame's others.
  mlir::Location locationOf(mlir::Operation* op);

private:
  mlir::LLVM::DISubprogramAttr scope(llvm::StringRef name, const llvm::Twine& linkageName,
                                     mlir::FileLineColLoc place);
  mlir::LLVM::DISubprogramAttr inlinedScope(int64_t frame);
  std::optional<mlir::Location> callerLocation(mlir::Operation* op);

  mlir::func::FuncOp function_;
  uop::ImageView image_;
  mlir::LLVM::DICompileUnitAttr unit_;
  mlir::MLIRContext* context_;
  mlir::Location own_;
  llvm::DenseMap<int64_t, ir::InlinedFrameOp> frames_;
  llvm::DenseMap<int64_t, mlir::LLVM::DISubprogramAttr> inlinedScopes_;
  llvm::DenseMap<int64_t, mlir::Location> callers_; // of inlined frames
};

} // namespace pyc
