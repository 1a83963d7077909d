// Suppositions from annotations and from the module's text, attached to what is imported in the
// form of observations. Passes make guards and tests of them as they do of a profile's.

#include "compiler/import/function_importer.h"

using namespace mlir;

namespace pyc {

uop::Hint FunctionImporter::hintOfRegister(int index) const {
  return uop::isLocalRegister(index) ? uop::hintOfLocal(image_, code_, uop::localOfRegister(index))
                                     : uop::Hint::None;
}

/// Behind the definition of a value, with the state in which the instruction at `next` begins.
void FunctionImporter::suppose(Value value, uop::Hint hint, uint32_t next) {
  if (!uop::isScalar(hint))
    return;
  OperationState op(loc_, "uop.observe");
  op.addOperands(value);
  op.addAttribute("types", b_.getStrArrayAttr({uop::typeOf(hint)}));
  appendState(op, next);
  b_.create(op);
}

void FunctionImporter::supposeParameters() {
  if (!usesHints())
    return;
  for (unsigned local = 0; local < code_.argumentCount + code_.keywordOnlyCount; ++local)
    suppose(locals_[local].value, hintOfRegister(uop::localRegister(local)), 0);
}

/// The value of an annotated local, and what a function of the module returns.
void FunctionImporter::supposeResults(Operation* op, ArrayRef<int> outputs, uint32_t next) {
  if (!usesHints() || outputs.empty())
    return;
  uop::Hint hint = hintOfRegister(outputs[0]);
  if (auto load = op->getNumOperands() != 0 ? op->getOperand(0).getDefiningOp<ir::LoadGlobalOp>()
                                            : ir::LoadGlobalOp();
      load && isa<ir::CallOp>(op) && hint == uop::Hint::None)
    if (const ModuleHints::Callee* callee = hints_->find(load.getName()))
      hint = callee->result;
  suppose(op->getResult(0), hint, next);
}

/// What a profile would have seen of calls of the module's functions, and of items of lists.
void FunctionImporter::attachHints(Operation* op, uint32_t word) {
  auto seen = [&](unsigned slots, unsigned slot, StringRef type) {
    SmallVector<Attribute> all(slots, b_.getArrayAttr({}));
    all[slot] = b_.getStrArrayAttr({type});
    op->setAttr("seen", b_.getArrayAttr(all));
  };
  if (isa<ir::CallOp>(op)) {
    auto load = op->getOperand(0).getDefiningOp<ir::LoadGlobalOp>();
    const ModuleHints::Callee* callee = load ? hints_->find(load.getName()) : nullptr;
    if (callee)
      seen(2, 1, callee->type);
    return;
  }
  int object =
      isa<ir::LoadItemOp>(op)    ? reinterpret_cast<const uop::LoadItemUop*>(words_ + word)->object
      : isa<ir::StoreItemOp>(op) ? reinterpret_cast<const uop::StoreItemUop*>(words_ + word)->object
                                 : 0;
  uop::Hint hint = hintOfRegister(object);
  if (hint != uop::Hint::None && !uop::isScalar(hint))
    seen(3, isa<ir::LoadItemOp>(op) ? 1 : 0, uop::typeOf(hint));
}

} // namespace pyc
