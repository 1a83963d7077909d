#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace pyc {

FunctionLowering::FunctionLowering(ModuleOp module, func::FuncOp function, uop::ImageView image,
                                   const NativeFunctions& natives, LLVM::DICompileUnitAttr unit,
                                   unsigned& symbols)
    : module_(module), function_(function), image_(image),
      code_(image.code(function->getAttrOfType<IntegerAttr>("uop.code").getInt())),
      symbols_(symbols), current_(&code_), natives_(natives), b_(function.getContext()),
      scopes_(function, image, unit),
      loc_(function.getLoc()->findInstanceOfOrUnknown<FileLineColLoc>()), i64_(b_.getI64Type()),
      i32_(b_.getI32Type()), i1_(b_.getI1Type()), ptr_(LLVM::LLVMPointerType::get(b_.getContext())),
      f64_(b_.getF64Type()) {}

/// A name in the module, for data of this function.
std::string FunctionLowering::newSymbol(StringRef kind) {
  return (kind + "$" + Twine(code_.index) + "$" + Twine(symbols_++)).str();
}

void FunctionLowering::run() {
  eraseValueTypes();
  if (!isGenerator() && !isContinuation()) // the stack limit was looked at on the way there
    lowerEntryPoll(); // first: memory of the frame stays in the entry block, in front of the poll
  findPairLoops();
  findLocalIterators();
  findLocalFunctions();
  findCalleeNames();
  findForwardedCalls();
  findRegisterItems();
  findDictHints();
  SmallVector<Operation*> operations;
  function_.walk([&](Operation* op) {
    if (op->getDialect() && op->getDialect()->getNamespace() == "uop")
      operations.push_back(op);
    if (auto frame = dyn_cast<ir::InlinedFrameOp>(op))
      frames_[frame.getFrame()] = frame;
  });
  for (Operation* op : operations)
    lower(op);
  for (Operation* op : dead_)
    op->dropAllUses();
  for (Operation* op : dead_)
    op->erase();
  // Folding a branch can leave blocks that nothing leads to, which the next conversion passes over.
  ir::eraseDeadBlocks(function_.getBody());
}

/// Boxed values are i64 from here on; boxed_ remembers which they were.
void FunctionLowering::eraseValueTypes() {
  auto convert = [&](Value value) {
    if (!isa<ir::ValueType>(value.getType()))
      return;
    value.setType(i64_);
    boxed_.insert(value);
  };
  for (Block& block : function_.getBody()) {
    for (BlockArgument argument : block.getArguments())
      convert(argument);
    for (Operation& op : block)
      for (Value result : op.getResults())
        convert(result);
  }
  SmallVector<Type> results{i64_};
  if (hasTypedResult())
    results.push_back(i1_);
  function_.setType(b_.getFunctionType(function_.getBody().getArgumentTypes(), results));
}

/// At the entry: the stack limit, which also requests polls.
void FunctionLowering::lowerEntryPoll() {
  b_.setInsertionPointToStart(&function_.getBody().front());
  Value needed = call("pyc_poll_needed", i1_, {});
  Block* rest = b_.getInsertionBlock()->splitBlock(b_.getInsertionPoint());
  Block* poll = new Block();
  Block* fail = new Block();
  function_.getBody().push_back(poll);
  function_.getBody().push_back(fail);
  auto weights = std::pair<int32_t, int32_t>(1, 1000000);
  b_.setInsertionPointToEnd(&function_.getBody().front());
  LLVM::CondBrOp::create(b_, loc_, needed, poll, ValueRange(), rest, ValueRange(), weights);
  b_.setInsertionPointToEnd(poll);
  Value ok = call("pyc_poll_entry", i1_, {});
  LLVM::CondBrOp::create(b_, loc_, ok, rest, fail);
  b_.setInsertionPointToEnd(fail);
  call("pyc_add_traceback", {}, {self(), constant(i32_, 0)});
  emitReturn(constant(i64_, 0));
}

void FunctionLowering::emitReturn(Value value) {
  SmallVector<Value> results{value};
  if (hasTypedResult())
    results.push_back(constant(i1_, 1));
  func::ReturnOp::create(b_, loc_, results);
}

/// Inlined code uses the names and constants of its own code object.
void FunctionLowering::enterFrameOf(Operation* op) {
  frame_ = frameOf(op);
  current_ = frame_ ? &image_.code(frame_.getCode()) : &code_;
}

void FunctionLowering::lower(Operation* op) {
  loc_ = scopes_.locationOf(op);
  enterFrameOf(op);
  b_.setInsertionPoint(op);
  if (!lowerForwarded(op) && !lowerItemComparison(op) && !lowerSpecialMethod(op) &&
      !lowerOperator(op) && !lowerHinted(op) && !lowerSpecial(op) && !lowerCall(op))
    lowerGeneric(op);
}

