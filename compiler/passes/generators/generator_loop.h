// A loop that consumes the generator of one call.
#pragma once

#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"

#include <optional>

namespace pyc {

struct GeneratorLoop {
  mlir::Operation* call; // a call, or one of a method
  ir::GetIterOp getIter; // null where the call's result is iterated as it is
  ir::NextOp next;
  ir::IsNullOp isNull;
  mlir::cf::CondBranchOp branch; // to the end, if the item is null, or the body

  /// The call's callee and arguments; of a method's the object comes first, or null.
  mlir::OperandRange window();
  /// The generator object: what the call gives, and its iterator, which is the same.
  llvm::SmallVector<mlir::Value, 2> objects();
};

/// The loop of this step, if nobody else sees the object that a call in front of the loop gave, and
/// all edges into the loop's header come from behind that call.
std::optional<GeneratorLoop> matchGeneratorLoop(ir::NextOp next, mlir::DominanceInfo& dominance);

} // namespace pyc
