// Calls: a Python function with native code that takes exactly these arguments is called directly,
// everything else through the runtime.

#include "compiler/lower/explain_calls.h"
#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "runtime/abi/native.h"

using namespace mlir;

namespace pyc {

/// The native __init__ of a class that a profile saw called.
const NativeFunctions::Entry* FunctionLowering::initOf(StringRef type) const {
  if (!type.consume_front("class "))
    return nullptr;
  return natives_.find(("function " + type + ".__init__").str());
}

/// Whether a type as in `seen` is a class that is not built in.
static bool isProgramClass(StringRef type) {
  return type.consume_front("class ") && !type.starts_with("builtins:") && type.contains(':');
}

/// Whether what the call returns is raised: no plain instance.
static bool makesException(Operation* call) {
  return llvm::any_of(call->getUsers(), [](Operation* user) { return isa<ir::ThrowOp>(user); });
}

/// Makes an instance and calls the class's __init__ directly, if the callee is a class with this
/// __init__ and makes its instances in the plain way.
Block* FunctionLowering::lowerConstruction(Operation* op, const NativeFunctions::Entry& init,
                                           const ParameterSources& sources, ValueRange window,
                                           Block* after) {
  Block* enter = new Block();
  Block* other = new Block();
  for (Block* block : {enter, other})
    function_.getBody().getBlocks().insert(after->getIterator(), block);
  Value place = stackArray(1);
  Value instance = call("pyc_begin_construction", i64_,
                        {window[0], nativeAddress(init), place, cacheMemory(), constant(i1_, 0)});
  LLVM::CondBrOp::create(b_, loc_, isNull(instance), other, ValueRange(), enter, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(enter);
  Value function = LLVM::LoadOp::create(b_, loc_, i64_, place);
  functions_.insert(function);
  SmallVector<Value> operands{function, instance};
  llvm::append_range(operands, window.drop_front());
  Value result = callKnown(op, init, sources, operands, false);
  finishConstruction(result, instance, after);
  return other;
}

/// Calls whatever class the callee is, if calling it means to call its __init__, for an exception
/// or a plain instance, or its __new__, and that is a function with native code. The block for
/// other callees.
Block* FunctionLowering::lowerAnyConstruction(Operation* op, ValueRange window, Block* after) {
  auto newBlock = [&] {
    Block* block = new Block();
    function_.getBody().getBlocks().insert(after->getIterator(), block);
    return block;
  };
  Block *begin = newBlock(), *started = newBlock(), *call = newBlock(), *other = newBlock();
  Value first = started->addArgument(i64_, loc_);
  Value place = stackArray(1), memo = cacheMemory();
  Value argc = constant(i32_, static_cast<int64_t>(window.size()) - 1);
  Value found = this->call("pyc_start_construction", i64_, {window[0], argc, place, memo});
  LLVM::CondBrOp::create(b_, loc_, isNull(found), begin, ValueRange(), started, ValueRange{found},
                         std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(begin);
  Value asked = this->call("pyc_begin_any_construction", i64_, {spill(window), argc, place, memo});
  LLVM::CondBrOp::create(b_, loc_, isNull(asked), other, ValueRange(), started, ValueRange{asked});
  b_.setInsertionPointToEnd(started);
  Value function = LLVM::LoadOp::create(b_, loc_, i64_, place);
  LLVM::CondBrOp::create(b_, loc_, isNull(function), after, ValueRange{first}, call, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(call);
  functions_.insert(function);
  SmallVector<Value> operands{this->call("pyc_function_entry", ptr_, function), function, first};
  llvm::append_range(operands, window.drop_front());
  auto type = LLVM::LLVMFunctionType::get(i64_, SmallVector<Type>(operands.size() - 1, i64_));
  auto enter = [&] { return LLVM::CallOp::create(b_, loc_, type, operands).getResult(); };
  Block *create = newBlock(), *initialise = newBlock();
  Value isNew = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, first, window[0]);
  LLVM::CondBrOp::create(b_, loc_, isNew, create, initialise);
  b_.setInsertionPointToEnd(initialise);
  finishConstruction(enter(), first, after);
  b_.setInsertionPointToEnd(create);
  Block* afterCreation = countCallee(op, window[0], after); // it has no instance yet
  finishCreation(enter(), window, memo, afterCreation);
  return other;
}

/// __new__ has returned: to `after` with what the call gives, or null if it raised.
void FunctionLowering::finishCreation(Value result, ValueRange window, Value memo, Block* after) {
  Block* returned = new Block();
  function_.getBody().getBlocks().insert(after->getIterator(), returned);
  LLVM::CondBrOp::create(b_, loc_, isNull(result), after, ValueRange{result}, returned,
                         ValueRange(), std::pair<int32_t, int32_t>(1, 1000));
  b_.setInsertionPointToEnd(returned);
  Value isDone = call("pyc_is_created", i1_, {window[0], result, memo});
  Block* rest = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isDone, after, ValueRange{result}, rest, ValueRange(),
                         std::pair<int32_t, int32_t>(1000, 1));
  b_.setInsertionPointToEnd(rest);
  Value argc = constant(i32_, static_cast<int64_t>(window.size()) - 1);
  Value finished = call("pyc_finish_creation", i64_, {spill(window), argc, result});
  LLVM::BrOp::create(b_, loc_, finished, after);
}

/// __init__ has returned: to `after` with the instance, or null if it raised.
void FunctionLowering::finishConstruction(Value result, Value instance, Block* after) {
  Value none = symbolAddress("pycNone");
  Value isNone = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, result, none);
  Block* made = new Block();
  function_.getBody().getBlocks().insert(after->getIterator(), made);
  Block* wrong = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isNone, made, ValueRange(), wrong, ValueRange(),
                         std::pair<int32_t, int32_t>(1000000, 1));
  b_.setInsertionPointToEnd(wrong);
  call("pyc_fail_construction", {}, {result, instance});
  LLVM::BrOp::create(b_, loc_, constant(i64_, 0), after);
  b_.setInsertionPointToEnd(made);
  LLVM::BrOp::create(b_, loc_, instance, after);
}

