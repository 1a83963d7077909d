// Lowers one function in place. Boxed values become i64; each operation is replaced by LLVM
// operations; blocks are split where an operation can fail.
#pragma once

#include "compiler/lower/source_scopes.h"
#include "dialects/uop/image.h"
#include "dialects/uop/uop_dialect.h"
#include "runtime/abi/native.h"
#include "runtime/base/item_storage.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace pyc {

/// The module's functions that a call may reach directly, by what a profile calls them.
class NativeFunctions {
public:
  struct Entry {
    std::string symbol;
    unsigned parameters = 0;
    int code = -1; // index in the image; -1: unknown
  };
  explicit NativeFunctions(mlir::ModuleOp module);
  /// `type`: as in `seen`, "function M.Q"; null when there is no native code of that name.
  const Entry* find(llvm::StringRef type) const;

private:
  llvm::StringMap<Entry> byName_;
};

class FunctionLowering {
public:
  /// `symbols` counts those that the functions of the module have made.
  FunctionLowering(mlir::ModuleOp module, mlir::func::FuncOp function, uop::ImageView image,
                   const NativeFunctions& natives, mlir::LLVM::DICompileUnitAttr unit,
                   unsigned& symbols);
  void run();

private:
  std::string newSymbol(llvm::StringRef kind);
  void eraseValueTypes();
  void lowerEntryPoll();
  void lower(mlir::Operation* op);
  void enterFrameOf(mlir::Operation* op);

  /// For each parameter an argument's index, or -k: the k-th default from the end.
  using ParameterSources = llvm::SmallVector<int, 8>;

