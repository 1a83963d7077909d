// What a profile saw, attached to what is imported.

#include "compiler/import/function_importer.h"

using namespace mlir;

namespace pyc {

/// The types of a slot, for a guard. Small ints that have come near the end of the tag may pass it
/// in a longer run than the profiled one: the guard is to hold for those as well.
ArrayAttr FunctionImporter::guardedTypes(const profile::Slot& slot) const {
  constexpr int64_t kNear = int64_t(1) << 33; // of 48 bits
  ArrayAttr types = observations_.types(b_, slot);
  bool isNear = slot.least < -kNear || slot.greatest > kNear;
  if (!isNear || types != Builder(b_).getStrArrayAttr({"int"}))
    return types;
  return Builder(b_).getStrArrayAttr({"int", "int64"});
}

/// Behind the definition of a value: its types, with the state in which the instruction at `next`
/// begins.
void FunctionImporter::observe(Value value, const profile::Slot& slot, uint32_t next) {
  if (slot.seen.empty())
    return;
  OperationState op(loc_, "uop.observe");
  op.addOperands(value);
  op.addAttribute("types", guardedTypes(slot));
  appendState(op, next);
  b_.create(op);
}

/// Behind a yield, the state in which place-guards can test what comes out of the registers.
void FunctionImporter::observeResumed(uint32_t next) {
  auto loads = b_.getInsertionBlock()->getOps<ir::LoadRegisterOp>();
  if (!observations_ || loads.empty())
    return;
  OperationState op(loc_, "uop.observe");
  op.addOperands((*loads.begin()).getValue());
  op.addAttribute("types", b_.getArrayAttr({}));
  op.addAttribute("resumed", b_.getUnitAttr());
  appendState(op, next);
  b_.create(op);
}

void FunctionImporter::observeParameters() {
  if (!observations_)
    return;
  const auto& parameters = observations_.function().parameters;
  for (unsigned i = 0; i < parameters.size() && i < locals_.size(); ++i)
    if (locals_[i].value)
      observe(locals_[i].value, parameters[i], 0);
}

/// What was seen of a register by the first instruction that reads it, on the one way from the
/// instruction at `word`; null where that way ends first. Where several ways meet before, that is
/// what came on all of them.
const profile::Slot* FunctionImporter::seenLater(int16_t reg, uint32_t word) const {
  constexpr unsigned kFurthest = 6;
  for (unsigned i = 0; i < kFurthest; ++i) {
    const uint64_t* at = words_ + word;
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(at));
    const profile::Site* site = observations_.at(word);
    const profile::Slot* found = nullptr;
    bool isWritten = false;
    unsigned slot = 0;
    uop::forEachProfiledOperand(at, [&](uop::ProfiledOperand operand) {
      if (operand.reg == reg && !operand.isResult && site && slot < site->slots.size() && !found)
        found = &site->slots[slot];
      isWritten |= operand.reg == reg;
      ++slot;
    });
    if (isWritten || !site)
      return found;
    if (uop::opcodeAt(at) == uop::Opcode::Move) {
      auto [to, from] =
          std::pair(uop::readOperand(at, info.operands[0]), uop::readOperand(at, info.operands[1]));
      if (to == reg)
        return nullptr;
      reg = from == reg ? static_cast<int16_t>(to) : reg;
    } else if (info.renames && uop::opcodeAt(at) != uop::Opcode::Nop) {
      return nullptr;
    }
    bool jumps = uop::opcodeAt(at) == uop::Opcode::Jump;
    if (info.terminator && !jumps)
      return nullptr;
    word += jumps ? uop::readOperand(at, info.operands[0]) : info.words;
  }
  return nullptr;
}

/// What was seen of a result: behind its instruction, or where a join of ways follows, later.
const profile::Slot& FunctionImporter::seenOf(const uop::ProfiledOperand& result,
                                              const profile::Slot& slot, uint32_t next) const {
  const profile::Slot* later = slot.seen.empty() ? seenLater(result.reg, next) : nullptr;
  return later ? *later : slot;
}

/// The attribute `seen` of a site. Accesses of attributes test what they load and replace.
ArrayAttr FunctionImporter::seenAt(const profile::Site& site) const {
  const uint64_t* at = words_ + site.word;
  uint32_t next = site.word + uop::infoOf(uop::opcodeAt(at)).words;
  uop::Opcode opcode = uop::opcodeAt(at);
  bool isTested = opcode == uop::Opcode::LoadAttr || opcode == uop::Opcode::StoreAttr;
  SmallVector<Attribute> slots;
  uop::forEachProfiledOperand(at, [&](uop::ProfiledOperand operand) {
    if (slots.size() == site.slots.size())
      return;
    const profile::Slot& saw = site.slots[slots.size()];
    const profile::Slot& slot = operand.isResult ? seenOf(operand, saw, next) : saw;
    slots.push_back(isTested ? guardedTypes(slot) : observations_.types(b_, slot));
  });
  return b_.getArrayAttr(slots);
}

void FunctionImporter::observeResults(Operation* op, const uint64_t* at, uint32_t word) {
  const profile::Site* site = observations_ ? observations_.at(word) : nullptr;
  if (!site)
    return;
  uint32_t next = word + uop::infoOf(uop::opcodeAt(at)).words;
  unsigned slot = 0, result = 0;
  uop::forEachProfiledOperand(at, [&](uop::ProfiledOperand operand) {
    if (operand.isResult && slot < site->slots.size())
      observe(op->getResult(result), seenOf(operand, site->slots[slot], next), next);
    result += operand.isResult;
    ++slot;
  });
}

/// Whether an instruction was begun more often than the one behind it, which nothing skips.
bool FunctionImporter::hasRaised(const profile::Site& site) const {
  const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(words_ + site.word));
  const profile::Site* next = observations_.at(site.word + info.words);
  return info.raises && !info.terminator && (!next || next->count < site.count);
}

void FunctionImporter::attachSeen(Operation* op, uint32_t word) {
  if (const profile::Site* site = observations_ ? observations_.at(word) : nullptr) {
    op->setAttr("seen", seenAt(*site));
    if (isa<ir::BuildListOp, ir::ListAppendOp>(op)) // for the length of lists
      op->setAttr("times", b_.getI64IntegerAttr(static_cast<int64_t>(site->count)));
    if (hasRaised(*site))
      op->setAttr("raised", b_.getUnitAttr());
  } else if (usesHints()) {
    attachHints(op, word);
  }
}

} // namespace pyc