/// The address that FunctionObject::nativeEntry has for the function.
Value FunctionLowering::nativeAddress(const NativeFunctions::Entry& entry) {
  return functionAddress(entry.symbol, 1 + entry.parameters);
}

/// The address of a function of this module that takes and returns values.
Value FunctionLowering::functionAddress(StringRef symbol, unsigned parameters) {
  auto type = b_.getFunctionType(SmallVector<Type>(parameters, i64_), i64_);
  Value function = func::ConstantOp::create(b_, loc_, type, symbol);
  return UnrealizedConversionCastOp::create(b_, loc_, ptr_, function).getResult(0);
}

/// Calls whatever window[0] is, through the runtime, with the keywords of the operation.
Value FunctionLowering::generalCall(Operation* op, ValueRange window, bool isMethod) {
  std::string entry = isMethod ? "pyc_call_method" : "pyc_call";
  Value array = spill(window);
  Value word = constant(i32_, ir::wordOf(op));
  Value argc = constant(i32_, static_cast<int64_t>(window.size()) - 1 - isMethod);
  SmallVector<Value> arguments{self(), word, array, argc};
  if (auto names = op->getAttrOfType<IntegerAttr>("names")) {
    entry += "_kw";
    Value address = tableAddress("constants", names.getInt(), 8);
    arguments.push_back(LLVM::LoadOp::create(b_, loc_, i64_, address));
  }
  arguments.push_back(cacheMemory());
  return call(entry, i64_, arguments);
}

/// Calls the function that a profile saw if it is the callee; the result goes to `after`. The block
/// for other callees.
Block* FunctionLowering::lowerKnownCall(Operation* op, const NativeFunctions::Entry& known,
                                        const ParameterSources& sources, ValueRange window,
                                        bool isMethod, Block* after) {
  Block* call = new Block();
  Block* other = new Block();
  for (Block* block : {call, other})
    function_.getBody().getBlocks().insert(after->getIterator(), block);
  Value entry = nativeEntryOf(window[0]);
  Value isKnown =
      LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, entry, nativeAddress(known));
  if (isMethod && !functions_.contains(window[0])) { // of a known class: its object is there
    Value hasSelf = compare(LLVM::ICmpPredicate::ne, window[1], 0);
    isKnown = LLVM::AndOp::create(b_, loc_, isKnown, hasSelf);
  }
  LLVM::CondBrOp::create(b_, loc_, isKnown, call, ValueRange(), other, ValueRange(),
                         std::pair<int32_t, int32_t>(1000000, 1));
  b_.setInsertionPointToEnd(call);
  Value result = callKnown(op, known, sources, window, isMethod);
  LLVM::BrOp::create(b_, loc_, result, after);
  return other;
}

