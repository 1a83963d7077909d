// Tuples that are only looked for in dicts and sets: these need the items, not the tuple.
#pragma once

#include "compiler/passes/uop/state.h"

namespace pyc::ir {

/// The operand of `d[k]`, `d[k] = v` and `k in d` that is looked for.
inline std::optional<unsigned> keyOperandOf(mlir::Operation* op) {
  if (mlir::isa<LoadItemOp, StoreItemOp>(op))
    return 1;
  if (mlir::isa<ContainsOp, NotContainsOp>(op))
    return 0;
  return std::nullopt;
}

} // namespace pyc::ir
