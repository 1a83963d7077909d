// Items of dicts: places that look for the same key share a hint where it was found
// (runtime/objects/dict_hint.h), so that `d[k] += 1` and `if k in d: d[k]` search once, and
// `d["name"]` not even once where dicts are alike. Any other object takes the general way.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/remarks/remark.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace pyc {

namespace {

/// What a key is: the constant's number, or a value, in a register where it is an int.
using Key = std::pair<Value, int64_t>;

Key keyOf(Value key) {
  if (auto load = key.getDefiningOp<ir::LoadConstOp>())
    return {Value(), load.getValue()};
  if (auto box = key.getDefiningOp<ir::BoxIntOp>())
    return {box.getValue(), -1};
  return {key, -1};
}

/// The container and the key of an operation that looks one up; nulls for others.
std::pair<Value, Value> lookupOf(Operation* op) {
  if (isa<ir::ContainsOp, ir::NotContainsOp>(op))
    return {op->getOperand(1), op->getOperand(0)};
  if (isa<ir::LoadItemOp, ir::LoadItemIntOp, ir::StoreItemOp, ir::StoreItemIntOp>(op))
    return {op->getOperand(0), op->getOperand(1)};
  return {};
}

} // namespace

/// Whether the container of a look-up may be a dict, by what a profile saw.
bool FunctionLowering::mayBeDict(Operation* op) {
  if (auto [container, key] = lookupOf(op); container && isVirtual(container))
    return false;
  if (!op->hasAttr("seen"))
    return true;
  unsigned slot = isa<ir::ContainsOp, ir::NotContainsOp>(op) ? 1 : 0;
  auto types = ir::typesOf(ir::seenAt(op, slot + op->getNumResults()));
  return types.empty() || llvm::is_contained(types, "dict");
}

/// Before lowering replaces what makes the keys.
void FunctionLowering::findDictHints() {
  llvm::MapVector<std::pair<Value, Key>, SmallVector<Operation*>> places;
  function_.walk([&](Operation* op) {
    auto [container, key] = lookupOf(op);
    if (!container || !mayBeDict(op))
      return;
    places[{container, keyOf(key)}].push_back(op);
  });
  for (auto& [lookup, operations] : places) {
    bool isConstant = lookup.second.second >= 0;
    if (!isConstant && operations.size() < 2 && !registerItems_.contains(operations[0]))
      continue;
    std::string memory;
    if (isConstant) {
      memory = newSymbol("hint");
      defineZeroed(memory, sizeof(uint32_t));
    }
    Value slot = isConstant ? Value() : hintOnStack();
    for (Operation* op : operations)
      dictHints_[op] = {slot, memory};
  }
}

/// A hint of this run of the function.
Value FunctionLowering::hintOnStack() {
  Value slot = stackArray(1);
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointAfterValue(slot);
  LLVM::StoreOp::create(b_, loc_, constant(i32_, 0), slot);
  return slot;
}

/// An operation that looks up a key with a hint; false where it has none.
bool FunctionLowering::lowerHinted(Operation* op) {
  auto hint = dictHints_.find(op);
  if (hint == dictHints_.end())
    return false;
  Value place = hint->second.slot;
  if (!place)
    place = LLVM::AddressOfOp::create(b_, loc_, ptr_, hint->second.memory);
  bool isStore = isa<ir::StoreItemOp, ir::StoreItemIntOp>(op);
  SmallVector<Value> arguments(op->getOperands().take_front(isStore ? 3 : 2));
  arguments.push_back(place);
  bool isNumber = registerItems_.contains(op);
  if (!isNumber)
    explain(op, RemarkKind::DictHint);
  std::string entry =
      ("pyc_" + op->getName().stripDialect() + (isNumber ? "_int" : "_hinted")).str();
  if (isStore) {
    raiseIf(op, isZero(call(entry, i1_, arguments)));
    replace(op, {});
    return true;
  }
  Value result = call(entry, i64_, arguments);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

} // namespace pyc
