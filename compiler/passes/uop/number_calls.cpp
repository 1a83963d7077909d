#include "compiler/passes/uop/number_calls.h"

#include "compiler/passes/uop/seen.h"
#include "dialects/uop/uop_dialect.h"
#include "runtime/base/item_storage.h"

using namespace mlir;

namespace pyc {

namespace {

struct Known {
  NumberCall call;
  StringRef name;
  StringRef type; // as a profile has it
  unsigned minArguments, maxArguments;
};
constexpr unsigned kMaxCompared = 8;
constexpr Known kKnown[] = {
    {NumberCall::Abs, "abs", "builtin builtins:abs", 1, 1},
    {NumberCall::Min, "min", "builtin builtins:min", 2, kMaxCompared},
    {NumberCall::Max, "max", "builtin builtins:max", 2, kMaxCompared},
    {NumberCall::Float, "float", "class float", 1, 1},
    {NumberCall::Int, "int", "class int", 1, 1},
    {NumberCall::Sqrt, "sqrt", "builtin math:sqrt", 1, 1},
    {NumberCall::Len, "len", "builtin builtins:len", 1, 1},
};

/// Whether a profile saw items of the object, of a type whose length native code knows.
bool hasKnownLength(Value object) {
  return llvm::any_of(object.getUsers(), [&](Operation* user) {
    if (!isa<ir::LoadItemOp, ir::StoreItemOp>(user) || user->getOperand(0) != object)
      return false;
    StringRef type = ir::onlyType(ir::seenAt(user, isa<ir::LoadItemOp>(user) ? 1 : 0));
    return type.starts_with("list[") || type == "str" || type == "tuple" || rt::itemStorageOf(type);
  });
}

} // namespace

OperandRange argumentsOf(Operation* call) {
  auto segments = call->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  unsigned callee = isa<ir::CallMethodOp>(call) ? 2 : 1;
  return call->getOperands().slice(callee, segments[0] - callee);
}

NumberCall numberCallOf(Operation* op) {
  if (!isa<ir::CallOp, ir::CallMethodOp>(op))
    return NumberCall::None;
  StringRef type = ir::onlyType(ir::seenAt(op, 1));
  for (const Known& known : kKnown) {
    if (type != known.type)
      continue;
    OperandRange arguments = argumentsOf(op);
    if (arguments.size() < known.minArguments || arguments.size() > known.maxArguments ||
        (known.call == NumberCall::Len && !hasKnownLength(arguments[0])))
      return NumberCall::None;
    return known.call;
  }
  return NumberCall::None;
}

StringRef nameOf(NumberCall call) {
  for (const Known& known : kKnown)
    if (known.call == call)
      return known.name;
  return {};
}

} // namespace pyc
