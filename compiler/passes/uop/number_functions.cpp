// Functions that only compute with numbers leave everything else as it is, even where they leave
// native code: what the interpreter then runs of them are operators of numbers, no code of the
// program's and no poll. A call in a loop expects such a function to be the callee:
//
//   %x = call_typed "f$typed" %f(%n)  =>  guard_function %f "f"
//                                         %x = call_typed "f$typed" %f(%n) {numbers_only}
//
// so that passes behind this one see that the loop leaves lists and attributes alone.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace pyc;

namespace {

/// Whether it computes with numbers that are in registers already. (A guard of a value's type would
/// leave for objects whose operators the program defines.)
bool isOfNumbers(Operation* op) {
  StringRef name = op->getName().stripDialect();
  return isMemoryEffectFree(op) || isa<func::ReturnOp, cf::BranchOp, cf::CondBranchOp>(op) ||
         name.starts_with("int_") || name.starts_with("float_");
}

bool computesOnly(func::FuncOp function) {
  bool isLeaf = true;
  for (Block& block : function.getBody())
    for (Operation& op : block)
      isLeaf &= isOfNumbers(&op);
  if (!isLeaf || function.getBody().hasOneBlock())
    return isLeaf;
  DominanceInfo dominance(function); // the interpreter polls in loops
  return CFGLoopInfo(dominance.getDomTree(&function.getBody())).empty();
}

class NumberFunctions : public PassWrapper<NumberFunctions, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(NumberFunctions)
  StringRef getArgument() const override { return "number-functions"; }
  StringRef getDescription() const override {
    return "Expect functions that only compute with numbers where loops call them";
  }

  void runOnOperation() override {
    llvm::StringSet<> symbols;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.getName().ends_with(kTyped) && !function.isExternal() && computesOnly(function))
        symbols.insert(function.getName());
    if (symbols.empty())
      return;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal() && !function.getBody().hasOneBlock())
        expectIn(function, symbols);
  }

private:
  static constexpr StringRef kTyped = "$typed";

  static void expectIn(func::FuncOp function, const llvm::StringSet<>& symbols) {
    SmallVector<ir::CallTypedOp> calls;
    function.walk([&](ir::CallTypedOp call) {
      if (symbols.contains(call.getSymbol()) && !call.getIsMethod())
        calls.push_back(call);
    });
    if (calls.empty())
      return;
    DominanceInfo dominance(function);
    CFGLoopInfo loops(dominance.getDomTree(&function.getBody()));
    for (ir::CallTypedOp call : calls)
      if (loops.getLoopFor(call->getBlock()))
        expect(call);
  }

  static void expect(ir::CallTypedOp call) {
    OpBuilder b(call);
    StringRef symbol = call.getSymbol().drop_back(kTyped.size());
    ir::createWithState<ir::GuardFunctionOp>(b, call, {}, call.getCallee(),
                                             b.getNamedAttr("symbol", b.getStringAttr(symbol)));
    call->setAttr("numbers_only", b.getUnitAttr());
    explain(call, RemarkKind::NumberFunction);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createNumberFunctions() {
  return std::make_unique<NumberFunctions>();
}