//===----------------------------------------------------------------------===//
// Generic uops: one call of the entry point pyc_<uop>
//===----------------------------------------------------------------------===//

/// Entry points that take (self, word) first: they need the globals, or the code for a message.
static bool needsContext(StringRef mnemonic) {
  static const llvm::StringSet<> names = {"store_global",
                                          "delete_global",
                                          "load_name",
                                          "store_name",
                                          "delete_name",
                                          "load_locals",
                                          "load_from_dict_or_globals",
                                          "setup_annotations",
                                          "import_name",
                                          "lazy_import_name",
                                          "import_star",
                                          "make_function",
                                          "load_build_class",
                                          "check_local",
                                          "delete_deref",
                                          "load_from_dict_or_deref",
                                          "import_from",
                                          "call_ex",
                                          "intrinsic1",
                                          "get_yield_from_iter"};
  return names.contains(mnemonic);
}

/// uops whose first operand is a window of registers.
static bool isWindowed(StringRef mnemonic) {
  return (mnemonic.starts_with("build_") && mnemonic != "build_template") ||
         mnemonic.starts_with("call") || mnemonic == "make_function" ||
         mnemonic == "with_except_start" || mnemonic == "load_slice" || mnemonic == "store_slice";
}

/// Whether the block is lowered after that of the operation.
static bool comesLater(Block* block, Operation* op) {
  for (Block* next = op->getBlock()->getNextNode(); next; next = next->getNextNode())
    if (next == block)
      return true;
  return false;
}

/// The operation that ends the count of an operand right behind the operation, or null. If the
/// operation raises, its state owns the operand as before.
static Operation* endOfOperand(Operation* op, Value operand) {
  Operation* next = op->getNextNode();
  if (auto unwind = ir::unwindOf(op)) {
    Block* normal = unwind.getNormal();
    if (!normal->getSinglePredecessor() || !comesLater(normal, op))
      return nullptr;
    next = &normal->front();
  }
  while (isa_and_present<ir::DecrefOp>(next) && next->getOperand(0) != operand)
    next = next->getNextNode();
  return isa_and_present<ir::DecrefOp>(next) ? next : nullptr;
}

/// What loads an item of an object of the type, by an index in a register.
static std::string itemEntry(StringRef type) {
  bool isKnown = type == "str" || type == "bytes" || type == "bytearray" || type == "dict";
  return isKnown ? ("pyc_load_item_" + type).str() : "pyc_load_item_int";
}

void FunctionLowering::lowerGeneric(Operation* op) {
  StringRef mnemonic = op->getName().stripDialect();
  bool raises = ir::hasState(op);
  SmallVector<Value> arguments;
  if (needsContext(mnemonic)) {
    arguments.push_back(self());
    arguments.push_back(constant(i32_, op->hasAttr("pc") ? ir::wordOf(op) : 0));
  }
  // A window comes first and goes through memory; the other operands as they are.
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  unsigned end = raises ? ir::stateBegin(op) : op->getNumOperands();
  unsigned window = !isWindowed(mnemonic) ? 0 : segments ? segments[0] : end;
  if (isWindowed(mnemonic))
    arguments.push_back(spill(op->getOperands().take_front(window)));
  llvm::append_range(arguments, op->getOperands().slice(window, end - window));
  if (op->hasAttr("nameIndex"))
    arguments.push_back(nameAddress(op));
  for (StringRef name :
       {"count", "argc", "before", "total", "level", "conversion", "context", "which"})
    if (auto attr = op->getAttrOfType<IntegerAttr>(name))
      arguments.push_back(constant(i32_, attr.getInt()));
  for (StringRef name : {"value", "names", "code"})
    if (auto attr = op->getAttrOfType<IntegerAttr>(name)) {
      Value address = tableAddress("constants", attr.getInt(), 8);
      arguments.push_back(LLVM::LoadOp::create(b_, loc_, i64_, address));
    }
  if (auto attr = op->getAttrOfType<IntegerAttr>("attrCache"))
    arguments.push_back(tableAddress("caches", attr.getInt(), 32));

  std::string entry = ("pyc_" + mnemonic).str();
  if (isa<ir::LoadItemIntOp>(op))
    entry = itemEntry(ir::onlyType(ir::seenAt(op, 1)));
  if (isa<ir::AddOp, ir::InplaceAddOp>(op))
    if (Operation* end = endOfOperand(op, op->getOperand(0))) {
      entry += "_taking";
      end->setAttr("taken", b_.getUnitAttr());
    }
  bool hasOutWindow =
      op->getNumResults() > 1 || mnemonic == "unpack_sequence" || mnemonic == "unpack_ex";
  if (hasOutWindow) {
    Value out = stackArray(op->getNumResults());
    arguments.push_back(out);
    Value ok = call(entry, i1_, arguments);
    raiseIf(op, isZero(ok));
    SmallVector<Value> results;
    for (unsigned i = 0; i < op->getNumResults(); ++i) {
      Value address =
          LLVM::GEPOp::create(b_, loc_, ptr_, i64_, out, ArrayRef<LLVM::GEPArg>{int32_t(i)});
      results.push_back(LLVM::LoadOp::create(b_, loc_, i64_, address));
    }
    replace(op, results);
    return;
  }
  if (op->getNumResults() == 1) {
    Value result = call(entry, i64_, arguments);
    if (raises)
      raiseIf(op, isNull(result));
    replace(op, result);
    return;
  }
  if (raises)
    raiseIf(op, isZero(call(entry, i1_, arguments)));
  else
    call(entry, {}, arguments);
  replace(op, {});
}

