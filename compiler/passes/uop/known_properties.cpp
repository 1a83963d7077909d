// Properties of instances whose class a profile saw: behind a guard of the object's class, the
// function that gets or sets it is a load from a cell, and is called as a method is.
//
//   %v = uop.load_attr %o "x"     =>    %f = uop.load_known_method %o "x" {accessor = "getter"}
//                                       %v = uop.call_method(%f, %o)
//                                       uop.decref %f
//
// What was seen says that the attribute is not the object's own; that the module has functions of
// its name for the classes makes a property likely.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/accessor_call.h"
#include "compiler/passes/uop/layouts.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace pyc;

namespace {

bool isLayout(StringRef type) {
  return type.starts_with("instance ");
}

class KnownProperties : public PassWrapper<KnownProperties, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(KnownProperties)
  StringRef getArgument() const override { return "known-properties"; }
  StringRef getDescription() const override { return "Call the functions of properties directly"; }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    parameters_.clear();
    SmallVector<Operation*> accesses;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (auto name = function->getAttrOfType<StringAttr>("uop.name");
          name && function->hasAttr("uop.direct"))
        parameters_[name] = function.getNumArguments() - 1;
      function.walk([&](Operation* op) {
        if (isa<ir::LoadAttrOp, ir::StoreAttrOp>(op))
          accesses.push_back(op);
      });
    }
    for (Operation* op : accesses)
      if (auto functions = functionsOf(op); !functions.empty())
        replace(op, functions);
  }

private:
  /// The functions that the access seems to call, as `seen` has them; none when it may be no
  /// property.
  SmallVector<Attribute> functionsOf(Operation* op) const {
    bool isLoad = isa<ir::LoadAttrOp>(op);
    ArrayAttr types = ir::seenAt(op, isLoad ? 1 : 0);
    StringRef name = op->getAttrOfType<StringAttr>("name").getValue();
    if (!types || types.size() > kMaxLayouts)
      return {};
    SmallVector<Attribute> functions;
    for (StringRef type : types.getAsValueRange<StringAttr>()) {
      std::string function = accessorOf(type, name, isLoad ? 1 : 2);
      if (!isLayout(type) || offsetIn(type, name) || function.empty())
        return {};
      functions.push_back(StringAttr::get(op->getContext(), "function " + function));
    }
    ArrayAttr values = isLoad ? ir::seenAt(op, 0) : ArrayAttr();
    bool isMethod =
        values && llvm::any_of(values.getAsValueRange<StringAttr>(), [](StringRef type) {
          return type.starts_with("method ") || type.starts_with("function ");
        });
    return isMethod ? SmallVector<Attribute>() : functions;
  }

  /// The class's function of the name and so many parameters. Getter and setter have the same name,
  /// and a number behind it.
  std::string accessorOf(StringRef layout, StringRef name, unsigned parameters) const {
    constexpr unsigned kMostNumbers = 4;
    layout.consume_front("instance ");
    std::string base = (layout.split('{').first + "." + name).str();
    for (unsigned i = 0; i < kMostNumbers; ++i) {
      std::string function = i == 0 ? base : base + "#" + std::to_string(i);
      if (auto found = parameters_.find(function);
          found != parameters_.end() && found->second == parameters)
        return function;
    }
    return {};
  }

  static void replace(Operation* op, ArrayRef<Attribute> functions) {
    explain(op, RemarkKind::KnownProperty);
    Builder b(op->getContext());
    bool isLoad = isa<ir::LoadAttrOp>(op);
    NamedAttribute lookup[] = {b.getNamedAttr("name", op->getAttr("name")),
                               b.getNamedAttr("nameIndex", op->getAttr("nameIndex"))};
    SmallVector<Value> arguments(op->getOperands().take_front(ir::stateBegin(op)));
    replaceByCall(op, {isLoad ? "getter" : "setter", lookup, functions, arguments});
  }

  llvm::StringMap<unsigned> parameters_;
};

} // namespace

std::unique_ptr<Pass> pyc::createKnownProperties() {
  return std::make_unique<KnownProperties>();
}
