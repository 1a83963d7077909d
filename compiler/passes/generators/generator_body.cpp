#include "compiler/passes/generators/generator_body.h"

#include "dialects/uop/uop_info.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pyc {

namespace {

constexpr unsigned kMostOperations = 300;

/// The handler that every generator has: StopIteration becomes RuntimeError (PEP 479), anything
/// goes on being raised.
bool isImplicitHandler(ir::TakeExceptionOp take) {
  auto convert = dyn_cast_or_null<ir::Intrinsic1Op>(take->getNextNode());
  auto raise = dyn_cast<ir::ThrowOp>(take->getBlock()->getTerminator()->getPrevNode());
  return convert &&
         convert.getWhich() == static_cast<uint32_t>(uop::Intrinsic1Kind::StopiterationError) &&
         convert->getOperand(0) == take.getException() && raise && raise.getKind() == "reraise" &&
         !raise.getValues().empty() && raise.getValues()[0] == convert->getResult(0);
}

bool canStandElsewhere(func::FuncOp function) {
  unsigned count = 0;
  WalkResult walk = function.walk([&](Operation* op) {
    auto take = dyn_cast<ir::TakeExceptionOp>(op);
    bool isCaught = isa<ir::SuspendOp>(op) && op->hasAttr("caught");
    bool fits =
        !isa<ir::SendOp, ir::LoadLocalsOp>(op) && !isCaught && (!take || isImplicitHandler(take));
    return ++count <= kMostOperations && fits ? WalkResult::advance() : WalkResult::interrupt();
  });
  return !walk.wasInterrupted();
}

} // namespace

std::optional<GeneratorBody> GeneratorBody::describe(func::FuncOp function) {
  if (!function->hasAttr("uop.parameters") || !canStandElsewhere(function))
    return {};
  Block& entry = function.getBody().front();
  if (!isa<cf::SwitchOp>(entry.getTerminator()))
    return {};
  for (Operation& op : entry.without_terminator())
    if (!isa<ir::NullOp, ir::FreeVariableOp, ir::NoneOp, ir::BoxIntOp, ir::BoxFloatOp,
             ir::BoxBoolOp, arith::ConstantOp>(op))
      return {};
  return GeneratorBody(function);
}

int64_t GeneratorBody::code() const {
  return function_->getAttrOfType<IntegerAttr>("uop.code").getInt();
}

std::string GeneratorBody::name() const {
  return function()->getAttrOfType<StringAttr>("uop.name").str();
}

unsigned GeneratorBody::parameterCount() const {
  return function_->getAttrOfType<IntegerAttr>("uop.parameters").getInt();
}

cf::SwitchOp GeneratorBody::resumptions() const {
  return cast<cf::SwitchOp>(function().getBody().front().getTerminator());
}

GeneratorExit GeneratorBody::exitOf(Block* block) {
  auto ret = dyn_cast<func::ReturnOp>(block->getTerminator());
  if (!ret)
    return GeneratorExit::None;
  Operation* before = ret->getPrevNode();
  if (isa_and_present<ir::SuspendOp>(before))
    return GeneratorExit::Yield;
  return ret.getOperand(0).getDefiningOp<ir::NullOp>() ? GeneratorExit::Raise
                                                       : GeneratorExit::Return;
}

} // namespace pyc