//===----------------------------------------------------------------------===//
// Small pieces
//===----------------------------------------------------------------------===//

Value FunctionLowering::call(StringRef name, Type result, ValueRange arguments) {
  auto declared = module_.lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (!declared) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    Type resultType = result ? result : LLVM::LLVMVoidType::get(b_.getContext());
    SmallVector<Type> types(arguments.getTypes());
    auto type = LLVM::LLVMFunctionType::get(resultType, types);
    declared = LLVM::LLVMFuncOp::create(b_, module_.getLoc(), name, type);
  }
  auto op = LLVM::CallOp::create(b_, loc_, declared, arguments);
  return result ? op.getResult() : Value();
}

Value FunctionLowering::constant(Type type, int64_t value) {
  return LLVM::ConstantOp::create(b_, loc_, type, b_.getIntegerAttr(type, value));
}

ir::InlinedFrameOp FunctionLowering::frameOf(Operation* op) const {
  auto inlined = op->getAttrOfType<IntegerAttr>("inlined");
  return inlined ? frames_.lookup(inlined.getInt()) : ir::InlinedFrameOp();
}

Value FunctionLowering::selfOf(ir::InlinedFrameOp frame) {
  return frame ? frame.getFunction() : Value(function_.getArgument(0));
}

Value FunctionLowering::isNull(Value value) {
  return LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, value, constant(i64_, 0));
}

Value FunctionLowering::isZero(Value bit) {
  return LLVM::XOrOp::create(b_, loc_, bit, constant(i1_, 1));
}

/// Memory in the frame for `words` values; allocas stand in the entry block.
Value FunctionLowering::stackArray(unsigned words) {
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToStart(&function_.getBody().front());
  Value count = constant(i64_, std::max(words, 1u));
  return LLVM::AllocaOp::create(b_, loc_, ptr_, i64_, count, 8);
}

Value FunctionLowering::spill(ValueRange values) {
  Value array = stackArray(values.size());
  for (auto [i, value] : llvm::enumerate(values)) {
    Value address =
        LLVM::GEPOp::create(b_, loc_, ptr_, i64_, array, ArrayRef<LLVM::GEPArg>{int32_t(i)});
    LLVM::StoreOp::create(b_, loc_, value, address);
  }
  return array;
}

/// Address of an entry of one of the code's tables (codegen/tables.cpp defines them).
Value FunctionLowering::tableAddress(StringRef table, unsigned index, unsigned size) {
  return tableAddress(*current_, table, index, size);
}

Value FunctionLowering::tableAddress(const uop::CodeRecord& code, StringRef table, unsigned index,
                                     unsigned size) {
  std::string name = (table + "$" + Twine(code.index)).str();
  if (!module_.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    unsigned count = table == "constants" ? code.constantCount
                     : table == "caches"  ? code.attrCacheCount
                                          : code.nameCount;
    auto type = LLVM::LLVMArrayType::get(b_.getI8Type(), count * size);
    auto global = LLVM::GlobalOp::create(b_, module_.getLoc(), type, false, LLVM::Linkage::Internal,
                                         name, Attribute(), 8);
    b_.createBlock(&global.getInitializerRegion());
    Value zero = LLVM::ZeroOp::create(b_, module_.getLoc(), type);
    LLVM::ReturnOp::create(b_, module_.getLoc(), zero);
  }
  Value base = LLVM::AddressOfOp::create(b_, loc_, ptr_, name);
  return LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), base,
                             ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(index * size)});
}

/// The interned name that the operation carries, a StrObject*.
Value FunctionLowering::nameAddress(Operation* op) {
  unsigned index = op->getAttrOfType<IntegerAttr>("nameIndex").getInt();
  return LLVM::LoadOp::create(b_, loc_, ptr_, tableAddress("names", index, 8));
}

void FunctionLowering::replace(Operation* op, ValueRange values) {
  for (auto [result, value] : llvm::zip(op->getResults(), values)) {
    if (boxed_.contains(result))
      boxed_.insert(value);
    result.replaceAllUsesWith(value);
  }
  dead_.push_back(op);
}

} // namespace pyc
