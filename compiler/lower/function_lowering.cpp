#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace pyc {

FunctionLowering::FunctionLowering(ModuleOp module, func::FuncOp function,
                                   const uop::CodeRecord& code, const NativeFunctions& natives)
    : module_(module), function_(function), code_(code), natives_(natives),
      b_(function.getContext()), loc_(function.getLoc()), i64_(b_.getI64Type()),
      i32_(b_.getI32Type()), i1_(b_.getI1Type()), ptr_(LLVM::LLVMPointerType::get(b_.getContext())),
      f64_(b_.getF64Type()), suffix_(std::to_string(code.index)) {}

void FunctionLowering::run() {
  eraseValueTypes();
  findPairLoops();
  findCalleeNames();
  SmallVector<Operation*> operations;
  function_.walk([&](Operation* op) {
    if (op->getDialect() && op->getDialect()->getNamespace() == "uop")
      operations.push_back(op);
  });
  if (!isGenerator()) // resumption looks at the stack limit
    lowerEntryPoll();
  for (Operation* op : operations)
    lower(op);
  for (Operation* op : dead_)
    op->dropAllUses();
  for (Operation* op : dead_)
    op->erase();
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

void FunctionLowering::lower(Operation* op) {
  loc_ = op->getLoc();
  b_.setInsertionPoint(op);
  if (!lowerSpecial(op) && !lowerCall(op) && !lowerOperator(op))
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
                                          "load_deref",
                                          "delete_deref",
                                          "load_from_dict_or_deref",
                                          "import_from",
                                          "call_kw",
                                          "call_method_kw",
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

/// The operation that ends the count of an operand right behind the operation, or null.
static Operation* endOfOperand(Operation* op, Value operand) {
  Operation* next = op->getNextNode();
  while (isa_and_present<ir::DecrefOp>(next) && next->getOperand(0) != operand)
    next = next->getNextNode();
  return isa_and_present<ir::DecrefOp>(next) ? next : nullptr;
}

void FunctionLowering::lowerGeneric(Operation* op) {
  StringRef mnemonic = op->getName().stripDialect();
  bool raises = ir::hasState(op);
  SmallVector<Value> arguments;
  if (needsContext(mnemonic)) {
    arguments.push_back(self());
    auto pc = op->getAttrOfType<IntegerAttr>("pc");
    arguments.push_back(constant(i32_, pc ? pc.getInt() : 0));
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
// Failure: exceptions and side exits
//===----------------------------------------------------------------------===//

Block* FunctionLowering::coldBlock() {
  Block* block = new Block();
  function_.getBody().push_back(block);
  return block;
}

/// Ends the block with a branch that is almost never taken; goes on in a new block.
void FunctionLowering::branchCold(Value condition, Block* cold) {
  Block* block = b_.getInsertionBlock();
  Block* rest = block->splitBlock(b_.getInsertionPoint());
  b_.setInsertionPointToEnd(block);
  LLVM::CondBrOp::create(b_, loc_, condition, cold, ValueRange(), rest, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToStart(rest);
}

void FunctionLowering::raiseIf(Operation* op, Value failed) {
  Block* cold = coldBlock();
  branchCold(failed, cold);
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(cold);
  emitRaisePath(op);
}

void FunctionLowering::exitIf(Operation* op, Value failed) {
  Block* cold = coldBlock();
  branchCold(failed, cold);
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(cold);
  emitExit(op);
}

/// Boxes that were made for this operation alone.
void FunctionLowering::releaseScoped(Operation* op) {
  for (Value operand : op->getOperands().take_front(ir::stateBegin(op)))
    if (auto* box = operand.getDefiningOp(); box && box->hasAttr("scoped"))
      call("pyc_release", {}, operand);
}

/// The exception is raised: traceback entry, releases, then the handler or out of the function.
void FunctionLowering::emitRaisePath(Operation* op) {
  auto pc = op->getAttrOfType<IntegerAttr>("pc");
  call("pyc_add_traceback", {}, {self(), constant(i32_, pc.getInt())});
  releaseScoped(op);
  auto unwind = ir::unwindOf(op);
  emitCleanup(op, unwind ? static_cast<int>(unwind.getDepth()) : -1);
  if (unwind)
    LLVM::BrOp::create(b_, loc_, unwind.getHandlerArgs(), unwind.getHandler());
  else
    emitReturn(constant(i64_, 0));
}

/// Releases what the frame state owns: temporaries from `depth` on, or with -1 everything.
void FunctionLowering::emitCleanup(Operation* op, int depth) {
  auto registers = ir::stateRegisters(op);
  auto owned = op->getAttrOfType<DenseBoolArrayAttr>("owned");
  for (auto [i, value] : llvm::enumerate(ir::stateOf(op))) {
    if (!owned[i] || !isBoxed(value) || value.getDefiningOp<ir::RangeIteratorOp>())
      continue;
    if (depth < 0 || registers[i] >= depth)
      call("pyc_release", {}, value);
  }
}

void FunctionLowering::emitExit(Operation* op) {
  releaseScoped(op);
  SmallVector<Value> spilled;
  Value info = deoptInfo(op, spilled);
  Value words = spill(spilled);
  SmallVector<Value> arguments{self(), info, words};
  if (isGenerator())
    arguments.push_back(function_.getArgument(1));
  Value result = call(isGenerator() ? "pyc_deopt_generator" : "pyc_deopt", i64_, arguments);
  emitReturn(result);
}

/// A constant array in the module.
static Value constantArray(OpBuilder& b, ModuleOp module, Location loc, StringRef name,
                           Type element, DenseElementsAttr values) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(module.getBody());
  auto type = LLVM::LLVMArrayType::get(element, values.getNumElements());
  LLVM::GlobalOp::create(b, loc, type, true, LLVM::Linkage::Private, name, values);
  return {};
}

/// The address of an operation's name, as C knows texts.
Value FunctionLowering::guardName(StringRef name) {
  std::string symbol = ("guard$" + name).str();
  if (!module_.lookupSymbol(symbol)) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    std::string bytes = name.str() + '\0';
    auto type = LLVM::LLVMArrayType::get(b_.getI8Type(), bytes.size());
    LLVM::GlobalOp::create(b_, module_.getLoc(), type, true, LLVM::Linkage::Private, symbol,
                           b_.getStringAttr(bytes));
  }
  return LLVM::AddressOfOp::create(b_, loc_, ptr_, symbol);
}

/// The DeoptInfo of op's frame state, and the words to spill for it.
Value FunctionLowering::deoptInfo(Operation* op, SmallVectorImpl<Value>& spilled) {
  SmallVector<int16_t> registers;
  SmallVector<int8_t> kinds;
  auto append = [&](int16_t reg, Value value, bool isOwned = false) {
    registers.push_back(reg);
    if (auto range = value.getDefiningOp<ir::RangeIteratorOp>()) {
      kinds.push_back(rt::kDeoptRangeIterator);
      spilled.append({range.getNext(), range.getStop(), range.getStep()});
    } else if (isBoxed(value)) {
      kinds.push_back(isOwned ? rt::kDeoptOwned : rt::kDeoptBorrowed);
      spilled.push_back(value);
    } else if (value.getType() == f64_) {
      kinds.push_back(rt::kDeoptFloat);
      spilled.push_back(LLVM::BitcastOp::create(b_, loc_, i64_, value));
    } else if (value.getType() == i1_) {
      kinds.push_back(rt::kDeoptBool);
      spilled.push_back(LLVM::ZExtOp::create(b_, loc_, i64_, value));
    } else {
      kinds.push_back(rt::kDeoptInt);
      spilled.push_back(value);
    }
  };
  auto owned = op->getAttrOfType<DenseBoolArrayAttr>("owned");
  for (auto [i, value] : llvm::enumerate(ir::stateOf(op)))
    append(ir::stateRegisters(op)[i], value, owned[i]);
  // Parameters that are never written, which no frame state lists.
  auto tracked = function_->getAttrOfType<DenseBoolArrayAttr>("uop.tracked");
  for (unsigned i = 1; !isGenerator() && i < function_.getNumArguments(); ++i)
    if (!tracked[i - 1]) {
      append(uop::localRegister(i - 1), function_.getArgument(i));
    }

  std::string name =
      "deopt$" + suffix_ + "$" + std::to_string(module_.getBody()->getOperations().size());
  auto pc = op->getAttrOfType<IntegerAttr>("pc").getInt();
  int64_t count = registers.size();
  auto registersType = RankedTensorType::get({count}, b_.getI16Type());
  auto kindsType = RankedTensorType::get({count}, b_.getI8Type());
  if (count != 0) {
    constantArray(b_, module_, loc_, name + ".registers", b_.getI16Type(),
                  DenseElementsAttr::get(registersType, ArrayRef<int16_t>(registers)));
    constantArray(b_, module_, loc_, name + ".kinds", b_.getI8Type(),
                  DenseElementsAttr::get(kindsType, ArrayRef<int8_t>(kinds)));
  }
  {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToEnd(module_.getBody());
    auto type = LLVM::LLVMStructType::getLiteral(b_.getContext(), {i32_, i32_, ptr_, ptr_, ptr_});
    auto global =
        LLVM::GlobalOp::create(b_, loc_, type, true, LLVM::Linkage::Private, name, Attribute());
    b_.createBlock(&global.getInitializerRegion());
    Value record = LLVM::UndefOp::create(b_, loc_, type);
    auto insert = [&](Value value, int64_t at) {
      record = LLVM::InsertValueOp::create(b_, loc_, record, value, ArrayRef<int64_t>{at});
    };
    auto address = [&](StringRef part) -> Value {
      if (count == 0)
        return LLVM::ZeroOp::create(b_, loc_, ptr_);
      return LLVM::AddressOfOp::create(b_, loc_, ptr_, name + part.str());
    };
    insert(constant(i32_, pc), 0);
    insert(constant(i32_, count), 1);
    insert(address(".registers"), 2);
    insert(address(".kinds"), 3);
    insert(guardName(op->getName().stripDialect()), 4);
    LLVM::ReturnOp::create(b_, loc_, record);
  }
  return LLVM::AddressOfOp::create(b_, loc_, ptr_, name);
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

Value FunctionLowering::self() {
  return function_.getArgument(0);
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
  std::string name = (table + "$" + suffix_).str();
  if (!module_.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    unsigned count = table == "constants" ? code_.constantCount
                     : table == "caches"  ? code_.attrCacheCount
                                          : code_.nameCount;
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
