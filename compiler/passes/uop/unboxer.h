// Keeps ints, floats, bools and complex numbers (two floats) in machine registers where NumberTypes
// knows them on every path.
//
// A typed value owns nothing: its counts go away. Where a boxed value is still needed it is made at
// the use: handed over (returns, edges into untyped block arguments), or for the length of one
// operation ("scoped": released behind the operation, and by lowering when the operation raises).
// Frame states take the unboxed value; the side exit boxes it.
#pragma once

#include "compiler/passes/uop/complex_ops.h"
#include "compiler/passes/uop/number_calls.h"
#include "compiler/passes/uop/number_types.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"

namespace pyc {

/// Of one function; does its work once.
class Unboxer {
public:
  explicit Unboxer(mlir::func::FuncOp function)
      : function_(function), types_(function), b_(function.getContext()) {}
  /// Boxes what is used as a value, and nothing else.
  void run();

private:
  void findCalls();
  static llvm::SmallVector<mlir::Operation*> operationsOf(mlir::Block* block);
  mlir::Type typeFor(NumberType type);
  /// The machine value of a typed value.
  mlir::Value unboxed(mlir::Value value) const { return unboxed_.lookup(value); }
  ComplexParts parts(mlir::Value value);
  mlir::Value asInt(mlir::Value value);
  mlir::Value asFloat(mlir::Value value);

  // Block arguments, edges and frame states (unbox.cpp).
  void addArguments();
  void extendEdges(mlir::Operation* terminator);
  mlir::Value boundFlag(mlir::Value value, mlir::Operation* terminator);
  mlir::Value stateValue(mlir::Operation* op, mlir::Value value);
  mlir::Value machineValue(const llvm::DenseMap<mlir::Value, mlir::Value>& numbers,
                           mlir::Value value, mlir::Operation* terminator, NumberType type);

  // Typed operations (unbox_typed.cpp).
  void rewrite(mlir::Operation* op);
  void settleEdge(mlir::Operation* op, mlir::Operation* typed);
  static bool mayRaise(mlir::Operation* typed);
  void rewriteGuard(mlir::Operation* op);
  llvm::StringRef computedType(mlir::Operation* op) const;
  void setUnboxed(mlir::Operation* op, mlir::Value number);
  void setParts(mlir::Operation* op, ComplexParts parts);
  mlir::Value constantFloat(double number);
  ComplexParts complexResult(mlir::Operation* op);
  mlir::Value typedResult(mlir::Operation* op);
  mlir::Value intArith(mlir::Operation* op, Arith arith);
  mlir::Value floatArith(mlir::Operation* op, Arith arith);
  void guardCallee(mlir::Operation* op);
  mlir::Value numberCall(mlir::Operation* op, NumberCall call);
  mlir::Value isInstance(mlir::Operation* op, NumberType type, mlir::Value wanted);
  mlir::Value wholePart(mlir::Operation* op, mlir::Value number, NumberCall call);
  mlir::Value compare(mlir::Operation* op, llvm::StringRef predicate);
  mlir::Value negated(mlir::Value bit);
  void rewriteCompareTruth(ir::CompareTruthOp op);
  mlir::Value truthOf(mlir::Value operand);
  void rewriteTruth(mlir::Operation* op);

  // Items (unbox_items.cpp).
  mlir::NamedAttribute storageAttr(rt::ItemStorage storage);
  void rewriteArrayLoad(ir::LoadItemOp op, rt::ItemStorage storage);
  void rewriteArrayStore(ir::StoreItemOp op, rt::ItemStorage storage);
  void rewriteLoadItem(ir::LoadItemOp op);
  void setItem(ir::LoadItemOp op, mlir::Operation* load);
  void rewriteStoreItem(ir::StoreItemOp op);

  // Uses that want a box (unbox.cpp).
  mlir::Value box(mlir::Value value);
  static bool needsScope(mlir::Value number);
  void replaceUses(mlir::Operation* op);
  void splitEdge(mlir::BranchOpInterface branch, unsigned index);
  void boxForOperation(mlir::Operation* op, mlir::OpOperand& use);
  bool entersTypedArgument(mlir::OpOperand& use);
  void removeOld();

  mlir::func::FuncOp function_;
  NumberTypes types_;
  mlir::OpBuilder b_;
  mlir::Location loc_ = mlir::UnknownLoc::get(function_.getContext());
  llvm::DenseMap<mlir::Value, mlir::Value> unboxed_;
  /// Of complex numbers: the imaginary part. The real one stands in unboxed_.
  llvm::DenseMap<mlir::Value, mlir::Value> imag_;
  /// Of numbers that may be null: whether they are there.
  llvm::DenseMap<mlir::Value, mlir::Value> bound_;
  llvm::DenseMap<mlir::Operation*, NumberCall> calls_;
  bool knowsInstances_ = false;
  llvm::SmallVector<mlir::BlockArgument> typedArguments_;
  llvm::SmallVector<mlir::Operation*> dead_;
};

} // namespace pyc
