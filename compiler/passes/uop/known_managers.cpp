// `with` over instances whose class a profile saw: __enter__ and __exit__ are loads from a cell
// behind a guard of the object's class, and are called as methods are, also inlined.
//
//   %f, %s = load_special %o "enter"   =>   %f = load_known_method %o {accessor = "manager"}
//                                           incref %o (which stands for %s)

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/layouts.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace pyc;

namespace {

class KnownManagers : public PassWrapper<KnownManagers, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(KnownManagers)
  StringRef getArgument() const override { return "known-managers"; }
  StringRef getDescription() const override {
    return "Find __enter__ and __exit__ of known classes in cells";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    SmallVector<ir::LoadSpecialOp> loads;
    getOperation().walk([&](ir::LoadSpecialOp load) {
      if (areAll(ir::seenAt(load, 0), "function ") && areAll(ir::seenAt(load, 2), "instance "))
        loads.push_back(load);
    });
    for (ir::LoadSpecialOp load : loads)
      replace(load);
    ir::eraseDeadBlocks(getOperation().getBody()); // of edges to handlers
  }

private:
  static bool areAll(ArrayAttr types, StringRef kind) {
    return types && !types.empty() && types.size() <= kMaxLayouts &&
           llvm::all_of(types.getAsValueRange<StringAttr>(),
                        [&](StringRef type) { return type.starts_with(kind); });
  }

  static void replace(ir::LoadSpecialOp load) {
    OpBuilder b(load);
    Value object = load.getObject();
    ArrayAttr functions = ir::seenAt(load, 0), objects = ir::seenAt(load, 2);
    StringRef function = cast<StringAttr>(functions[0]).getValue();
    StringRef name = function.rsplit('.').second;
    explain(load, RemarkKind::KnownSpecial, name);
    auto ways = static_cast<int32_t>(objects.size());
    NamedAttribute attributes[] = {b.getNamedAttr("name", b.getStringAttr(name)),
                                   b.getNamedAttr("nameIndex", b.getI32IntegerAttr(-1)),
                                   b.getNamedAttr("ways", b.getI32IntegerAttr(ways)),
                                   b.getNamedAttr("accessor", b.getStringAttr("manager")),
                                   b.getNamedAttr("which", load->getAttr("which")),
                                   b.getNamedAttr("seen", b.getArrayAttr({functions, objects}))};
    auto known =
        ir::createWithState<ir::LoadKnownMethodOp>(b, load, object.getType(), object, attributes);
    ir::IncrefOp::create(b, load.getLoc(), object);
    load->getResult(0).replaceAllUsesWith(known.getResult());
    load->getResult(1).replaceAllUsesWith(object);
    ir::dropEdge(load); // it leaves where it would raise
    load.erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createKnownManagers() {
  return std::make_unique<KnownManagers>();
}
