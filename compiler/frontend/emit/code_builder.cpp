#include "compiler/frontend/emit/code_builder.h"

#include "runtime/base/check.h"

namespace pyc {

namespace {
constexpr unsigned kMaxRegister = INT16_MAX - 1; // one value is kPush
}

Reg CodeBuilder::slotAfter(std::initializer_list<Reg> consumed) const {
  unsigned depth = depth_;
  for (Reg reg : consumed)
    depth -= reg >= 0 && reg != kPush;
  return static_cast<Reg>(depth);
}

void CodeBuilder::dropTop(unsigned count) {
  for (; count > 0; --count)
    drop(top());
}

LabelId CodeBuilder::newLabel() {
  labels_.emplace_back();
  return static_cast<LabelId>(labels_.size() - 1);
}

void CodeBuilder::bind(LabelId id) {
  Label& label = labels_[static_cast<size_t>(id)];
  PYC_DCHECK(label.instruction == UINT32_MAX);
  label.instruction = static_cast<uint32_t>(instructions_.size());
  if (label.isUsed) {
    PYC_DCHECK(!isReachable_ || depth_ == label.depth);
    depth_ = label.depth;
    isReachable_ = true;
  }
  label.depth = depth_;
}

HandlerId CodeBuilder::newHandler(LabelId label, unsigned depth) {
  handlers_.push_back({label, depth});
  return static_cast<HandlerId>(handlers_.size() - 1);
}

void CodeBuilder::bindHandler(HandlerId id) {
  const Handler& handler = handlers_[static_cast<size_t>(id)];
  PYC_DCHECK(!isReachable_);
  labels_[static_cast<size_t>(handler.label)].depth = handler.depth + 1;
  depth_ = handler.depth + 1;
  if (depth_ > maxDepth_)
    maxDepth_ = depth_;
  bind(handler.label);
}

Reg CodeBuilder::addLocal(NameId name, uint8_t kind) {
  if (locals_.size() >= kMaxRegister) {
    hasOverflown_ = true;
    return uop::localRegister(0);
  }
  locals_.push_back({name, kind});
  return uop::localRegister(static_cast<unsigned>(locals_.size() - 1));
}

void CodeBuilder::setHint(Reg local, uop::Hint hint) {
  uint8_t& kind = locals_[uop::localOfRegister(local)].kind;
  constexpr uint8_t kOther = (1 << uop::kLocalHintShift) - 1;
  if ((kind & (uop::kLocalCell | uop::kLocalFree)) == 0)
    kind = static_cast<uint8_t>((kind & kOther) |
                                (static_cast<unsigned>(hint) << uop::kLocalHintShift));
}

/// Applies a uop's effect on the stack of temporaries, and gives its target the depth there.
void CodeBuilder::followDepth(const uop::UopInfo& info, const uint64_t* words) {
  unsigned consumed = 0, produced = 0;
  const uop::OperandInfo* target = nullptr;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const uop::OperandInfo& operand = info.operands[i];
    switch (operand.kind) {
    case uop::OperandKind::In:
      consumed += uop::readOperand(words, operand) >= 0;
      break;
    case uop::OperandKind::InWindow:
      consumed += uop::windowCount(words, info, operand);
      break;
    case uop::OperandKind::Out:
      produced += uop::readOperand(words, operand) >= 0;
      break;
    case uop::OperandKind::OutWindow:
      produced += uop::windowCount(words, info, operand);
      break;
    case uop::OperandKind::Label:
      target = &operand;
      break;
    case uop::OperandKind::Keep:
    case uop::OperandKind::Inout:
    case uop::OperandKind::KeepWindow:
    case uop::OperandKind::Imm:
    case uop::OperandKind::Name:
    case uop::OperandKind::Const:
    case uop::OperandKind::Cache:
      break;
    }
  }
  PYC_DCHECK(consumed <= depth_);
  depth_ -= consumed;
  if (target) {
    Label& label = labels_[static_cast<size_t>(uop::readOperand(words, *target))];
    [[maybe_unused]] bool isKnown = label.isUsed || label.instruction != UINT32_MAX;
    PYC_DCHECK(!isReachable_ || !isKnown || label.depth == depth_);
    if (isReachable_) {
      label.isUsed = true;
      label.depth = depth_;
    }
  }
  if (!info.terminator)
    depth_ += produced;
}

void CodeBuilder::emit(const uint64_t* words, unsigned count) {
  const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(words));
  auto before = static_cast<uint16_t>(depth_);
  followDepth(info, words);
  if (depth_ > kMaxRegister)
    hasOverflown_ = true;
  if (!isReachable_)
    return;
  if (depth_ > maxDepth_)
    maxDepth_ = depth_;
  if (info.raises && handler_ != HandlerId::None)
    labels_[static_cast<size_t>(handlers_[static_cast<size_t>(handler_)].label)].isUsed = true;
  instructions_.push_back({static_cast<uint32_t>(words_.size()), before, handler_, position_});
  words_.insert(words_.end(), words, words + count);
  isReachable_ = !info.terminator;
}

} // namespace pyc
