// Each operation of the copied code keeps its own frame state, to which the frame of the call is
// added (uop.caller_frame): a side exit makes both frames (runtime/abi/deopt.cpp), an exception
// leaves both (FunctionLowering::leaveCallers).

#include "compiler/passes/inlining/call_inliner.h"

#include "compiler/passes/inlining/narrow_seen.h"
#include "compiler/passes/uop/accessor_call.h"
#include "compiler/passes/uop/state.h"
#include "dialects/uop/image.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace pyc {

namespace {

class CallInliner {
public:
  CallInliner(Operation* call, const InlinedCallee& callee, int64_t frame)
      : call_(call), callee_(callee), body_(callee.body->function()), frame_(frame), b_(call),
        loc_(call->getLoc()), type_(b_.getType<ir::ValueType>()) {}

  void run() {
    enterCall();
    makeCallerFrame();
    Block* before = call_->getBlock();
    Block* after = before->splitBlock(call_->getNextNode());
    cloneBody(before, after);
    connectReturns(after);
    finish(after);
    call_->erase();
  }

private:
  using Kind = InlinedCallee::Kind;

  NamedAttribute symbol() {
    return b_.getNamedAttr("symbol", b_.getStringAttr(callee_.body->symbol()));
  }

  /// The check, and what the code gets as arguments.
  void enterCall() {
    auto window = [&](unsigned skipped) {
      auto segments = call_->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes").asArrayRef();
      return call_->getOperands().take_front(segments[0]).drop_front(skipped);
    };
    switch (callee_.kind) {
    case Kind::Function:
    case Kind::Method:
      function_ = call_->getOperand(0);
      ir::createWithState<ir::GuardFunctionOp>(b_, call_, {}, function_, symbol());
      llvm::append_range(arguments_, window(1));
      if (callee_.kind == Kind::Method)
        guardSelf(arguments_[0]);
      if (callee_.body->collects())
        collectArguments();
      break;
    case Kind::Construction: {
      Type results[] = {type_, type_};
      auto begin = ir::createWithState<ir::BeginConstructionOp>(b_, call_, results,
                                                                call_->getOperand(0), symbol());
      instance_ = begin.getInstance();
      function_ = begin.getInit();
      arguments_.push_back(instance_);
      llvm::append_range(arguments_, window(1));
      break;
    }
    case Kind::Operator: {
      arguments_ = {call_->getOperand(0), call_->getOperand(1)};
      auto number =
          b_.getNamedAttr("number", b_.getI32IntegerAttr(static_cast<int32_t>(callee_.number)));
      function_ =
          ir::createWithState<ir::FindOperatorOp>(b_, call_, type_, arguments_, {symbol(), number})
              .getResult();
      break;
    }
    }
  }

  /// What goes beyond the other parameters becomes a tuple, which the callee's frame owns.
  void collectArguments() {
    unsigned plain = callee_.body->parameterCount() - 1;
    SmallVector<Value> rest(ArrayRef(arguments_).drop_front(plain));
    arguments_.truncate(plain);
    OperationState state(loc_, ir::BuildTupleOp::getOperationName());
    state.addOperands(rest);
    state.addTypes(type_);
    state.addAttribute("count", b_.getI32IntegerAttr(static_cast<int32_t>(rest.size())));
    collected_ = b_.create(state)->getResult(0);
    arguments_.push_back(collected_);
  }

  /// A method's object may be null: then it is no method.
  void guardSelf(Value self) {
    if (auto* made = self.getDefiningOp(); !made || !isa<ir::LoadMethodOp>(made))
      return;
    Value isNull = ir::IsNullOp::create(b_, loc_, b_.getI1Type(), self);
    Value isSet =
        arith::XOrIOp::create(b_, loc_, isNull, arith::ConstantIntOp::create(b_, loc_, 1, 1));
    ir::createWithState<ir::GuardTrueOp>(b_, call_, {}, isSet);
  }

  int32_t callKind() const {
    switch (callee_.kind) {
    case Kind::Function:
    case Kind::Method:
      return dropsResult(call_) ? rt::kInlinedStore : rt::kInlinedCall;
    case Kind::Construction:
      return rt::kInlinedConstruction;
    case Kind::Operator:
      return rt::kInlinedOperator + static_cast<int32_t>(callee_.number);
    }
    llvm_unreachable("kind of call");
  }

