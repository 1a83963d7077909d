// Items of instances whose class a profile saw, unary operators, and calls of such instances: the
// function of the class (__getitem__, __setitem__, __neg__, __call__, ...) is a load from a cell
// behind a guard of the object's class, and is called as a method is.
//
//   %v = uop.load_item %o %k     =>    %f = uop.load_known_method %o {accessor = "get_item"}
//                                      %v = uop.call_method(%f, %o, %k)
//                                      uop.decref %f

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/accessor_call.h"
#include "compiler/passes/uop/layouts.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace pyc;

namespace {

/// How an operation calls a special method.
struct Special {
  StringRef kind, method;
  unsigned seenSlot; // of the object's type
};

std::optional<Special> specialOf(Operation* op) {
  if (isa<ir::LoadItemOp>(op))
    return Special{"get_item", "__getitem__", 1};
  if (isa<ir::StoreItemOp>(op))
    return Special{"set_item", "__setitem__", 0};
  if (isa<ir::DeleteItemOp>(op))
    return Special{"delete_item", "__delitem__", 0};
  if (isa<ir::CallOp>(op))
    return Special{"call", "__call__", 1};
  if (isa<ir::NegOp>(op))
    return Special{"neg", "__neg__", 1};
  if (isa<ir::PosOp>(op))
    return Special{"pos", "__pos__", 1};
  if (isa<ir::InvertOp>(op))
    return Special{"invert", "__invert__", 1};
  return {};
}

class KnownItems : public PassWrapper<KnownItems, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(KnownItems)
  StringRef getArgument() const override { return "known-items"; }
  StringRef getDescription() const override {
    return "Call the special methods behind items and calls of instances directly";
  }

  void runOnOperation() override {
    llvm::StringMap<unsigned> parameters;
    SmallVector<Operation*> accesses;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (auto name = function->getAttrOfType<StringAttr>("uop.name");
          name && function->hasAttr("uop.direct"))
        parameters[name] = function.getNumArguments() - 1;
      function.walk([&](Operation* op) {
        if (specialOf(op))
          accesses.push_back(op);
      });
    }
    for (Operation* op : accesses)
      if (auto functions = functionsOf(op, parameters); !functions.empty())
        replace(op, functions);
  }

private:
  static SmallVector<Value> argumentsOf(Operation* op) {
    if (!isa<ir::CallOp>(op))
      return SmallVector<Value>(op->getOperands().take_front(ir::stateBegin(op)));
    auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes").asArrayRef();
    return SmallVector<Value>(op->getOperands().take_front(segments[0]));
  }

  /// The functions of the classes that were seen; none where one of them has none of its own, with
  /// so many parameters.
  static SmallVector<Attribute> functionsOf(Operation* op,
                                            const llvm::StringMap<unsigned>& parameters) {
    Special special = *specialOf(op);
    ArrayAttr types = ir::seenAt(op, special.seenSlot);
    if (!types || types.size() > kMaxLayouts)
      return {};
    SmallVector<Attribute> functions;
    for (StringRef type : types.getAsValueRange<StringAttr>()) {
      if (!type.consume_front("instance "))
        return {};
      std::string function = (type.split('{').first + "." + special.method).str();
      auto found = parameters.find(function);
      if (found == parameters.end() || found->second != argumentsOf(op).size())
        return {};
      functions.push_back(StringAttr::get(op->getContext(), "function " + function));
    }
    return functions;
  }

  static void replace(Operation* op, ArrayRef<Attribute> functions) {
    Special special = *specialOf(op);
    explain(op, RemarkKind::KnownSpecial, special.method);
    Builder b(op->getContext());
    NamedAttribute lookup[] = {b.getNamedAttr("name", b.getStringAttr(special.method)),
                               b.getNamedAttr("nameIndex", b.getI32IntegerAttr(-1))};
    replaceByCall(op, {special.kind, lookup, functions, argumentsOf(op)});
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createKnownItems() {
  return std::make_unique<KnownItems>();
}