/// Counts a callee that was not counted, for the ways in which others than functions that stay as
/// long as they run are called. Where those ways go on.
Block* FunctionLowering::countCallee(Operation* op, Value callee, Block* after) {
  if (!op->hasAttr("callee_borrowed"))
    return after;
  incref(callee);
  OpBuilder::InsertionGuard guard(b_);
  Block* release = coldBlock();
  Value result = release->addArgument(i64_, loc_);
  b_.setInsertionPointToEnd(release);
  decref(callee);
  LLVM::BrOp::create(b_, loc_, result, after);
  return release;
}

bool FunctionLowering::lowerCall(Operation* op) {
  bool isMethod = isa<ir::CallMethodOp, ir::CallMethodKwOp>(op);
  bool hasKeywords = isa<ir::CallKwOp, ir::CallMethodKwOp>(op);
  if (!isMethod && !hasKeywords && !isa<ir::CallOp>(op))
    return false;
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  SmallVector<Value> window(op->getOperands().take_front(segments[0]));
  if (isMethod && !hasKeywords && lowerBuiltinMethodCall(op, window))
    return true;
  unsigned argc = op->getAttrOfType<IntegerAttr>("argc").getInt();
  unsigned direct = argc + isMethod;

  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Block* after = rest;
  Value result = after->addArgument(i64_, loc_);
  Block* slow = new Block();
  function_.getBody().getBlocks().insert(after->getIterator(), slow);

  b_.setInsertionPointToEnd(before);
  bool isKnown = false;
  for (StringRef type : ir::typesOf(ir::seenAt(op, 1))) {
    const NativeFunctions::Entry* known = natives_.find(type);
    auto sources = known ? arrange(op, *known, direct) : std::nullopt;
    if (sources) {
      explain(op, RemarkKind::DirectCall, type);
      before = lowerKnownCall(op, *known, *sources, window, isMethod, after);
      isKnown = true;
    } else if (known = initOf(type); !isMethod && !hasKeywords &&
                                     (makesException(op) || (!known && isProgramClass(type)))) {
      explain(op, RemarkKind::DirectConstruction, type);
      before = lowerAnyConstruction(op, window, after);
      isKnown = true;
      b_.setInsertionPointToEnd(before);
      break; // whatever class it is
    } else if (sources = arrangeConstruction(op, known); sources && !isMethod) {
      explain(op, RemarkKind::DirectConstruction, type);
      before = lowerConstruction(op, *known, *sources, window, after);
      isKnown = true;
    }
    b_.setInsertionPointToEnd(before);
  }
  after = countCallee(op, window[0], after);
  if (Value answer = isKnown || hasKeywords ? Value() : tryBuiltin(op, window, isMethod, after)) {
    Block* other = new Block();
    function_.getBody().getBlocks().insert(slow->getIterator(), other);
    LLVM::CondBrOp::create(b_, loc_, isNull(answer), other, ValueRange(), after, answer,
                           std::pair<int32_t, int32_t>(1, 1000));
    b_.setInsertionPointToEnd(other);
    explain(op, RemarkKind::BuiltinInLine);
    isKnown = true;
  }
  if (!isKnown)
    explainGeneralCall(op);
  if (!hasKeywords && direct <= rt::kMaxRegisterArguments) {
    Value entry = isMethod ? call("pyc_direct_method_entry", ptr_,
                                  {window[0], window[1], constant(i32_, direct)})
                           : call("pyc_direct_entry", ptr_, {window[0], constant(i32_, direct)});
    Value null = LLVM::ZeroOp::create(b_, loc_, ptr_);
    Value isDirect = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, entry, null);
    Block* fast = new Block();
    function_.getBody().getBlocks().insert(slow->getIterator(), fast);
    LLVM::CondBrOp::create(b_, loc_, isDirect, fast, slow);
    b_.setInsertionPointToEnd(fast);
    auto type = LLVM::LLVMFunctionType::get(i64_, SmallVector<Type>(1 + direct, i64_));
    SmallVector<Value> operands{entry, window[0]};
    operands.append(window.begin() + 1, window.end());
    Value value = LLVM::CallOp::create(b_, loc_, type, operands).getResult();
    LLVM::BrOp::create(b_, loc_, value, after);
  } else {
    LLVM::BrOp::create(b_, loc_, ValueRange(), slow);
  }
  b_.setInsertionPointToEnd(slow);
  LLVM::BrOp::create(b_, loc_, generalCall(op, window, isMethod), after);

  b_.setInsertionPointToStart(rest);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

} // namespace pyc
