// Loops over lists that a profile saw to store numbers: the step takes the number from the list's
// items, without an object, and runs no code; for another storage or iterator it leaves. So do
// loops over bytes, bytearrays and arrays.
//
//   %it = get_iter %xs  seen list[float]
//   %x = next %it                          =>   %x = next %it {items = "float"}
//   %n = guard_float %x                         (nothing to guard: lowering sees to it)

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "runtime/base/item_storage.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace pyc;

namespace {

class ListLoops : public PassWrapper<ListLoops, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ListLoops)
  StringRef getArgument() const override { return "list-loops"; }
  StringRef getDescription() const override { return "Take numbers in loops from lists directly"; }

  void runOnOperation() override {
    SmallVector<ir::NextOp> steps;
    getOperation().walk([&](ir::NextOp next) { steps.push_back(next); });
    for (ir::NextOp next : steps) {
      auto iterator = next.getIterator().getDefiningOp<ir::GetIterOp>();
      StringRef type = iterator ? ir::onlyType(ir::seenAt(iterator, 1)) : StringRef();
      bool isList = type.consume_front("list[") && type.consume_back("]") && type != "object";
      if (!isList && !givesNumbers(type, next))
        continue;
      explain(next, RemarkKind::ListItem, ir::onlyType(ir::seenAt(iterator, 1)));
      next->setAttr("items", StringAttr::get(next.getContext(), type));
      ir::dropEdge(next);
    }
    ir::eraseDeadBlocks(getOperation().getBody()); // of edges to handlers
  }

private:
  /// Whether a loop goes over bytes, a bytearray or an array. Numbers that no value holds leave.
  static bool givesNumbers(StringRef type, ir::NextOp next) {
    auto storage = rt::itemStorageOf(type);
    if (!storage)
      return false;
    const rt::ItemFormat& format = rt::formatOf(*storage);
    return format.isFloat || format.bytes < 8 || ir::onlyType(ir::seenAt(next, 0)) == "int";
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createListLoops() {
  return std::make_unique<ListLoops>();
}
