// Tuples that are only compared, looked into or looked for: the runtime gets what they would hold.
//
//   %t = virtual_tuple(%a, %b)
//   %bit = compare_truth "lt" %t %k     =>   pyc_truth_lt_items([%a, %b], 2, [%k], kNoItems)
//   %x = load_item %d %t                =>   pyc_load_item_of(%d, [%a, %b], 2)

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/item_keys.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// An operand in memory: the items of a tuple that was not made, or one value.
struct FunctionLowering::Items {
  Value array, count;
  SmallVector<Value> boxes; // made for it alone
};

FunctionLowering::Items FunctionLowering::itemsOf(Value operand) {
  constexpr int64_t kNoItems = -1; // entry.h
  if (!isVirtual(operand))
    return {spill(operand), constant(i32_, kNoItems), {}};
  Items items;
  SmallVector<Value> values;
  for (Value part : operand.getDefiningOp()->getOperands()) {
    values.push_back(boxPart(part));
    if (values.back() != part && !uncounted_.contains(values.back()))
      items.boxes.push_back(values.back());
  }
  items.array = spill(values);
  items.count = constant(i32_, static_cast<int64_t>(values.size()));
  return items;
}

void FunctionLowering::releaseBoxes(const Items& items) {
  for (Value box : items.boxes)
    call("pyc_decref", {}, box);
}

/// False where the key is an object.
bool FunctionLowering::lowerItemKey(Operation* op) {
  auto key = ir::keyOperandOf(op);
  if (!key || !isVirtual(op->getOperand(*key)))
    return false;
  Items items = itemsOf(op->getOperand(*key));
  Value result;
  if (auto store = dyn_cast<ir::StoreItemOp>(op))
    result = call("pyc_store_item_of", i1_,
                  {store.getObject(), items.array, items.count, store.getSrc()});
  else if (isa<ir::LoadItemOp>(op))
    result = call("pyc_load_item_of", i64_, {op->getOperand(0), items.array, items.count});
  else
    result = call("pyc_contains_of", i64_, {items.array, items.count, op->getOperand(1)});
  releaseBoxes(items);
  raiseIf(op, isa<ir::StoreItemOp>(op) ? isZero(result) : isNull(result));
  if (isa<ir::NotContainsOp>(op))
    result = call("pyc_not", i64_, result);
  replace(op, op->getNumResults() == 0 ? ValueRange() : ValueRange(result));
  return true;
}

/// False where both operands are objects.
bool FunctionLowering::lowerItemComparison(Operation* op) {
  if (lowerItemKey(op))
    return true;
  if (!ir::takesItems(op) || !llvm::any_of(op->getOperands().take_front(2), isVirtual))
    return false;
  auto test = dyn_cast<ir::CompareTruthOp>(op);
  Items rhs = itemsOf(op->getOperand(1));
  Value result;
  if (isa<ir::ContainsOp, ir::NotContainsOp>(op)) {
    result = call("pyc_contains_items", i64_, {op->getOperand(0), rhs.array, rhs.count});
  } else if (isa<ir::ModOp>(op)) {
    result = call("pyc_mod_items", i64_, {op->getOperand(0), rhs.array, rhs.count});
  } else {
    Items lhs = itemsOf(op->getOperand(0));
    std::string entry = test ? ("pyc_truth_" + test.getPredicate()).str()
                             : ("pyc_" + op->getName().stripDialect()).str();
    result =
        call(entry + "_items", test ? i32_ : i64_, {lhs.array, lhs.count, rhs.array, rhs.count});
    releaseBoxes(lhs);
  }
  releaseBoxes(rhs);
  if (test)
    return answerTruth(op, result);
  raiseIf(op, isNull(result));
  if (isa<ir::NotContainsOp>(op))
    result = call("pyc_not", i64_, result);
  replace(op, result);
  return true;
}

} // namespace pyc
