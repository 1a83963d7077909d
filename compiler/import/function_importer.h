// Imports one code object. Registers become SSA values by abstract execution of each block; blocks
// take the locals and live temporaries as arguments (pruneBlockArguments removes the needless
// ones).
//
// A generator's code is entered at each resumption. Its registers live in its frame while it is
// suspended: behind every yield the function returns, and a switch at its entry leads to the block
// that loads them again.
//
// Ownership becomes explicit: results of uops are owned, and `decref` follows where the register
// machine would release a register. A temporary that copies a local counts nothing while the local
// stays bound (Hold::Local): that is most of reference-count elision, done before it costs
// anything.
#pragma once

#include "compiler/import/module_hints.h"
#include "compiler/import/observations.h"
#include "dialects/uop/image.h"
#include "dialects/uop/profiled.h"
#include "dialects/uop/uop_dialect.h"
#include "dialects/uop/uop_info.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SmallVector.h"

#include <map>

namespace pyc {

/// Who holds the count of a register's value.
enum class Hold : uint8_t {
  Dead,     // no value
  Owned,    // the register
  Frame,    // somebody for the whole call: unwritten parameters, free variables
  Immortal, // nobody needs to
  Local,    // the local register `local`, as long as that is not written
};

struct RegisterState {
  mlir::Value value;
  Hold hold = Hold::Dead;
  unsigned local = 0;
};

class FunctionImporter {
public:
  /// `hints` outlives this; null: none are used.
  FunctionImporter(mlir::OpBuilder& builder, uop::ImageView image, const uop::CodeRecord& code,
                   Observations observations = {}, const ModuleHints* hints = nullptr);

  /// Creates the function at the builder's insertion point.
  mlir::func::FuncOp run(llvm::StringRef name);
  /// Creates one that goes on with the registers of a frame at one of the words, of which it is
  /// told which (continuations.h).
  mlir::func::FuncOp runFrom(llvm::StringRef name, llvm::ArrayRef<uint32_t> words);

private:
  struct BlockInfo {
    mlir::Block* block = nullptr;
    uint32_t word = 0;
    unsigned depth = 0; // temporaries at entry, without a handler's exception
    bool isHandler = false;
    bool isQueued = false;
  };

  // Structure of the code.
  void findLeaders();
  void findWrittenLocals();
  unsigned firstFree() const { return code_.localCount - code_.freeCount; }
  unsigned depthAt(uint32_t word) const;
  mlir::Block* blockAt(uint32_t word);
  void importBlock(BlockInfo& info);
  mlir::func::FuncOp create(llvm::StringRef name, llvm::ArrayRef<mlir::Type> inputs);
  void importEntry();
  void importEntryAt(uint32_t word);
  void importEntries(llvm::ArrayRef<uint32_t> words);
  void importQueue();
  mlir::Value loadRegister(int index);
  mlir::Value loadFreeVariable(unsigned local);

  // One instruction each; false when control does not fall through.
  bool importInstruction(uint32_t word);
  bool importRename(uop::Opcode opcode, const uint64_t* at);
  bool importControl(uop::Opcode opcode, const uint64_t* at, uint32_t word);
  void importGeneric(uop::Opcode opcode, const uint64_t* at, uint32_t word);
  void importConstant(const uint64_t* at);
  mlir::Value scalarConstant(uint32_t index);
  mlir::Value objectConstant(uint32_t index);
  void importReturn(int reg);
  void importThrow(llvm::StringRef kind, llvm::ArrayRef<int> registers, uint32_t word);
  void importBranch(mlir::Value condition, uint32_t taken, uint32_t next);
  void importForIter(const uint64_t* at, uint32_t word);
  void importEndAsyncFor(int exception, uint32_t exhausted, uint32_t word);

  // Generators.
  /// The word of the resumption that begins a generator.
  static constexpr uint32_t kStart = UINT32_MAX;
  bool isGenerator() const { return (code_.flags & uop::kCodeSuspends) != 0; }
  void importYield(const uint64_t* at, uint32_t word);
  void importYieldFrom(const uint64_t* at, uint32_t word);
  mlir::Value suspend(mlir::Value value, uint32_t word);
  mlir::Value hoistedConstant(unsigned local);
  void importResumption(mlir::Block* entry);

  // Observations.
  mlir::ArrayAttr guardedTypes(const profile::Slot& slot) const;
  void observe(mlir::Value value, const profile::Slot& slot, uint32_t next);
  void observeParameters();
  void observeResumed(uint32_t next);
  const profile::Slot* seenLater(int16_t reg, uint32_t word) const;
  const profile::Slot& seenOf(const uop::ProfiledOperand& result, const profile::Slot& slot,
                              uint32_t next) const;
  mlir::ArrayAttr seenAt(const profile::Site& site) const;
  void observeResults(mlir::Operation* op, const uint64_t* at, uint32_t word);
  void attachSeen(mlir::Operation* op, uint32_t word);
  bool hasRaised(const profile::Site& site) const;

  // Hints, where nothing was observed (import_hints.cpp).
  bool usesHints() const { return hints_ && !observations_; }
  uop::Hint hintOfRegister(int index) const;
  void suppose(mlir::Value value, uop::Hint hint, uint32_t next);
  void supposeParameters();
  void supposeResults(mlir::Operation* op, llvm::ArrayRef<int> outputs, uint32_t next);
  void attachHints(mlir::Operation* op, uint32_t word);

  // Registers.
  RegisterState& reg(int index);
  mlir::Value read(int index);
  void write(int index, mlir::Value value, Hold hold);
  void release(RegisterState& state);
  void consume(int index);
  void settleBorrowers(unsigned local);
  void settle(RegisterState& state);
  bool isTracked(unsigned local) const { return tracked_[local]; }

  // Frame states and exceptional edges.
  void appendState(mlir::OperationState& op, uint32_t word);
  void finishRaising(uint32_t word);
  void branchTo(uint32_t word);
  llvm::SmallVector<mlir::Value> edgeArguments(unsigned depth);

  mlir::Value null();
  mlir::Location locationAt(uint32_t word);
  const uop::ExceptionEntry* handlerAt(uint32_t word) const;

  mlir::OpBuilder& b_;
  uop::ImageView image_;
  const uop::CodeRecord& code_;
  const uint64_t* words_;
  Observations observations_;
  const ModuleHints* hints_;
  mlir::Type valueType_;
  mlir::Location loc_;
  mlir::Region* body_ = nullptr;
  std::map<uint32_t, BlockInfo> blocks_;
  llvm::SmallVector<uint32_t> queue_;
  llvm::SmallVector<bool> tracked_;
  llvm::SmallVector<RegisterState> locals_;
  llvm::SmallVector<RegisterState> temporaries_;
  llvm::SmallVector<RegisterState> frameLocals_; // untracked: same in every block
  llvm::SmallVector<std::pair<uint32_t, mlir::Block*>> resumptions_; // by word of the yield
  llvm::DenseMap<unsigned, mlir::Value> constants_; // a generator's, by local register
};

} // namespace pyc
