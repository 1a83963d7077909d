// What a profile saw, attached to what is imported.

#include "compiler/import/function_importer.h"
#include "dialects/uop/profiled.h"

using namespace mlir;

namespace pyc {

/// Behind the definition of a value: its types, with the state in which the instruction at `next`
/// begins.
void FunctionImporter::observe(Value value, const profile::Slot& slot, uint32_t next) {
  if (slot.seen.empty())
    return;
  OperationState op(loc_, "uop.observe");
  op.addOperands(value);
  op.addAttribute("types", observations_.types(b_, slot));
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

void FunctionImporter::observeResults(Operation* op, const uint64_t* at, uint32_t word) {
  const profile::Site* site = observations_ ? observations_.at(word) : nullptr;
  if (!site)
    return;
  uint32_t next = word + uop::infoOf(uop::opcodeAt(at)).words;
  unsigned slot = 0, result = 0;
  uop::forEachProfiledOperand(at, [&](uop::ProfiledOperand operand) {
    if (operand.isResult && slot < site->slots.size())
      observe(op->getResult(result), site->slots[slot], next);
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
    op->setAttr("seen", observations_.seen(b_, *site));
    if (hasRaised(*site))
      op->setAttr("raised", b_.getUnitAttr());
  } else if (usesHints()) {
    attachHints(op, word);
  }
}

} // namespace pyc
