// Generators: what stands behind a yield, and the way back there.

#include "compiler/import/function_importer.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;

namespace pyc {

/// Whether an exception thrown in at the word runs code of the generator's own.
static bool isCaught(const uop::ExceptionEntry* handler, const uint64_t* words) {
  if (!handler)
    return false;
  const uint64_t* at = words + handler->handler;
  return uop::opcodeAt(at) != uop::Opcode::Intrinsic1 ||
         reinterpret_cast<const uop::Intrinsic1Uop*>(at)->which !=
             static_cast<uint16_t>(uop::Intrinsic1Kind::StopiterationError);
}

/// The constant that the register holds from where a loop begins, if it is one that needs no count:
/// one value for the whole function. Nothing but the code itself can reach such a register.
Value FunctionImporter::hoistedConstant(unsigned local) {
  auto name = image_.string(image_.array<uint32_t>(code_.localNames)[local]);
  if (StringRef(name.data(), name.size()) != ".const")
    return {};
  auto [known, isNew] = constants_.try_emplace(local);
  if (!isNew)
    return known->second;
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToStart(&body_->front());
  for (uint32_t word = 0; word < code_.wordCount;
       word += uop::infoOf(uop::opcodeAt(words_ + word)).words) {
    auto& load = *reinterpret_cast<const uop::LoadConstUop*>(words_ + word);
    if (uop::opcodeAt(words_ + word) == uop::Opcode::LoadConst &&
        load.dst == uop::localRegister(local))
      return constants_[local] = scalarConstant(load.value);
  }
  return {};
}

/// The registers go to the frame and the function returns the value, which is handed over. Goes on
/// in the block where it is resumed; the result is what was sent, owned.
Value FunctionImporter::suspend(Value value, uint32_t word) {
  SmallVector<RegisterState*> live;
  auto settleLive = [&](RegisterState& state) {
    settle(state);
    if (state.hold != Hold::Dead && !state.value.getDefiningOp<ir::NullOp>())
      live.push_back(&state);
  };
  for (unsigned local = 0; local < code_.localCount; ++local)
    if (isTracked(local))
      settleLive(locals_[local]);
  for (RegisterState& state : temporaries_)
    settleLive(state);
  OperationState op(loc_, "uop.suspend");
  appendState(op, word);
  if (isCaught(handlerAt(word), image_.words(code_)))
    op.addAttribute("caught", b_.getUnitAttr());
  b_.create(op);
  func::ReturnOp::create(b_, loc_, value);

  Block* entry = &body_->front();
  Block* resumed = new Block();
  body_->push_back(resumed);
  resumptions_.push_back({word, resumed});
  b_.setInsertionPointToStart(resumed);
  for (RegisterState* state : live) {
    bool isLocal = state >= locals_.begin() && state < locals_.end();
    if (Value constant = isLocal ? hoistedConstant(state - locals_.begin()) : Value()) {
      *state = {constant, Hold::Owned, 0};
      continue;
    }
    int index = isLocal ? uop::localRegister(state - locals_.begin())
                        : static_cast<int>(state - temporaries_.begin());
    *state = {loadRegister(index), Hold::Owned, 0};
  }
  return entry->getArgument(3);
}

void FunctionImporter::importYield(const uint64_t* at, uint32_t word) {
  auto& uop = *reinterpret_cast<const uop::YieldValueUop*>(at);
  RegisterState source = reg(uop.src);
  Value value = read(uop.src);
  if (uop::isLocalRegister(uop.src) || source.hold != Hold::Owned)
    ir::IncrefOp::create(b_, loc_, value);
  if (!uop::isLocalRegister(uop.src))
    temporaries_[uop.src] = {};
  write(uop.dst, suspend(value, word), Hold::Owned);
  observeResumed(word + uop::YieldValueUop::kWords);
}

void FunctionImporter::importYieldFrom(const uint64_t* at, uint32_t word) {
  auto& uop = *reinterpret_cast<const uop::YieldFromUop*>(at);
  OperationState op(loc_, "uop.send");
  op.addOperands({read(uop.iterator), read(uop.value)});
  op.addTypes({valueType_, b_.getI1Type()});
  appendState(op, word);
  Operation* send = b_.create(op);
  finishRaising(word);
  release(reg(uop.value));
  Block* yielded = new Block();
  Block* returned = new Block();
  body_->push_back(yielded);
  body_->push_back(returned);
  cf::CondBranchOp::create(b_, loc_, send->getResult(1), yielded, ValueRange(), returned,
                           ValueRange());
  auto locals = locals_;
  auto temporaries = temporaries_;
  b_.setInsertionPointToStart(yielded);
  write(uop.value, suspend(send->getResult(0), word), Hold::Owned);
  branchTo(word);
  locals_ = locals;
  temporaries_ = temporaries;
  b_.setInsertionPointToStart(returned);
  write(uop.value, send->getResult(0), Hold::Owned);
}

/// Ends the entry block: to the beginning, or to where the generator was suspended. A yield that
/// only a thrown exception leads to has no native code.
void FunctionImporter::importResumption(Block* entry) {
  Block* other = new Block();
  body_->push_back(other);
  b_.setInsertionPointToStart(other);
  Value result = ir::ResumeInterpretedOp::create(b_, loc_, valueType_, entry->getArgument(0),
                                                 entry->getArgument(1), entry->getArgument(3));
  func::ReturnOp::create(b_, loc_, result);
  SmallVector<APInt> keys;
  SmallVector<Block*> blocks;
  for (auto [word, block] : resumptions_) {
    keys.push_back(APInt(64, word == kStart ? 0 : word + 1));
    blocks.push_back(block);
  }
  b_.setInsertionPointToEnd(entry);
  SmallVector<ValueRange> none(blocks.size());
  cf::SwitchOp::create(b_, loc_, entry->getArgument(2), other, ValueRange(), keys, blocks, none);
}

} // namespace pyc
