// Uops that end a block: jumps, returns, raises.

#include "compiler/import/function_importer.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "runtime/base/check.h"

using namespace mlir;
using pyc::uop::Opcode;
using pyc::uop::OperandKind;

namespace pyc {

void FunctionImporter::importReturn(int index) {
  RegisterState result = reg(index);
  Value value = read(index);
  if (result.hold == Hold::Owned)
    reg(index) = {};
  else if (result.hold != Hold::Immortal)
    ir::IncrefOp::create(b_, loc_, value);
  // The last first, as a frame is cleared.
  for (RegisterState& state : llvm::reverse(temporaries_))
    release(state);
  for (unsigned local = code_.localCount; local-- > 0;)
    if (isTracked(local))
      release(locals_[local]);
  func::ReturnOp::create(b_, loc_, value);
}

void FunctionImporter::importThrow(StringRef kind, ArrayRef<int> registers, uint32_t word) {
  const uop::ExceptionEntry* handler = handlerAt(word);
  SmallVector<Value> edge;
  if (handler)
    edge = edgeArguments(handler->depth);
  OperationState op(loc_, "uop.throw");
  op.addAttribute("kind", b_.getStringAttr(kind));
  for (int index : registers)
    op.addOperands(read(index));
  unsigned before = op.operands.size();
  appendState(op, word);
  op.addAttribute("depth", b_.getI32IntegerAttr(handler ? handler->depth : -1));
  op.addAttribute("operandSegmentSizes",
                  b_.getDenseI32ArrayAttr({static_cast<int32_t>(before),
                                           static_cast<int32_t>(op.operands.size() - before)}));
  b_.create(op);
  if (handler)
    cf::BranchOp::create(b_, loc_, blockAt(handler->handler), edge);
  else
    func::ReturnOp::create(b_, loc_, null());
}

void FunctionImporter::importBranch(Value condition, uint32_t taken, uint32_t next) {
  SmallVector<Value> takenArguments = edgeArguments(blocks_.at(taken).depth);
  SmallVector<Value> nextArguments = edgeArguments(blocks_.at(next).depth);
  cf::CondBranchOp::create(b_, loc_, condition, blockAt(taken), takenArguments, blockAt(next),
                           nextArguments);
}

void FunctionImporter::importForIter(const uint64_t* at, uint32_t word) {
  auto& uop = *reinterpret_cast<const uop::ForIterUop*>(at);
  OperationState op(loc_, "uop.next");
  op.addOperands(read(uop.iterator));
  op.addTypes(valueType_);
  appendState(op, word);
  Operation* created = b_.create(op);
  attachSeen(created, word);
  finishRaising(word);
  Value item = created->getResult(0);
  Value done = ir::IsNullOp::create(b_, loc_, b_.getI1Type(), item);
  uint32_t exhausted = word + uop.exhausted, next = word + uop::ForIterUop::kWords;
  // The item exists on one edge only, so that edge gets a block of its own.
  Block* body = new Block();
  body_->push_back(body);
  SmallVector<Value> exhaustedArguments = edgeArguments(blocks_.at(exhausted).depth);
  cf::CondBranchOp::create(b_, loc_, done, blockAt(exhausted), exhaustedArguments, body,
                           ValueRange());
  b_.setInsertionPointToStart(body);
  write(uop.dst, item, Hold::Owned);
  observeResults(created, at, word);
  branchTo(next);
}

/// StopAsyncIteration goes on behind the loop; anything else is raised again.
void FunctionImporter::importEndAsyncFor(int exception, uint32_t exhausted, uint32_t word) {
  Value ends = ir::EndsAsyncForOp::create(b_, loc_, b_.getI1Type(), read(exception));
  Block* behind = new Block();
  Block* other = new Block();
  body_->push_back(behind);
  body_->push_back(other);
  cf::CondBranchOp::create(b_, loc_, ends, behind, ValueRange(), other, ValueRange());
  auto locals = locals_;
  auto temporaries = temporaries_;
  b_.setInsertionPointToStart(behind);
  consume(exception);
  branchTo(exhausted);
  locals_ = locals;
  temporaries_ = temporaries;
  b_.setInsertionPointToStart(other);
  importThrow("reraise", {exception}, word);
}

static const char* comparePredicate(Opcode opcode, bool& negate) {
  negate = false;
  switch (opcode) {
#define PYC_COMPARE(Case, text)                                                                    \
  case Opcode::JumpUnless##Case:                                                                   \
    negate = true;                                                                                 \
    [[fallthrough]];                                                                               \
  case Opcode::JumpIf##Case:                                                                       \
    return text;
    PYC_COMPARE(Lt, "lt")
    PYC_COMPARE(Le, "le")
    PYC_COMPARE(Eq, "eq")
    PYC_COMPARE(Ne, "ne")
    PYC_COMPARE(Gt, "gt")
    PYC_COMPARE(Ge, "ge")
#undef PYC_COMPARE
  default:
    return nullptr;
  }
}

/// Jumps, returns, raises. Always ends the block.
bool FunctionImporter::importControl(Opcode opcode, const uint64_t* at, uint32_t word) {
  const uop::UopInfo& info = uop::infoOf(opcode);
  uint32_t next = word + info.words, target = 0;
  for (unsigned i = 0; i < info.operandCount; ++i)
    if (info.operands[i].kind == OperandKind::Label)
      target = word + uop::readOperand(at, info.operands[i]);
  int first = info.operandCount ? uop::readOperand(at, info.operands[0]) : 0;
  auto negated = [&](Value bit) {
    Value one = arith::ConstantIntOp::create(b_, loc_, 1, 1);
    return arith::XOrIOp::create(b_, loc_, bit, one).getResult();
  };

  switch (opcode) {
  case Opcode::Jump:
    branchTo(target);
    return false;
  case Opcode::JumpBack: {
    OperationState poll(loc_, "uop.poll");
    appendState(poll, word);
    b_.create(poll);
    finishRaising(word);
    branchTo(target);
    return false;
  }
  case Opcode::ReturnValue:
    importReturn(first);
    return false;
  case Opcode::Raise:
    importThrow("raise", {first}, word);
    return false;
  case Opcode::Reraise:
    importThrow("reraise", {first}, word);
    return false;
  case Opcode::RaiseAgain:
    importThrow("raise_again", {}, word);
    return false;
  case Opcode::RaiseFrom:
    importThrow("raise_from", {first, uop::readOperand(at, info.operands[1])}, word);
    return false;
  case Opcode::ForIter:
    importForIter(at, word);
    return false;
  case Opcode::EndAsyncFor:
    importEndAsyncFor(first, target, word);
    return false;
  case Opcode::JumpIfNone:
  case Opcode::JumpIfNotNone: {
    Value none = ir::NoneOp::create(b_, loc_, valueType_);
    Value bit = ir::SameOp::create(b_, loc_, b_.getI1Type(), read(first), none);
    consume(first);
    importBranch(opcode == Opcode::JumpIfNone ? bit : negated(bit), target, next);
    return false;
  }
  case Opcode::JumpIfTrue:
  case Opcode::JumpIfFalse:
  case Opcode::JumpIfTrueKeep:
  case Opcode::JumpIfFalseKeep: {
    OperationState op(loc_, "uop.truth");
    op.addOperands(read(first));
    op.addTypes(b_.getI1Type());
    appendState(op, word);
    Operation* truth = b_.create(op);
    attachSeen(truth, word);
    finishRaising(word);
    if (opcode == Opcode::JumpIfTrue || opcode == Opcode::JumpIfFalse)
      consume(first);
    bool ifTrue = opcode == Opcode::JumpIfTrue || opcode == Opcode::JumpIfTrueKeep;
    if (ifTrue)
      importBranch(truth->getResult(0), target, next);
    else
      importBranch(truth->getResult(0), next, target);
    return false;
  }
  default:
    break;
  }
  bool negate;
  const char* predicate = comparePredicate(opcode, negate);
  PYC_CHECK(predicate);
  int second = uop::readOperand(at, info.operands[1]);
  OperationState op(loc_, "uop.compare_truth");
  op.addAttribute("predicate", b_.getStringAttr(predicate));
  op.addOperands({read(first), read(second)});
  op.addTypes(b_.getI1Type());
  appendState(op, word);
  Operation* compare = b_.create(op);
  attachSeen(compare, word);
  finishRaising(word);
  consume(first);
  consume(second);
  if (negate)
    importBranch(compare->getResult(0), next, target);
  else
    importBranch(compare->getResult(0), target, next);
  return false;
}

} // namespace pyc
