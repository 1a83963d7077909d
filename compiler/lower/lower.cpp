#include "compiler/lower/lower.h"

#include "compiler/lower/function_lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;

namespace {

class LowerUop : public PassWrapper<LowerUop, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(LowerUop)
  explicit LowerUop(pyc::uop::ImageView image) : image_(image) {}
  StringRef getArgument() const override { return "lower-uop"; }
  StringRef getDescription() const override {
    return "Lower uops to the LLVM dialect and runtime calls";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<LLVM::LLVMDialect, arith::ArithDialect, cf::ControlFlowDialect>();
  }
  void runOnOperation() override {
    pyc::NativeFunctions natives(getOperation());
    auto unit = pyc::compileUnitOf(&getContext(), image_);
    unsigned symbols = 0;
    for (auto function : llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      pyc::FunctionLowering(getOperation(), function, image_, natives, unit, symbols).run();
  }

private:
  pyc::uop::ImageView image_;
};

} // namespace

pyc::NativeFunctions::NativeFunctions(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (auto name = function->getAttrOfType<StringAttr>("uop.name");
        name && function->hasAttr("uop.direct")) {
      auto code = function->getAttrOfType<IntegerAttr>("uop.code");
      byName_[name] = {function.getName().str(), function.getNumArguments() - 1,
                       code ? static_cast<int>(code.getInt()) : -1};
    }
}

const pyc::NativeFunctions::Entry* pyc::NativeFunctions::find(StringRef type) const {
  if (!type.consume_front("function "))
    return nullptr;
  auto found = byName_.find(type);
  return found == byName_.end() ? nullptr : &found->second;
}

std::unique_ptr<Pass> pyc::createLowerUop(uop::ImageView image) {
  return std::make_unique<LowerUop>(image);
}
