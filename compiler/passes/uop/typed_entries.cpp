// Functions whose parameters or results are numbers get a second entry that takes and returns them
// in registers; calls that a profile knows the callee of use it.
//
//   func @f(%self, %n: !uop.value)      func @f(%self, %n: !uop.value)    guards, enters @f$typed
//     %x = uop.guard_int %n ...     =>  func @f$typed(%self, %x: i64) -> (i64, i1)
//     ... return %boxed                   ... return %number, false
//
// The typed entry returns (bits, boxed): the bits of the number, or, after a side exit or with an
// exception, a value or null.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace pyc;

namespace {

/// What the typed entry of a function looks like.
struct TypedEntry {
  func::FuncOp function;
  std::string symbol;
  SmallVector<NumberType> parameters; // Any: a value
  NumberType result = NumberType::Any;
};

/// The number that a guard at the function's entry makes of a parameter.
NumberType guardedType(BlockArgument parameter) {
  for (Operation* user : parameter.getUsers()) {
    if (user->getBlock() != parameter.getOwner() || user->getOperand(0) != parameter)
      continue;
    if (isa<ir::GuardIntOp>(user))
      return NumberType::Int;
    if (isa<ir::GuardFloatOp>(user))
      return NumberType::Float;
  }
  return NumberType::Any;
}

/// The type of all results that are not null, if it is one kind of number.
NumberType resultType(func::FuncOp function) {
  NumberTypes types(function);
  NumberType result = NumberType::Unknown;
  WalkResult walk = function.walk([&](func::ReturnOp op) {
    Value value = op.getOperand(0);
    if (value.getDefiningOp<ir::NullOp>())
      return WalkResult::advance();
    NumberType type = types.of(value);
    if (!types.isNumber(value) || (result != NumberType::Unknown && result != type))
      return WalkResult::interrupt();
    result = type;
    return WalkResult::advance();
  });
  return walk.wasInterrupted() || result == NumberType::Unknown ? NumberType::Any : result;
}

class TypedEntries : public PassWrapper<TypedEntries, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TypedEntries)
  StringRef getArgument() const override { return "typed-entries"; }
  StringRef getDescription() const override {
    return "Pass numbers in registers to functions that a profile knows";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    entries_.clear();
    callerTypes_.clear();
    for (auto function : getOperation().getOps<func::FuncOp>())
      describe(function);
    SmallVector<Operation*> calls;
    getOperation().walk([&](Operation* op) {
      if (isa<ir::CallOp, ir::CallMethodOp>(op))
        calls.push_back(op);
    });
    SmallVector<Operation*> wanted;
    for (Operation* op : calls)
      if (mayRewrite(op))
        wanted.push_back(op);
    for (Operation* op : wanted)
      rewriteCall(op);
    for (auto& entry : entries_)
      split(entry.second);
  }

