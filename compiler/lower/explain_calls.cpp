#include "compiler/lower/explain_calls.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pyc {

void explainGeneralCall(Operation* op) {
  if (!isExplained(op->getContext()))
    return;
  ArrayAttr seen = ir::seenAt(op, 1);
  if (!seen && op->getParentOfType<func::FuncOp>()->hasAttr("uop.profiled"))
    return; // it never ran
  if (!seen || seen.empty())
    return explain(op, RemarkKind::CallUnknown);
  std::string types = llvm::join(ir::typesOf(seen), "|");
  if (op->hasAttr("names"))
    return explain(op, RemarkKind::CallKeywords, {types});
  StringRef only = ir::onlyType(seen);
  if (!only.empty())
    return explain(op, RemarkKind::CallRuntime, only);
  explain(op, RemarkKind::CallSeveral, {types});
}

} // namespace pyc