  // uops by group (function_lowering.cpp, lower_call.cpp, lower_special.cpp, ...).
  void lowerGeneric(mlir::Operation* op);
  bool lowerCall(mlir::Operation* op);
  bool lowerOperator(mlir::Operation* op);
  bool lowerInplaceOperator(mlir::Operation* op);
  struct Special;
  static llvm::SmallVector<Special, 2> specialsOf(mlir::Operation* op);
  mlir::Value callSpecialMethod(mlir::Operation* op, const Special& special,
                                const NativeFunctions::Entry& known);
  bool lowerSpecialMethod(mlir::Operation* op);
  void finishNext(mlir::Operation* op, mlir::Value item);
  mlir::Value callIfFound(mlir::Value method, const NativeFunctions::Entry& known,
                          mlir::ValueRange arguments, mlir::Type type,
                          llvm::function_ref<mlir::Value(mlir::Value)> finish,
                          llvm::function_ref<mlir::Value()> general);
  mlir::Value unlessRefused(mlir::Value answer, llvm::function_ref<mlir::Value()> finish);
  const NativeFunctions::Entry* methodOf(llvm::StringRef type, llvm::StringRef method,
                                         unsigned parameters) const;
  bool answerTruth(mlir::Operation* op, mlir::Value outcome);
  /// Size of an AttrCache.
  static constexpr unsigned kCacheSize = 32;
  mlir::Value cacheMemory(unsigned count = 1);
  /// The two places where one of several shapes may be, in cells that are found by the shape.
  std::pair<mlir::Value, mlir::Value> hashedCells(mlir::Value cells, mlir::Value shape);
  void defineZeroed(llvm::StringRef name, unsigned bytes);
  mlir::Block* lowerAnyConstruction(mlir::Operation* op, mlir::ValueRange window,
                                    mlir::Block* after);
  void finishConstruction(mlir::Value result, mlir::Value instance, mlir::Block* after);
  void finishCreation(mlir::Value result, mlir::ValueRange window, mlir::Value memo,
                      mlir::Block* after);
  mlir::Block* lowerConstruction(mlir::Operation* op, const NativeFunctions::Entry& init,
                                 const ParameterSources& sources, mlir::ValueRange window,
                                 mlir::Block* after);
  const NativeFunctions::Entry* initOf(llvm::StringRef type) const;
  mlir::Value functionAddress(llvm::StringRef symbol, unsigned parameters);
  mlir::Value functionAddress(llvm::StringRef symbol);
  mlir::Value nativeAddress(const NativeFunctions::Entry& entry);
  void lowerLoadMethod(mlir::Operation* op);
  void lowerAttribute(mlir::Operation* op);
  mlir::Value adoptMethod(mlir::Operation* op, mlir::Value object, mlir::Value cells,
                          unsigned count);
  void lowerLoadKnownMethod(mlir::Operation* op);
  void lowerLoadBuiltinMethod(mlir::Operation* op);
  bool lowerBuiltinMethodCall(mlir::Operation* op, mlir::ValueRange window);
  mlir::Value nativeEntryOf(mlir::Value callee);
  mlir::Block* countCallee(mlir::Operation* op, mlir::Value callee, mlir::Block* after);
  // Arguments of known functions (lower_arguments.cpp).
  llvm::SmallVector<llvm::StringRef> keywordsOf(mlir::Operation* call) const;
  std::optional<ParameterSources>
  arrange(mlir::Operation* call, const NativeFunctions::Entry& known, unsigned given) const;
  std::optional<ParameterSources> arrangeConstruction(mlir::Operation* call,
                                                      const NativeFunctions::Entry* init) const;
  mlir::Value callKnown(mlir::Operation* op, const NativeFunctions::Entry& known,
                        const ParameterSources& sources, mlir::ValueRange window, bool isMethod);
  mlir::Block* lowerKnownCall(mlir::Operation* op, const NativeFunctions::Entry& known,
                              const ParameterSources& sources, mlir::ValueRange window,
                              bool isMethod, mlir::Block* after);
  // Items of dicts (lower_dicts.cpp).
  void findDictHints();
  static bool mayBeDict(mlir::Operation* op);
  mlir::Value hintOnStack();
  void findRegisterItems();
  void lowerListAppend(mlir::Operation* op);
  bool lowerBuildList(ir::BuildListOp build);
  void rememberNumber(mlir::Value boxed, mlir::Value number);
  bool lowerHinted(mlir::Operation* op);
  // f(*args, **kwargs) (lower_forwarding.cpp).
  void findForwardedCalls();
  bool lowerForwarded(mlir::Operation* op);
  // super().name() (lower_super.cpp).
  void lowerLoadSuper(mlir::Operation* op);
  void lowerLoadSuperMethod(mlir::Operation* op);
  bool lowerSpecial(mlir::Operation* op);
  // Typed entries (lower_typed.cpp).
  void lowerCallTyped(mlir::Operation* op);
  void raiseIfNull(mlir::Operation* op, mlir::Value boxed, mlir::Value value);
  void lowerEnterTyped(mlir::Operation* op);
  void lowerTypedResult(mlir::Operation* op);
  void lowerBoxResult(mlir::Operation* op);
  void lowerGuardSelfGlobal(mlir::Operation* op);
  bool hasTypedResult() { return function_.getNumResults() == 2; }
  /// Returns a value or, with null, the exception that is raised.
  void emitReturn(mlir::Value value);
  mlir::Value isExpectedCallee(mlir::Operation* op, llvm::StringRef symbol);
  mlir::Value generalCall(mlir::Operation* op, mlir::ValueRange window, bool isMethod);

