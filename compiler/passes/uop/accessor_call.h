// Operations that call a function of the object's class: of a property, or a special method.
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace pyc {

/// What the call is made of.
struct AccessorCall {
  llvm::StringRef kind; // the attribute `accessor`: how the function is found in the class
  llvm::ArrayRef<mlir::NamedAttribute> lookup;
  llvm::ArrayRef<mlir::Attribute> functions; // as `seen` has them, one a class
  llvm::ArrayRef<mlir::Value> arguments;     // the object first
};

/// The register, which no frame has, under which the function is in the call's state: an exception
/// releases it whatever the handler's depth.
inline constexpr int16_t kAccessorRegister = 32000;

/// Whether what the function of such a call returns is nothing's value.
bool dropsResult(mlir::Operation* call);

/// Replaces the operation by the look-up of the function and its call, with the operation's state.
void replaceByCall(mlir::Operation* op, const AccessorCall& call);

} // namespace pyc