  /// The caller's state before the call, with what the call holds and no register does.
  void makeCallerFrame() {
    auto inlined = ir::InlinedFrameOp::create(b_, loc_, function_, static_cast<uint32_t>(frame_),
                                              static_cast<uint32_t>(callee_.body->code()));
    if (Attribute parent = call_->getAttr("inlined"))
      inlined->setAttr("inlined", parent);
    SmallVector<Value> values(ir::stateOf(call_));
    SmallVector<int16_t> registers(ir::stateRegisters(call_).asArrayRef());
    SmallVector<bool> owned(ir::stateOwned(call_));
    auto hold = [&](int16_t index, Value value) {
      values.push_back(value);
      registers.push_back(index);
      owned.push_back(true);
    };
    llvm::replace(registers, kAccessorRegister, int16_t(rt::kCallFunctionRegister));
    if (instance_)
      hold(rt::kCallInstanceRegister, instance_);
    if (isFunctionHeld())
      hold(rt::kCallFunctionRegister, function_);
    auto caller =
        ir::CallerFrameOp::create(b_, loc_, type_, values, ir::pcOf(call_), registers, owned);
    for (StringRef name : {"inlined", "word"})
      if (Attribute attribute = call_->getAttr(name))
        caller->setAttr(name, attribute);
    caller->setAttr("kind", b_.getI32IntegerAttr(callKind()));
    caller_ = caller;
  }

  /// Whether the function has a count that no register of the caller holds.
  bool isFunctionHeld() const {
    return callee_.kind == Kind::Construction || callee_.kind == Kind::Operator;
  }

  void cloneBody(Block* before, Block* after) {
    IRMapping map;
    Region& source = body_.getBody();
    map.map(source.getArgument(0), function_);
    for (auto [parameter, argument] : llvm::zip(source.getArguments().drop_front(), arguments_))
      map.map(parameter, argument);
    Region& target = *before->getParent();
    source.cloneInto(&target, after->getIterator(), map);
    for (Block& block : source) {
      blocks_.push_back(map.lookup(&block));
      for (Operation& op : *blocks_.back())
        adopt(&op);
    }
    for (Value argument : arguments_)
      if (auto types = typesAtCall(argument, call_); !types.empty())
        for (Block* block : blocks_)
          for (Operation& op : *block)
            narrowSeen(&op, argument, types);
    Block* entry = blocks_.front();
    before->getOperations().splice(before->end(), entry->getOperations());
    blocks_.front() = before;
    entry->erase();
  }

  /// The operation is code of this frame.
  void adopt(Operation* op) {
    if (op->getDialect()->getNamespace() != "uop")
      return;
    op->setAttr("inlined", b_.getI32IntegerAttr(static_cast<int32_t>(frame_)));
    if (!ir::hasState(op))
      return;
    op->setAttr("word", op->getAttr("pc"));
    auto tracked = body_->getAttrOfType<DenseBoolArrayAttr>("uop.tracked");
    SmallVector<int16_t> registers(ir::stateRegisters(op).asArrayRef());
    SmallVector<bool> owned(ir::stateOwned(op));
    SmallVector<Value> operands(op->getOperands());
    auto add = [&](int16_t index, Value value) {
      operands.push_back(value);
      registers.push_back(index);
      owned.push_back(value == collected_);
    };
    for (auto [i, argument] : llvm::enumerate(arguments_))
      if (!tracked[i])
        add(uop::localRegister(i), argument);
    add(rt::kCallerRegister, caller_);
    auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
    op->setOperands(operands);
    if (segments) { // the state is always the last group
      SmallVector<int32_t> sizes(segments.asArrayRef());
      sizes.back() = static_cast<int32_t>(registers.size());
      op->setAttr("operandSegmentSizes", b_.getDenseI32ArrayAttr(sizes));
    }
    op->setAttr("registers", b_.getDenseI16ArrayAttr(registers));
    op->setAttr("owned", b_.getDenseBoolArrayAttr(owned));
  }

  /// Returned values go behind the call. Exceptions leave the whole function.
  void connectReturns(Block* after) {
    result_ = callee_.kind == Kind::Construction ? instance_ : after->addArgument(type_, loc_);
    for (Block* block : blocks_) {
      auto ret = dyn_cast<func::ReturnOp>(block->getTerminator());
      if (!ret || FunctionBody::raises(block))
        continue;
      b_.setInsertionPoint(ret);
      SmallVector<Value> passed;
      if (callee_.kind != Kind::Construction)
        passed.push_back(ret.getOperand(0));
      cf::BranchOp::create(b_, loc_, after, passed);
      ret.erase();
    }
  }

  void finish(Block* after) {
    b_.setInsertionPointToStart(after);
    if (isFunctionHeld())
      ir::DecrefOp::create(b_, loc_, function_);
    if (collected_)
      ir::DecrefOp::create(b_, loc_, collected_);
    call_->getResult(0).replaceAllUsesWith(result_);
  }

  Operation* call_;
  const InlinedCallee& callee_;
  func::FuncOp body_;
  int64_t frame_;
  OpBuilder b_;
  Location loc_;
  Type type_;
  Value function_, instance_, collected_, caller_, result_;
  SmallVector<Value> arguments_;
  SmallVector<Block*> blocks_;
};

} // namespace

void inlineCall(Operation* call, const InlinedCallee& callee, int64_t frame) {
  CallInliner(call, callee, frame).run();
}

} // namespace pyc
