// Local type inference for numbers: which values of a function are ints of 64 bits, floats, complex
// numbers or bools, on every path. Optimistic: a loop's value is an int when its start is and the
// loop keeps it one, where "keeps" may rest on an exit at overflow.
#pragma once

#include "dialects/uop/uop_dialect.h"
#include "runtime/base/item_storage.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <functional>

namespace pyc {

/// Lattice: Unknown (no information yet) < Int, Float, Complex, Bool < Any.
enum class NumberType : uint8_t { Unknown, Int, Float, Complex, Bool, Any };

enum class Arith : uint8_t {
  None,
  Add,
  Sub,
  Mul,
  TrueDiv,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Or,
  Xor
};

/// What Python calls the type; "object" for Unknown and Any.
llvm::StringRef nameOf(NumberType type);

/// The type of the number that the operation boxes; Any for other operations.
NumberType boxedType(mlir::Operation* op);

/// The number of a constant that is an object, but fits 64 bits.
std::optional<int64_t> wideConstant(mlir::Operation* op);

/// Whether the operation loads a constant that is a complex number.
bool isComplexConstant(mlir::Operation* op);

/// Which part of a complex number an attribute is: "real" or "imag"; empty for others.
llvm::StringRef partOfComplex(mlir::Operation* op);

/// What a list stores whose type a profile has like this, list[int]; Any: objects of all kinds,
/// Unknown: no list, or a list of several storages.
NumberType storedIn(llvm::StringRef list);

/// What items a load or store of list[int] goes to, if a profile saw one storage only; Unknown
/// else. Any: objects of all kinds.
NumberType listItemType(mlir::Operation* op);
/// The same of lists, bytes, bytearrays and arrays.
NumberType itemType(mlir::Operation* op);

/// The storage of the bytes, bytearray or array that a load or store goes to, if a profile saw one
/// only, and items that fit a register.
std::optional<rt::ItemStorage> arrayStorage(mlir::Operation* op);

/// Whether a number or bool of one type can be stored where items have another.
bool canStore(NumberType item, NumberType value);

/// Whether == of such numbers compares the parts of complex numbers in registers.
bool comparesAsComplex(NumberType lhs, NumberType rhs);

/// Which operator a generic binary or in-place uop is; None for other operations.
Arith arithOf(mlir::Operation* op);

class NumberTypes {
public:
  /// Says of a way into a block, from the end of `from`, that what it passes for the argument is
  /// not looked at.
  using IsIgnored = std::function<bool(mlir::BlockArgument argument, mlir::Block* from)>;

  explicit NumberTypes(mlir::func::FuncOp function, IsIgnored isIgnored = {});

  NumberType of(mlir::Value value) const;
  /// Whether the value is one number in a register.
  bool isNumber(mlir::Value value) const {
    NumberType type = of(value);
    return type == NumberType::Int || type == NumberType::Float;
  }
  bool isTyped(mlir::Value value) const {
    return isNumber(value) || isComplex(value) || of(value) == NumberType::Bool;
  }
  bool isComplex(mlir::Value value) const { return of(value) == NumberType::Complex; }

  /// Of a number or bool: whether it may be null as well, on some path. Only frame states look at
  /// such a value.
  bool isNumberOrNull(mlir::Value value) const {
    return mayBeNull_.contains(value) && !releaseOnly_.contains(value) && isTyped(value);
  }

private:
  void findReleaseOnly(mlir::func::FuncOp function);
  void findStateOnly(mlir::func::FuncOp function);
  void findMayBeNull(mlir::func::FuncOp function);
  void infer(mlir::func::FuncOp function);
  bool dropBoxedNulls();
  NumberType transfer(mlir::Operation* op) const;
  NumberType compareResult(mlir::Operation* op) const;
  NumberType joinIncoming(mlir::BlockArgument argument) const;
  bool update(mlir::Value value, NumberType type);

  IsIgnored isIgnored_;
  llvm::DenseMap<mlir::Value, NumberType> types_;
  /// Block arguments that are only ever released: whether they are null makes no difference. (A
  /// loop's variable that is unbound before the loop is one.)
  llvm::DenseSet<mlir::Value> releaseOnly_;
  /// Block arguments that are released or stand in frame states: null can be told from a number by
  /// a bit beside it. (A loop's variable behind the loop.)
  llvm::DenseSet<mlir::Value> stateOnly_;
  llvm::DenseSet<mlir::Value> mayBeNull_;
};

} // namespace pyc
