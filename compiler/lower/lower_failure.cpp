// Leaving a function's native code: exceptions, and side exits through a frame state.

#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;

namespace pyc {

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

bool FunctionLowering::raisesInPlace(Operation* op) {
  auto raises = op->getAttrOfType<BoolAttr>("raises");
  return raises && (!raises.getValue() || ir::unwindOf(op));
}

void FunctionLowering::raiseOrExitIf(Operation* op, Value failed, StringRef entry,
                                     ValueRange arguments) {
  if (!raisesInPlace(op))
    return exitIf(op, failed);
  Block* cold = coldBlock();
  branchCold(failed, cold);
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(cold);
  call(entry, i64_, arguments);
  emitRaisePath(op);
}

/// Boxes that were made for this operation alone.
void FunctionLowering::releaseScoped(Operation* op) {
  for (Value operand : op->getOperands().take_front(ir::stateBegin(op)))
    if (auto* box = operand.getDefiningOp(); box && box->hasAttr("scoped"))
      call("pyc_release", {}, operand);
}

/// The exception is raised: traceback entry, releases, then the handler or out of the function.
void FunctionLowering::emitRaisePath(Operation* op) {
  call("pyc_add_traceback", {}, {self(), constant(i32_, ir::wordOf(op))});
  releaseScoped(op);
  auto unwind = ir::unwindOf(op);
  emitCleanup(op, unwind ? static_cast<int>(unwind.getDepth()) : -1);
  if (unwind) {
    flushReleases();
    LLVM::BrOp::create(b_, loc_, unwind.getHandlerArgs(), unwind.getHandler());
    return;
  }
  leaveCallers(op);
  leaveReleasing();
}

/// The exception leaves code of inlined functions: the frames of their calls end as well.
void FunctionLowering::leaveCallers(Operation* op) {
  for (auto caller = ir::callerOf(op); caller; caller = ir::callerOf(caller)) {
    flushReleases();
    call("pyc_add_traceback", {}, {selfAt(caller), constant(i32_, ir::wordOf(caller))});
    emitReleases(caller.getState(), caller.getRegisters(), caller.getOwned(), -1);
  }
}

/// Releases what the frame of the operation's code owns: temporaries from `depth` on, or with -1
/// everything. The last of them wait in delayed_.
void FunctionLowering::emitCleanup(Operation* op, int depth) {
  auto inlined = op->getAttrOfType<IntegerAttr>("inlined");
  if (inlined && !ir::callerOf(op)) {
    auto frame = findFrame(ir::stateOf(op), inlined.getInt());
    emitReleases(frame.getValues(), frame.getSlots(), frame.getCounted(), depth);
    return;
  }
  emitReleases(ir::stateOf(op), ir::stateRegisters(op),
               op->getAttrOfType<DenseBoolArrayAttr>("owned").asArrayRef(), depth);
}

/// Of what may be null, or a function in the frame.
void FunctionLowering::release(Value value) {
  if (localFunctions_.contains(value))
    endLocalFunction(value);
  else
    call("pyc_release", {}, value);
}

void FunctionLowering::flushReleases() {
  for (Value value : delayed_)
    release(value);
  delayed_.clear();
}

/// Releases what waits and returns without a value. A function has as many such ends as there are
/// operations that raise, each with all that the frame owns: what comes last, from the first value
/// in common on, is the same code.
void FunctionLowering::leaveReleasing() {
  Block* next = nullptr;
  for (Value value : llvm::reverse(delayed_))
    next = releaseBefore(value, next);
  delayed_.clear();
  if (next)
    LLVM::BrOp::create(b_, loc_, ValueRange(), next);
  else
    emitReturn(constant(i64_, 0));
}

/// The block that releases the value and goes on at `next`, or returns where that is null. The
/// value that is compared is the call's own operand: values are replaced while code is lowered.
Block* FunctionLowering::releaseBefore(Value value, Block* next) {
  SmallVector<Block*>& known = releases_[next];
  for (Block* block : known)
    if (block->front().getOperand(0) == value)
      return block;
  Block* block = coldBlock();
  known.push_back(block);
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(block);
  release(value);
  if (next)
    LLVM::BrOp::create(b_, loc_, ValueRange(), next);
  else
    emitReturn(constant(i64_, 0));
  return block;
}

/// The innermost generator whose code the operation is.
ir::GeneratorFrameOp FunctionLowering::findFrame(ValueRange values, int64_t frame) {
  for (Value value : values)
    if (auto generator = value.getDefiningOp<ir::GeneratorFrameOp>()) {
      if (generator.getFrame() == frame)
        return generator;
      if (auto inner = findFrame(generator.getValues(), frame))
        return inner;
    } else if (auto reduction = value.getDefiningOp<ir::ReductionOp>()) {
      if (auto inner = findFrame(reduction.getValues(), frame))
        return inner;
    }
  return {};
}

/// Numbers that are values only behind a side exit: nothing is counted.
static bool isMadeForExits(Value value) {
  return isa_and_present<ir::RangeIteratorOp, ir::NumberOrNullOp, ir::VirtualComplexOp>(
      value.getDefiningOp());
}

void FunctionLowering::emitReleases(ValueRange values, ArrayRef<int16_t> registers,
                                    ArrayRef<bool> owned, int depth) {
  auto isReleased = [&](unsigned i) { return owned[i] && (depth < 0 || registers[i] >= depth); };
  llvm::SmallPtrSet<Operation*, 4> settled; // objects of parts that live on, or were released
  for (auto [i, value] : llvm::enumerate(values))
    if (Operation* object = value.getDefiningOp();
        isa_and_present<ir::GeneratorFrameOp, ir::ReductionOp>(object) && owned[i] &&
        !isReleased(i))
      settled.insert(object);
  // The last first, as a frame is cleared.
  for (unsigned i = values.size(); i-- > 0;) {
    Value value = values[i];
    if (!isReleased(i) || !isBoxed(value) || uncounted_.contains(value) || isMadeForExits(value))
      continue;
    auto generator = value.getDefiningOp<ir::GeneratorFrameOp>();
    bool isObject = !isVirtual(value) && !generator && !localIterators_.contains(value) &&
                    !value.getDefiningOp<ir::ReductionOp>();
    if (isObject) {
      delayed_.push_back(value);
      continue;
    }
    flushReleases();
    if (isVirtual(value))
      releaseVirtual(value.getDefiningOp());
    else if (auto reduction = value.getDefiningOp<ir::ReductionOp>()) {
      if (!settled.insert(reduction).second)
        continue;
      SmallVector<int16_t> slots(reduction->getNumOperands());
      SmallVector<bool> counted(slots.size(), true);
      emitReleases(reduction->getOperands(), slots, counted, -1);
    } else if (localIterators_.contains(value))
      endLocalIterator(value);
    else if (settled.insert(generator).second) {
      emitReleases(generator.getValues(), generator.getSlots(), generator.getCounted(), -1);
      delayed_.push_back(generator.getFunction());
    }
  }
}

void FunctionLowering::emitExit(Operation* op) {
  releaseScoped(op);
  SmallVector<Value> spilled;
  Value info = deoptInfo(op, spilled);
  Value words = spill(spilled);
  SmallVector<Value> arguments{function_.getArgument(0), info, words};
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

/// The entries of a frame state (runtime/abi/native.h) and the words to spill for them.
class FunctionLowering::StateWriter {
public:
  StateWriter(FunctionLowering& lowering, SmallVectorImpl<Value>& spilled)
      : lowering_(lowering), spilled_(spilled) {}

  SmallVector<int16_t> registers;
  SmallVector<int8_t> kinds;

  /// Notes how often an entry's value is owned; to be called for all before the first append.
  void countOwner(Value value, int64_t count) {
    if (auto generator = value.getDefiningOp<ir::GeneratorFrameOp>();
        generator && counted_.insert(generator).second)
      for (auto [held, isOwned] : llvm::zip(generator.getValues(), generator.getCounted()))
        countOwner(held, isOwned);
    if (!isVirtual(value))
      return;
    Operation* op = value.getDefiningOp();
    owners_[op] += count;
    auto counted = op->getAttrOfType<DenseBoolArrayAttr>("counted").asArrayRef();
    for (auto [i, part] : llvm::enumerate(op->getOperands()))
      countOwner(part, counted[i] ? count : 0);
  }

  /// What is appended from here on is of the frame of a call's callee.
  void enterFrame(rt::InlinedCall kind, Value function, int64_t word) {
    add(kind, rt::kDeoptFrame, function);
    spilled_.push_back(lowering_.constant(lowering_.i64_, word));
  }

  void append(int16_t reg, Value value, bool isOwned) {
    OpBuilder& b = lowering_.b_;
    Location loc = lowering_.loc_;
    if (Operation* op = value.getDefiningOp();
        isa_and_present<ir::RangeIteratorOp, ir::GeneratorFrameOp, ir::ReductionOp>(op))
      return appendObject(reg, op);
    if (auto number = value.getDefiningOp<ir::NumberOrNullOp>())
      return appendNumberOrNull(reg, number);
    if (auto number = value.getDefiningOp<ir::VirtualComplexOp>())
      return add(reg, rt::kDeoptOwned, lowering_.boxComplex(number));
    if (isVirtual(value))
      return appendVirtual(reg, value.getDefiningOp());
    value = moved(value);
    if (lowering_.isBoxed(value))
      return add(reg, isOwned ? rt::kDeoptOwned : rt::kDeoptBorrowed, value);
    if (value.getType() == lowering_.f64_)
      return add(reg, rt::kDeoptFloat, LLVM::BitcastOp::create(b, loc, lowering_.i64_, value));
    if (value.getType() == lowering_.i1_)
      return add(reg, rt::kDeoptBool, LLVM::ZExtOp::create(b, loc, lowering_.i64_, value));
    add(reg, rt::kDeoptInt, value);
  }

private:
  void add(int16_t reg, rt::DeoptKind kind, Value word) {
    registers.push_back(reg);
    kinds.push_back(kind);
    spilled_.push_back(word);
  }

  /// An iterator or function in the function's frame, which is moved once; others as they are.
  Value moved(Value value) {
    Value iterator = lowering_.localIterators_.lookup(value);
    Value memory = iterator ? iterator : lowering_.localFunctions_.lookup(value);
    if (!memory)
      return value;
    Value& result = moved_[value];
    if (!result) {
      StringRef entry = iterator ? "pyc_move_local_iter" : "pyc_move_local_function";
      result = lowering_.call(entry, lowering_.i64_, {value, memory});
      lowering_.boxed_.insert(result);
    }
    return result;
  }

  /// Boxes of floats and bools are nobody's, and made here.
  void appendNumberOrNull(int16_t reg, ir::NumberOrNullOp number) {
    OpBuilder& b = lowering_.b_;
    Location loc = lowering_.loc_;
    Value bound = number.getBound();
    if (number.getValue().getType() == lowering_.i64_) {
      add(reg, rt::kDeoptIntOrNull, number.getValue());
      spilled_.push_back(LLVM::ZExtOp::create(b, loc, lowering_.i64_, bound));
      return;
    }
    Value boxed = lowering_.boxMachineValue(number.getValue());
    Value null = lowering_.constant(lowering_.i64_, 0);
    add(reg, rt::kDeoptOwned, LLVM::SelectOp::create(b, loc, bound, boxed, null));
  }

  /// An object that exists only here; the same one in several registers is made once.
  void appendObject(int16_t reg, Operation* op) {
    if (auto known = made_.find(op); known != made_.end())
      return add(reg, rt::kDeoptAgain, lowering_.constant(lowering_.i64_, known->second));
    if (auto reduction = dyn_cast<ir::ReductionOp>(op)) {
      add(reg, rt::kDeoptReduction, reduction.getFunction());
      int64_t size = reduction.getValues().size();
      spilled_.push_back(lowering_.constant(lowering_.i64_, size));
      for (Value value : reduction.getValues())
        append(0, value, true);
      made_[op] = count_++;
      return;
    }
    if (auto range = dyn_cast<ir::RangeIteratorOp>(op)) {
      add(reg, rt::kDeoptRangeIterator, range.getNext());
      spilled_.append({range.getStop(), range.getStep()});
      made_[op] = count_++;
      return;
    }
    auto generator = cast<ir::GeneratorFrameOp>(op);
    made_[op] = count_++;
    add(reg, rt::kDeoptGenerator, moved(generator.getFunction()));
    int64_t size = generator.getValues().size();
    spilled_.append({generator.getResumption(), lowering_.constant(lowering_.i64_, size)});
    for (auto [i, value] : llvm::enumerate(generator.getValues()))
      append(generator.getSlots()[i], value, generator.getCounted()[i]);
  }

  /// An object that nobody saw. One of its owners hands over the counts of what it holds; those of
  /// the others go away.
  void appendVirtual(int16_t reg, Operation* op) {
    if (auto known = made_.find(op); known != made_.end())
      return add(reg, rt::kDeoptAgain, lowering_.constant(lowering_.i64_, known->second));
    auto counted = op->getAttrOfType<DenseBoolArrayAttr>("counted").asArrayRef();
    for (int64_t owner = 1; owner < owners_[op]; ++owner)
      lowering_.releaseParts(op);
    registers.push_back(reg);
    auto instance = dyn_cast<ir::VirtualInstanceOp>(op);
    kinds.push_back(instance ? rt::kDeoptInstance : rt::kDeoptTuple);
    int64_t size = instance ? instance.getNames().size() : op->getNumOperands();
    spilled_.push_back(lowering_.constant(lowering_.i64_, size));
    if (instance)
      lowering_.appendNames(instance, spilled_);
    bool isOwned = owners_[op] > 0;
    for (auto [i, part] : llvm::enumerate(op->getOperands()))
      append(0, part, isOwned && counted[i]);
    made_[op] = count_++;
  }

  FunctionLowering& lowering_;
  SmallVectorImpl<Value>& spilled_;
  llvm::DenseMap<Operation*, int64_t> owners_;
  llvm::SmallPtrSet<Operation*, 4> counted_; // generators
  llvm::DenseMap<Operation*, int64_t> made_;
  llvm::DenseMap<Value, Value> moved_;
  int64_t count_ = 0;
};

/// How the callee of an inlined call was called.
static rt::InlinedCall kindOfCall(Operation* caller) {
  return static_cast<rt::InlinedCall>(caller->getAttrOfType<IntegerAttr>("kind").getInt());
}

/// The DeoptInfo of op's frame state, and the words to spill for it.
Value FunctionLowering::deoptInfo(Operation* op, SmallVectorImpl<Value>& spilled) {
  // Frames of calls that were inlined, the outermost first.
  SmallVector<Operation*> frames{op};
  while (auto caller = ir::callerOf(frames.back()))
    frames.push_back(caller);
  std::reverse(frames.begin(), frames.end());
  StateWriter writer(*this, spilled);
  for (Operation* frame : frames)
    for (auto [value, isOwned] : llvm::zip(ir::stateOf(frame), ir::stateOwned(frame)))
      writer.countOwner(value, isOwned);
  int64_t values = 0;
  for (auto [i, frame] : llvm::enumerate(frames)) {
    if (i > 0) {
      writer.enterFrame(kindOfCall(frames[i - 1]), selfAt(frame), ir::pcOf(frame));
      ++values;
    }
    for (auto [index, value, isOwned] : llvm::zip(ir::stateRegisters(frame).asArrayRef(),
                                                  ir::stateOf(frame), ir::stateOwned(frame))) {
      if (index == rt::kCallerRegister)
        continue;
      writer.append(index, value, isOwned);
      ++values;
    }
    if (i > 0)
      continue;
    // Parameters that are never written, which no frame state lists.
    auto tracked = function_->getAttrOfType<DenseBoolArrayAttr>("uop.tracked");
    unsigned end = isGenerator() || isContinuation() ? 1 : function_.getNumArguments();
    for (unsigned p = 1; p < end; ++p)
      if (!tracked[p - 1]) {
        writer.append(uop::localRegister(p - 1), function_.getArgument(p), false);
        ++values;
      }
  }
  ArrayRef<int16_t> registers = writer.registers;
  ArrayRef<int8_t> kinds = writer.kinds;

  std::string name = newSymbol("deopt");
  int64_t pc = ir::pcOf(frames.front());
  int64_t count = registers.size();
  auto registersType = RankedTensorType::get({count}, b_.getI16Type());
  auto kindsType = RankedTensorType::get({count}, b_.getI8Type());
  if (count != 0) {
    constantArray(b_, module_, loc_, name + ".registers", b_.getI16Type(),
                  DenseElementsAttr::get(registersType, registers));
    constantArray(b_, module_, loc_, name + ".kinds", b_.getI8Type(),
                  DenseElementsAttr::get(kindsType, kinds));
  }
  {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToEnd(module_.getBody());
    auto type =
        LLVM::LLVMStructType::getLiteral(b_.getContext(), {i32_, i32_, ptr_, ptr_, ptr_, i32_});
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
    insert(constant(i32_, values), 1);
    insert(address(".registers"), 2);
    insert(address(".kinds"), 3);
    insert(guardName(op->getName().stripDialect()), 4);
    insert(constant(i32_, isContinuation()), 5);
    LLVM::ReturnOp::create(b_, loc_, record);
  }
  return LLVM::AddressOfOp::create(b_, loc_, ptr_, name);
}

} // namespace pyc
