// Between which bounds the ints in a module's registers lie: an interval for each value, from what
// its operation can give, and from the comparisons on the way to where it is used.
//
// An abstract interpretation with widening and narrowing: Cousot and Cousot, "Static Determination
// of Dynamic Properties of Programs", 1976.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace pyc {

/// All numbers from `low` to `high`.
struct Interval {
  int64_t low = INT64_MIN, high = INT64_MAX;

  bool operator==(const Interval&) const = default;
  bool contains(Interval other) const { return low <= other.low && other.high <= high; }
};

/// What a small int can be (runtime/base/value.h).
Interval smallInts();

class IntRanges {
public:
  /// Looks at all functions of the module. Parameters of typed entries are what the module's calls
  /// pass: nobody else knows these entries.
  explicit IntRanges(mlir::ModuleOp module);

  /// The bounds of an i64 where the operation uses it.
  Interval at(mlir::Value value, mlir::Operation* user) const;

  /// Whether 64 bits hold whatever a sum, difference or product gives.
  bool fitsAlways(mlir::Operation* op) const;

private:
  // Nothing: no value gets here, as far as is known yet.
  using Known = std::optional<Interval>;

  void run(mlir::func::FuncOp function, bool widens);
  bool update(mlir::Value value, Known interval, bool widens);
  Known known(mlir::Value value) const;
  Known resultOf(mlir::Operation* op) const;
  Known incoming(mlir::BlockArgument argument) const;
  Known refined(mlir::Value value, mlir::Block* block, unsigned depth) const;
  void passArguments(mlir::func::FuncOp function);
  Known parameter(mlir::func::FuncOp function, unsigned index) const;

  llvm::DenseMap<mlir::Operation*, std::unique_ptr<mlir::DominanceInfo>> dominance_;
  llvm::DenseMap<mlir::Value, Interval> intervals_;
  llvm::DenseMap<mlir::Value, unsigned> updates_;
  /// Of typed entries: what calls pass.
  llvm::StringMap<llvm::SmallVector<Known>> parameters_;
};

} // namespace pyc
