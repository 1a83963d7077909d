#include "compiler/passes/uop/number_calls.h"

#include "compiler/passes/uop/seen.h"
#include "dialects/uop/uop_dialect.h"
#include "runtime/base/item_storage.h"

using namespace mlir;

namespace pyc {

namespace {

struct Known {
  NumberCall call;
  StringRef type; // as a profile has it
  unsigned minArguments, maxArguments;
};
constexpr unsigned kMaxCompared = 8;
constexpr Known kKnown[] = {
    {NumberCall::Abs, "builtin builtins:abs", 1, 1},
    {NumberCall::Min, "builtin builtins:min", 2, kMaxCompared},
    {NumberCall::Max, "builtin builtins:max", 2, kMaxCompared},
    {NumberCall::Float, "class float", 1, 1},
    {NumberCall::Int, "class int", 1, 1},
    {NumberCall::Complex, "class complex", 1, 2},
    {NumberCall::Len, "builtin builtins:len", 1, 1},
    {NumberCall::IsInstance, "builtin builtins:isinstance", 2, 2},
    {NumberCall::Sqrt, "builtin math:sqrt", 1, 1},
    {NumberCall::Floor, "builtin math:floor", 1, 1},
    {NumberCall::Ceil, "builtin math:ceil", 1, 1},
    // PYC_FLOAT_FUNCTIONS of runtime/objects/known_functions.h
    {NumberCall::OfFloat, "builtin math:acos", 1, 1},
    {NumberCall::OfFloat, "builtin math:asin", 1, 1},
    {NumberCall::OfFloat, "builtin math:atan", 1, 1},
    {NumberCall::OfFloat, "builtin math:cos", 1, 1},
    {NumberCall::OfFloat, "builtin math:cosh", 1, 1},
    {NumberCall::OfFloat, "builtin math:degrees", 1, 1},
    {NumberCall::OfFloat, "builtin math:exp", 1, 1},
    {NumberCall::OfFloat, "builtin math:fabs", 1, 1},
    {NumberCall::OfFloat, "builtin math:log", 1, 1},
    {NumberCall::OfFloat, "builtin math:log10", 1, 1},
    {NumberCall::OfFloat, "builtin math:log2", 1, 1},
    {NumberCall::OfFloat, "builtin math:radians", 1, 1},
    {NumberCall::OfFloat, "builtin math:sin", 1, 1},
    {NumberCall::OfFloat, "builtin math:sinh", 1, 1},
    {NumberCall::OfFloat, "builtin math:tan", 1, 1},
    {NumberCall::OfFloat, "builtin math:tanh", 1, 1},
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
        (known.call == NumberCall::Len && !hasKnownLength(arguments[0])) ||
        (known.call == NumberCall::IsInstance && builtinClassOf(arguments[1]).empty()))
      return NumberCall::None;
    return known.call;
  }
  return NumberCall::None;
}

StringRef builtinClassOf(Value value) {
  constexpr StringRef kClasses[] = {"int",  "float", "bool",  "str", "tuple",
                                    "list", "dict",  "bytes", "set"};
  auto load = value.getDefiningOp<ir::LoadGlobalOp>();
  StringRef type = load ? ir::onlyType(ir::seenAt(load, 0)) : StringRef();
  return type.consume_front("class ") && llvm::is_contained(kClasses, type) ? type : StringRef();
}

StringRef functionName(Operation* call) {
  StringRef type = ir::onlyType(ir::seenAt(call, 1));
  return type.drop_front(type.find_last_of(": ") + 1);
}

} // namespace pyc
