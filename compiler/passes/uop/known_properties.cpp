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

/// The register, which no frame has, under which the function is in the call's state: an exception
/// releases it whatever the handler's depth.
constexpr int16_t kFunctionRegister = 32000;

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
    OpBuilder b(op);
    bool isLoad = isa<ir::LoadAttrOp>(op);
    Value object = op->getOperand(0);
    auto accessor = b.getNamedAttr("accessor", b.getStringAttr(isLoad ? "getter" : "setter"));
    auto ways = static_cast<int32_t>(functions.size());
    NamedAttribute attributes[] = {b.getNamedAttr("name", op->getAttr("name")),
                                   b.getNamedAttr("nameIndex", op->getAttr("nameIndex")),
                                   b.getNamedAttr("ways", b.getI32IntegerAttr(ways)), accessor};
    Value function =
        ir::createWithState<ir::LoadKnownMethodOp>(b, op, object.getType(), object, attributes);
    Value result = makeCall(b, op, function, functions, accessor);
    ir::DecrefOp::create(b, op->getLoc(), function);
    if (isLoad)
      op->getResult(0).replaceAllUsesWith(result);
    else
      ir::DecrefOp::create(b, op->getLoc(), result);
    op->erase();
  }

  static Value makeCall(OpBuilder& b, Operation* op, Value function, ArrayRef<Attribute> functions,
                        NamedAttribute accessor) {
    auto operands = op->getOperands().take_front(ir::stateBegin(op));
    SmallVector<int16_t> registers(ir::stateRegisters(op).asArrayRef());
    SmallVector<bool> owned(ir::stateOwned(op));
    OperationState state(op->getLoc(), ir::CallMethodOp::getOperationName());
    state.addOperands(function);
    state.addOperands(operands);
    state.addOperands(ir::stateOf(op));
    state.addOperands(function);
    registers.push_back(kFunctionRegister);
    owned.push_back(true);
    state.addTypes(function.getType());
    ir::copyStateAttributes(op, state);
    state.attributes.set("registers", b.getDenseI16ArrayAttr(registers));
    state.attributes.set("owned", b.getDenseBoolArrayAttr(owned));
    auto window = static_cast<int32_t>(1 + operands.size());
    state.addAttribute("operandSegmentSizes",
                       b.getDenseI32ArrayAttr({window, static_cast<int32_t>(registers.size())}));
    state.addAttribute("argc", b.getI32IntegerAttr(window - 2));
    state.addAttribute("callCache", b.getI32IntegerAttr(0));
    ArrayAttr results = ir::seenAt(op, 0);
    Attribute seen[] = {isa<ir::LoadAttrOp>(op) && results ? results : b.getArrayAttr({}),
                        b.getArrayAttr(functions)};
    state.addAttribute("seen", b.getArrayAttr(seen));
    state.addAttribute(accessor.getName(), accessor.getValue());
    return b.create(state)->getResult(0);
  }

  llvm::StringMap<unsigned> parameters_;
};

} // namespace

std::unique_ptr<Pass> pyc::createKnownProperties() {
  return std::make_unique<KnownProperties>();
}