private:
  void describe(func::FuncOp function) {
    auto name = function->getAttrOfType<StringAttr>("uop.name");
    if (!name || !function->hasAttr("uop.direct"))
      return;
    TypedEntry entry{function, (function.getName() + "$typed").str(), {}, resultType(function)};
    bool isTyped = entry.result != NumberType::Any;
    for (BlockArgument parameter : function.getArguments().drop_front()) {
      entry.parameters.push_back(guardedType(parameter));
      isTyped |= entry.parameters.back() != NumberType::Any;
    }
    if (!isTyped)
      return;
    explainEntry(entry);
    entries_["function " + name.str()] = entry;
  }

  static void explainEntry(const TypedEntry& entry) {
    std::string parameters;
    for (NumberType type : entry.parameters)
      parameters += (parameters.empty() ? "" : ", ") + nameOf(type).str();
    explain(entry.function, RemarkKind::TypedEntry, {parameters, nameOf(entry.result)});
  }

  //===--------------------------------------------------------------------===//
  // Calls
  //===--------------------------------------------------------------------===//

  /// A callee that no profile saw, but its annotations suppose: numbers are passed where they are
  /// numbers for sure. Guards here would punish the caller for the callee's annotations.
  bool mayRewriteSupposed(func::FuncOp caller, Operation* op, const TypedEntry& entry) {
    auto& types = callerTypes_[caller];
    if (!types)
      types = std::make_shared<NumberTypes>(caller);
    for (auto [i, type] : llvm::enumerate(entry.parameters))
      if (type != NumberType::Any && types->of(op->getOperand(i + 1)) != type)
        return false;
    return true;
  }

  bool mayRewrite(Operation* op) {
    auto found = entries_.find(ir::onlyType(ir::seenAt(op, 1)));
    if (found == entries_.end() || op->hasAttr("accessor")) // its frame state is no instruction's
      return false;
    auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
    if (static_cast<size_t>(segments[0]) != found->second.parameters.size() + 1)
      return false;
    auto caller = op->getParentOfType<func::FuncOp>();
    return caller->hasAttr("uop.profiled") || mayRewriteSupposed(caller, op, found->second);
  }

  void rewriteCall(Operation* op) {
    auto found = entries_.find(ir::onlyType(ir::seenAt(op, 1)));
    const TypedEntry& entry = found->second;
    auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
    OperandRange window = op->getOperands().take_front(segments[0]);
    Value result = op->getResult(0);
    Operation* guard = resultGuard(result, entry.result);
    explain(op, RemarkKind::TypedCall, found->first());
    OpBuilder b(op);
    SmallVector<Value> operands{window[0]};
    for (auto [value, type] : llvm::zip(window.drop_front(), entry.parameters))
      operands.push_back(asNumber(b, op, value, type));
    auto call = createCall(b, op, entry, operands);
    if (guard || entry.result == NumberType::Any) {
      result.replaceAllUsesWith(call.getValue());
      if (guard)
        replaceGuard(guard, call);
    } else {
      b.setInsertionPointAfter(call);
      result.replaceAllUsesWith(boxedResult(b, call, entry.result));
    }
    op->erase();
  }

  /// The guard behind a call that makes its result a number of the type, when nothing else uses the
  /// result, but for what the guard's frame state holds.
  static Operation* resultGuard(Value result, NumberType type) {
    for (Operation* user : result.getUsers()) {
      bool isGuard = type == NumberType::Int     ? isa<ir::GuardIntOp>(user)
                     : type == NumberType::Float ? isa<ir::GuardFloatOp>(user)
                                                 : false;
      if (isGuard && user->getOperand(0) == result)
        return isUsedBy(result, user) ? user : nullptr;
    }
    return nullptr;
  }

  /// Whether only that operation uses the value, itself or in frames of its state.
  static bool isUsedBy(Value value, Operation* op) {
    return llvm::all_of(value.getUsers(), [&](Operation* user) {
      return user == op || (isa<ir::GeneratorFrameOp, ir::CallerFrameOp>(user) &&
                            isUsedBy(user->getResult(0), op));
    });
  }

  static Value boxedResult(OpBuilder& b, ir::CallTypedOp call, NumberType type) {
    Location loc = call.getLoc();
    Type boxed = call.getValue().getType();
    if (type == NumberType::Int)
      return ir::BoxResultIntOp::create(b, loc, boxed, call.getValue(), call.getBoxed());
    return ir::BoxResultFloatOp::create(b, loc, boxed, call.getValue(), call.getBoxed());
  }

  static Value asNumber(OpBuilder& b, Operation* call, Value value, NumberType type) {
    if (type == NumberType::Int)
      return ir::createWithState<ir::GuardIntOp>(b, call, b.getI64Type(), value).getResult();
    if (type == NumberType::Float)
      return ir::createWithState<ir::GuardFloatOp>(b, call, b.getF64Type(), value).getResult();
    return value;
  }

  static ir::CallTypedOp createCall(OpBuilder& b, Operation* op, const TypedEntry& entry,
                                    ArrayRef<Value> operands) {
    OperationState state(op->getLoc(), ir::CallTypedOp::getOperationName());
    state.addOperands(operands);
    state.addOperands(ir::stateOf(op));
    state.addTypes({op->getResult(0).getType(), b.getI1Type()});
    ir::copyStateAttributes(op, state);
    state.addAttribute("symbol", b.getStringAttr(entry.symbol));
    if (isa<ir::CallMethodOp>(op))
      state.addAttribute("is_method", b.getUnitAttr());
    int32_t stateSize = ir::stateRegisters(op).size();
    state.addAttribute(
        "operandSegmentSizes",
        b.getDenseI32ArrayAttr({1, static_cast<int32_t>(operands.size()) - 1, stateSize}));
    return cast<ir::CallTypedOp>(b.create(state));
  }

  static void replaceGuard(Operation* guard, ir::CallTypedOp call) {
    OpBuilder b(guard);
    Value operands[] = {call.getValue(), call.getBoxed()};
    Type type = guard->getResult(0).getType();
    Operation* number =
        isa<ir::GuardIntOp>(guard)
            ? ir::createWithState<ir::TypedResultIntOp>(b, guard, type, operands).getOperation()
            : ir::createWithState<ir::TypedResultFloatOp>(b, guard, type, operands).getOperation();
    guard->getResult(0).replaceAllUsesWith(number->getResult(0));
    guard->erase();
  }

  //===--------------------------------------------------------------------===//
  // Entries
  //===--------------------------------------------------------------------===//

  static Type machineType(OpBuilder& b, NumberType type) {
    return type == NumberType::Int ? Type(b.getI64Type()) : Type(b.getF64Type());
  }

  void split(const TypedEntry& entry) {
    OpBuilder b(entry.function);
    auto typed = cast<func::FuncOp>(b.clone(*entry.function));
    typed.setName(entry.symbol);
    typed->removeAttr("uop.name"); // no call of a profile's means this symbol
    typeParameters(typed, entry);
    if (entry.result != NumberType::Any)
      typeResults(typed, entry.result);
    SmallVector<Type> results{typed.getFunctionType().getResults()[0]};
    if (entry.result != NumberType::Any)
      results = {b.getI64Type(), b.getI1Type()};
    typed.setType(b.getFunctionType(typed.getBody().getArgumentTypes(), results));
    makeGeneralEntry(entry, takeSlotSearch(typed));
  }

  /// The general entry looks for the slot of the function's own name, so that the typed one, which
  /// calls itself, need not: one of its guards, or null. Inlined code has slots of its own.
  static ir::GuardSelfGlobalOp takeSlotSearch(func::FuncOp typed) {
    ir::GuardSelfGlobalOp any;
    typed.walk([&](ir::GuardSelfGlobalOp guard) {
      if (guard->hasAttr("inlined"))
        return;
      guard->setAttr("found", UnitAttr::get(guard.getContext()));
      any = guard;
    });
    return any;
  }

  static void typeParameters(func::FuncOp typed, const TypedEntry& entry) {
    OpBuilder b = OpBuilder::atBlockBegin(&typed.getBody().front());
    for (auto [parameter, type] : llvm::zip(typed.getArguments().drop_front(), entry.parameters)) {
      if (type == NumberType::Any)
        continue;
      Type boxed = parameter.getType();
      parameter.setType(machineType(b, type));
      Operation* box =
          type == NumberType::Int
              ? ir::BoxIntOp::create(b, parameter.getLoc(), boxed, parameter).getOperation()
              : ir::BoxFloatOp::create(b, parameter.getLoc(), boxed, parameter).getOperation();
      parameter.replaceAllUsesExcept(box->getResult(0), box);
    }
  }

  static void typeResults(func::FuncOp typed, NumberType type) {
    typed.walk([&](func::ReturnOp op) {
      OpBuilder b(op);
      Location loc = op.getLoc();
      Value value = op.getOperand(0), bits;
      bool isNull = static_cast<bool>(value.getDefiningOp<ir::NullOp>());
      if (isNull)
        bits = arith::ConstantIntOp::create(b, loc, 0, 64);
      else if (type == NumberType::Int)
        bits = ir::UnboxIntOp::create(b, loc, b.getI64Type(), value);
      else
        bits = arith::BitcastOp::create(b, loc, b.getI64Type(),
                                        ir::UnboxFloatOp::create(b, loc, b.getF64Type(), value));
      Value boxed = arith::ConstantIntOp::create(b, loc, isNull, 1);
      func::ReturnOp::create(b, loc, ValueRange{bits, boxed});
      op.erase();
    });
  }

  /// The entry for all other callers: guards, then the typed entry.
  static void makeGeneralEntry(const TypedEntry& entry, ir::GuardSelfGlobalOp self) {
    func::FuncOp function = entry.function;
    SmallVector<Type> inputs(function.getArgumentTypes());
    function.getBody().dropAllReferences();
    function.getBody().getBlocks().clear();
    Block* block = function.addEntryBlock();
    OpBuilder b = OpBuilder::atBlockBegin(block);
    auto tracked = function->getAttrOfType<DenseBoolArrayAttr>("uop.tracked");
    function->setAttr("uop.tracked",
                      b.getDenseBoolArrayAttr(SmallVector<bool>(tracked.size(), false)));
    SmallVector<Value> operands;
    for (auto [parameter, type] : llvm::zip(function.getArguments().drop_front(), entry.parameters))
      operands.push_back(guardParameter(b, parameter, type));
    if (self) {
      OperationState state(function.getLoc(), ir::GuardSelfGlobalOp::getOperationName());
      state.addOperands(block->getArgument(0));
      state.addAttribute("name", self->getAttr("name"));
      state.addAttribute("nameIndex", self->getAttr("nameIndex"));
      leaveAtStart(b, state);
      b.create(state);
    }
    Type boxed = inputs[0];
    auto enter =
        ir::EnterTypedOp::create(b, function.getLoc(), boxed, b.getI1Type(),
                                 b.getStringAttr(entry.symbol), block->getArgument(0), operands);
    Value result = enter.getValue();
    if (entry.result == NumberType::Int)
      result = ir::BoxResultIntOp::create(b, function.getLoc(), boxed, result, enter.getBoxed());
    else if (entry.result == NumberType::Float)
      result = ir::BoxResultFloatOp::create(b, function.getLoc(), boxed, result, enter.getBoxed());
    func::ReturnOp::create(b, function.getLoc(), result);
  }

  /// The frame state of a guard before the function's first instruction.
  static void leaveAtStart(OpBuilder& b, OperationState& state) {
    state.addAttribute("pc", b.getI32IntegerAttr(0));
    state.addAttribute("registers", b.getDenseI16ArrayAttr({}));
    state.addAttribute("owned", b.getDenseBoolArrayAttr({}));
  }

  /// Leaves at the function's first instruction unless the argument is of the type.
  static Value guardParameter(OpBuilder& b, BlockArgument parameter, NumberType type) {
    if (type == NumberType::Any)
      return parameter;
    OperationState state(parameter.getLoc(), type == NumberType::Int
                                                 ? ir::GuardIntOp::getOperationName()
                                                 : ir::GuardFloatOp::getOperationName());
    state.addOperands(parameter);
    state.addTypes(machineType(b, type));
    leaveAtStart(b, state);
    return b.create(state)->getResult(0);
  }

  llvm::StringMap<TypedEntry> entries_;
  llvm::DenseMap<Operation*, std::shared_ptr<NumberTypes>> callerTypes_; // without a profile
};

} // namespace

std::unique_ptr<Pass> pyc::createTypedEntries() {
  return std::make_unique<TypedEntries>();
}