  // Inlined calls (lower_inlined.cpp).
  void lowerInlinedCall(mlir::Operation* op);
  void replaceByFunction(mlir::Operation* op, mlir::Value function);
  void lowerGuardConstruction(mlir::Operation* op);
  mlir::Value orExit(mlir::Operation* op, mlir::Value found,
                     llvm::function_ref<mlir::Value()> search);
  void lowerNext(mlir::Operation* op);
  void lowerNextObject(mlir::Operation* op);
  void lowerNextNumber(mlir::Operation* op, llvm::StringRef items);
  /// The number of a value that a step over a list made, if it is of the type; null else.
  mlir::Value steppedTo(mlir::Value value, mlir::Type type) const {
    mlir::Value number = listSteps_.lookup(value).number;
    return number && number.getType() == type ? number : mlir::Value();
  }
  // `for a, b in ...` (lower_pairs.cpp).
  struct PairLoop {
    mlir::Operation *next, *unpack, *release;
    mlir::Value slots;
  };
  void findPairLoops();
  void lowerPairUnpack(PairLoop& loop);
  // Unpacking in line (lower_unpack.cpp).
  struct UnpackSource;
  mlir::Value storedItem(const UnpackSource& source, int32_t index);
  mlir::Value numberOrExit(mlir::Operation* op, mlir::Value value, mlir::Type type);
  llvm::SmallVector<mlir::Value> unpackedItems(ir::UnpackItemsOp op, const UnpackSource& source);
  mlir::Value itemsToUnpack(ir::UnpackItemsOp op, bool isTuple);
  mlir::Block* splitForSources(ir::UnpackItemsOp op);
  mlir::Block* branchTo(mlir::Value condition, mlir::Block* rest);
  void lowerUnpackItems(ir::UnpackItemsOp op);
  // Iterators in the function's frame (lower_iterators.cpp).
  void findLocalIterators();
  void lowerLocalIterator(mlir::Operation* op);
  void endLocalIterator(mlir::Value iterator);
  // Functions in the frame (lower_local_functions.cpp).
  void findLocalFunctions();
  void lowerLocalFunction(ir::MakeFunctionOp made);
  void endLocalFunction(mlir::Value function);
  // Built-in functions and methods (lower_builtins.cpp).
  void findCalleeNames();
  mlir::Value tryBuiltin(mlir::Operation* op, mlir::ValueRange window, bool isMethod,
                         mlir::Block* after);
  void raiseIfRaised(mlir::Value answer, mlir::Block* after);
  void lowerGlobalLoad(mlir::Operation* op);
  void lowerLoadDeref(mlir::Operation* op);
  void lowerGlobalStore(mlir::Operation* op);
  void lowerThrow(mlir::Operation* op);
  void lowerSuspend(mlir::Operation* op);
  void lowerSend(mlir::Operation* op);
  void lowerCheckedArith(mlir::Operation* op, llvm::StringRef intrinsic);
  void lowerOutcome(mlir::Operation* op, llvm::StringRef entry, mlir::Type result);

  // Objects' memory (lower_slots.cpp).
  struct LayoutCells {
    std::string name;
    unsigned count = 0;
    /// The attributes' names: a code and the index in its names, for inlined code has its own.
    llvm::SmallVector<std::pair<unsigned, unsigned>> names;
  };
  mlir::Value namesOf(const LayoutCells& cells);
  LayoutCells& layoutCells(mlir::StringAttr layout);
  void testLayout(mlir::Value object, LayoutCells& cells, mlir::Block* fits,
                  llvm::function_ref<void()> other);
  void lowerGuardShape(mlir::Operation* op);
  void lowerLoadSlot(mlir::Operation* op);
  void lowerStoreSlot(mlir::Operation* op);
  void dropFlag(mlir::Operation* op, mlir::Value old);
  void storeNumberIfSafe(mlir::Operation* op, mlir::Value value, mlir::Value old);
  void lowerAddSlot(mlir::Operation* op);
  void lowerListItem(mlir::Operation* op);
  mlir::Value listItemAddress(mlir::Operation* op, rt::ListStorageKind storage);
  // Items of bytes, bytearrays and arrays (lower_arrays.cpp).
  mlir::Type itemType(const rt::ItemFormat& format);
  std::pair<mlir::Value, mlir::Value> itemsOf(mlir::Value object, int64_t storage);
  mlir::Value itemAddress(mlir::Operation* op, mlir::Value data, mlir::Value count,
                          mlir::Value index, mlir::Type item);
  void exitIfForeign(mlir::Operation* op, mlir::Value number);
  void loadArrayItem(mlir::Operation* op, mlir::Value data, mlir::Value count, mlir::Value index);
  mlir::Value isOutOfRange(mlir::Value number, const rt::ItemFormat& format);
  void storeArrayItem(mlir::Operation* op, mlir::Value data, mlir::Value count, mlir::Value index,
                      mlir::Value value);
  void lowerArrayItem(mlir::Operation* op);
  void lowerArrayViewItem(mlir::Operation* op);
  // Views (lower_views.cpp).
  void lowerView(mlir::Operation* op);
  mlir::Value findByLayout(mlir::Operation* look);
  void lowerLayoutLook(mlir::Operation* op);
  void lowerCheck(mlir::Operation* op);
  void lowerMayEnd(mlir::Operation* op);
  void lowerPollRan(mlir::Operation* op);
  mlir::Value viewItemAddress(mlir::Operation* op, mlir::Type item);
  mlir::Value placeInList(mlir::Operation* op, mlir::Value index, mlir::Value count);
  mlir::Value fieldAddress(mlir::Value object, int64_t offset);
  mlir::Value loadField(mlir::Type type, mlir::Value address, llvm::StringRef what);
  void storeField(mlir::Value value, mlir::Value address, llvm::StringRef what);
  static std::string slotTag(int64_t offset);
  mlir::LLVM::TBAATagAttr memoryTag(llvm::StringRef what);

