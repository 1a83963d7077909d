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
    for (auto function : llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>())) {
      auto index = function->getAttrOfType<IntegerAttr>("uop.code");
      pyc::FunctionLowering(getOperation(), function, image_.code(index.getInt())).run();
    }
  }

private:
  pyc::uop::ImageView image_;
};

} // namespace

std::unique_ptr<Pass> pyc::createLowerUop(uop::ImageView image) {
  return std::make_unique<LowerUop>(image);
}