  // Kinds of values: tests that say what a value is not, and decoding.
  mlir::Value compare(mlir::LLVM::ICmpPredicate predicate, mlir::Value lhs, int64_t rhs);
  mlir::Value isNoObject(mlir::Value value);
  mlir::Value isNoInt(mlir::Value value);
  mlir::Value isNoSmallInt(mlir::Value number);
  mlir::Value isNoFloat(mlir::Value value);
  /// Of a float in a register.
  mlir::Value isNotFinite(mlir::Value number);
  mlir::Value decodeInt(mlir::Value value);
  mlir::Value decodeFloat(mlir::Value value);

  // Objects that nobody sees (lower_virtual.cpp).
  static bool isVirtual(mlir::Value value);
  bool isCountedPart(mlir::Value part) const;
  mlir::Value boxPart(mlir::Value part);
  void countParts(mlir::Operation* op);
  void releaseParts(mlir::Operation* op);
  void releaseVirtual(mlir::Operation* op);
  void appendNames(ir::VirtualInstanceOp op, llvm::SmallVectorImpl<mlir::Value>& words);

  // Tuples that are compared without being made (lower_items.cpp).
  struct Items;
  Items itemsOf(mlir::Value operand);
  void releaseBoxes(const Items& items);
  bool lowerItemComparison(mlir::Operation* op);
  bool lowerItemKey(mlir::Operation* op);

  // Failure (lower_failure.cpp).
  /// Splits behind the builder: goes on where `failed` is false, runs the exceptional path
  /// otherwise.
  void raiseIf(mlir::Operation* op, mlir::Value failed);
  /// The same with the side exit through op's frame state.
  void exitIf(mlir::Operation* op, mlir::Value failed);
  /// Whether the operation raises where it stands (`raises`, passes/uop/unbox.cpp).
  static bool raisesInPlace(mlir::Operation* op);
  /// The exceptional path of such an operation behind an entry point that raises; others leave.
  void raiseOrExitIf(mlir::Operation* op, mlir::Value failed, llvm::StringRef entry,
                     mlir::ValueRange arguments);
  void emitRaisePath(mlir::Operation* op);
  void leaveCallers(mlir::Operation* op);
  void emitCleanup(mlir::Operation* op, int depth);
  void emitReleases(mlir::ValueRange values, llvm::ArrayRef<int16_t> registers,
                    llvm::ArrayRef<bool> owned, int depth);
  void release(mlir::Value value);
  void flushReleases();
  void leaveReleasing();
  mlir::Block* releaseBefore(mlir::Value value, mlir::Block* next);
  static ir::GeneratorFrameOp findFrame(mlir::ValueRange values, int64_t frame);
  class StateWriter;
  void emitExit(mlir::Operation* op);
  void releaseScoped(mlir::Operation* op);
  mlir::Value guardName(llvm::StringRef name);
  mlir::Value deoptInfo(mlir::Operation* op, llvm::SmallVectorImpl<mlir::Value>& spilled);
  mlir::Block* coldBlock();
  void branchCold(mlir::Value condition, mlir::Block* cold);

  // Small pieces.
  mlir::Value call(llvm::StringRef name, mlir::Type result, mlir::ValueRange arguments);
  mlir::Value constant(mlir::Type type, int64_t value);
  mlir::Value self() { return selfOf(frame_); }
  mlir::Value selfOf(ir::InlinedFrameOp frame);
  /// The function whose code an operation is.
  mlir::Value selfAt(mlir::Operation* op) { return selfOf(frameOf(op)); }
  ir::InlinedFrameOp frameOf(mlir::Operation* op) const;
  bool isGenerator() const { return (code_.flags & uop::kCodeSuspends) != 0; }
  /// Whether a call goes on in it that left specialised code (import/continuations.h).
  bool isContinuation() { return function_->hasAttr("uop.continues"); }
  mlir::Value symbolAddress(llvm::StringRef symbol);
  mlir::Value boxMachineValue(mlir::Value value, bool isSmall = false);
  /// Of the two parts that the operation has; owned.
  mlir::Value boxComplex(mlir::Operation* op);
  mlir::Value boolOrExit(mlir::Operation* op, mlir::Value value);
  static bool isOnlyObject(mlir::Value value);
  mlir::Value areSame(mlir::Operation* op);
  mlir::Value registerAddress(mlir::Value registers, int index);
  mlir::Value isNull(mlir::Value value);
  mlir::Value isZero(mlir::Value bit);
  mlir::Value spill(mlir::ValueRange values);
  mlir::Value stackArray(unsigned words);
  mlir::Value tableAddress(llvm::StringRef table, unsigned index, unsigned size);
  mlir::Value tableAddress(const uop::CodeRecord& code, llvm::StringRef table, unsigned index,
                           unsigned size);
  mlir::Value nameAddress(mlir::Operation* op);
  void replace(mlir::Operation* op, mlir::ValueRange values);
  bool isBoxed(mlir::Value value) const { return boxed_.contains(value); }
  // Counting: nothing to do for what is known to be a number, None, True or False.
  void incref(mlir::Value value);
  void decref(mlir::Value value);

  mlir::ModuleOp module_;
  mlir::func::FuncOp function_;
  uop::ImageView image_;
  const uop::CodeRecord& code_; // of this function
  unsigned& symbols_;
  const uop::CodeRecord* current_; // of the operation that is being lowered
  ir::InlinedFrameOp frame_;       // null outside of inlined code
  llvm::DenseMap<int64_t, ir::InlinedFrameOp> frames_;
  const NativeFunctions& natives_;
  mlir::OpBuilder b_;
  SourceScopes scopes_;
  mlir::Location loc_;
  mlir::Type i64_, i32_, i1_, ptr_, f64_;
  llvm::DenseSet<mlir::Value> boxed_;
  /// Boxed values that count nothing, those that are functions, and methods of built-in types.
  llvm::DenseSet<mlir::Value> uncounted_, functions_, builtinMethods_;
  llvm::DenseMap<mlir::StringAttr, LayoutCells> layoutCells_;
  llvm::SmallVector<mlir::Operation*> dead_;
  llvm::DenseSet<mlir::Operation*> looks_; // those that are lowered (lower_views.cpp)
  /// Machine ints that are known to need 49 bits only.
  llvm::DenseSet<mlir::Value> smallInts_;
  /// What an exceptional path releases next, and the blocks that release a value, by the block
  /// behind them.
  llvm::SmallVector<mlir::Value> delayed_;
  llvm::DenseMap<mlir::Block*, llvm::SmallVector<mlir::Block*>> releases_;
  /// Steps over lists of numbers, by the boxed number.
  struct ListStep {
    mlir::Value isDone, number;
  };
  llvm::DenseMap<mlir::Value, ListStep> listSteps_;
  /// What calls name: a global or a method.
  llvm::DenseMap<mlir::Operation*, llvm::StringRef> calleeNames_;
  /// Where a key was found last: on the stack, or a symbol's memory.
  struct DictHint {
    mlir::Value slot;
    std::string memory;
  };
  llvm::DenseMap<mlir::Operation*, DictHint> dictHints_;
  /// Calls that forward keywords, and what makes their dict, by the merge that fills it.
  llvm::DenseMap<mlir::Operation*, mlir::Operation*> forwarded_;
  /// Operations that look for a number or append one, which they get as it is.
  llvm::DenseSet<mlir::Operation*> registerItems_;
  /// The numbers of which values were boxed, behind an operation that follows their replacement.
  llvm::DenseMap<mlir::Value, mlir::Value> boxedNumbers_;
  /// super() that only one load_method uses, by that.
  struct SuperCall {
    mlir::Value cache, way, self;
  };
  llvm::DenseMap<mlir::Operation*, SuperCall> superCalls_;
  /// By their `next` and their `unpack_sequence`.
  llvm::DenseMap<mlir::Operation*, PairLoop> pairLoops_;
  /// Memory in the frame, by the iterator that may be there.
  llvm::DenseMap<mlir::Value, mlir::Value> localIterators_;
  /// The same for functions.
  llvm::DenseMap<mlir::Value, mlir::Value> localFunctions_;
};

} // namespace pyc
