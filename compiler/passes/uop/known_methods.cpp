// Methods of instances that a profile always saw found in the class: behind a guard of the object's
// class, the look-up is a load from a cell. The method's object is then the one that was asked,
// which the caller holds anyway, so that it is not counted a second time.
//
//   %m, %s = uop.load_method %o          %m = uop.load_known_method %o state
//   %r = uop.call_method(%m, %s)    =>   %r = uop.call_method(%m, %o)
//   uop.decref %m                        uop.decref %m
//   uop.decref %s

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace pyc;

namespace {

/// Classes at most that one place expects: profiles name no more than one more.
constexpr unsigned kMaxClasses = 7;

bool areAll(ArrayAttr types, StringRef kind) {
  return types && !types.empty() && types.size() <= kMaxClasses &&
         llvm::all_of(types.getAsValueRange<StringAttr>(),
                      [&](StringRef type) { return type.starts_with(kind); });
}

class KnownMethods : public PassWrapper<KnownMethods, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(KnownMethods)
  StringRef getArgument() const override { return "known-methods"; }
  StringRef getDescription() const override { return "Find methods of known classes in cells"; }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    SmallVector<ir::LoadMethodOp> loads, builtins;
    getOperation().walk([&](ir::LoadMethodOp load) {
      if (isMethodOfClass(load))
        loads.push_back(load);
      else if (!builtinType(load).empty())
        builtins.push_back(load);
    });
    for (ir::LoadMethodOp load : loads)
      if (Operation* release = releaseOf(load, load->getResult(1)))
        replace(load, release);
    for (ir::LoadMethodOp load : builtins) {
      Operation* release = releaseOf(load, load->getResult(1));
      Operation* end = releaseOf(load, load->getResult(0));
      if (release && end)
        replaceBuiltin(load, release, end);
    }
  }

private:
  /// Not a function that the instance itself holds, nor a static or class method: these come
  /// without an object, or with the class.
  static bool isMethodOfClass(ir::LoadMethodOp load) {
    ArrayAttr self = ir::seenAt(load, 1);
    return areAll(ir::seenAt(load, 0), "function ") && areAll(ir::seenAt(load, 2), "instance ") &&
           (!self || areAll(self, "instance "));
  }

  /// The built-in type whose method of that name the profile saw alone, of objects of that type
  /// alone; empty for other types.
  static StringRef builtinType(ir::LoadMethodOp load) {
    StringRef method = ir::onlyType(ir::seenAt(load, 0));
    if (!method.consume_front("builtin "))
      return {};
    auto [type, name] = method.split(':');
    ArrayAttr objects = ir::seenAt(load, 2);
    if (name != load.getName() || !objects || objects.empty())
      return {};
    for (StringRef object : objects.getAsValueRange<StringAttr>())
      if (object.split('[').first != type) // list[int]
        return {};
    bool isCalledHere = llvm::is_contained({"str", "bytes", "list", "dict", "set"}, type);
    return isCalledHere ? type : StringRef();
  }

  /// The release that ends the life of the method or its object: the only one, in the same block,
  /// with all uses before it. Until then the object that was asked must not be released, but for a
  /// release right behind the look-up, which the caller takes over.
  static Operation* releaseOf(ir::LoadMethodOp load, Value value) {
    SmallPtrSet<Operation*, 8> users(value.user_begin(), value.user_end());
    Operation* early = releaseBehind(load);
    for (Operation* op = load->getNextNode(); op; op = op->getNextNode()) {
      bool isUse = users.erase(op);
      if (isa<ir::DecrefOp>(op) && isUse)
        return users.empty() ? op : nullptr;
      if (isa<ir::DecrefOp>(op) && op->getOperand(0) == load.getObject() && op != early)
        return nullptr;
      if (isUse && !isa<ir::CallMethodOp, ir::CallTypedOp, ir::ObserveOp>(op) &&
          !usesInState(op, value))
        return nullptr;
    }
    return nullptr;
  }

  static bool usesInState(Operation* op, Value value) {
    return llvm::all_of(op->getOpOperands(), [&](OpOperand& operand) {
      return operand.get() != value || ir::isStateUse(operand);
    });
  }

  /// The release of the object right behind the look-up, or null.
  static Operation* releaseBehind(ir::LoadMethodOp load) {
    auto* next = load->getNextNode();
    return isa_and_present<ir::DecrefOp>(next) && next->getOperand(0) == load.getObject() ? next
                                                                                          : nullptr;
  }

  static void replaceBuiltin(ir::LoadMethodOp load, Operation* release, Operation* end) {
    OpBuilder b(load);
    Value object = load.getObject(), method = load->getResult(0);
    NamedAttribute attributes[] = {b.getNamedAttr("owner", b.getStringAttr(builtinType(load))),
                                   b.getNamedAttr("name", load->getAttr("name")),
                                   b.getNamedAttr("nameIndex", load->getAttr("nameIndex"))};
    auto known =
        ir::createWithState<ir::LoadBuiltinMethodOp>(b, load, object.getType(), object, attributes);
    end->erase();
    disownInStates(method);
    method.replaceAllUsesWith(known.getResult());
    borrowSelf(load, release);
  }

  /// What was seen of the method and of the object that is asked.
  static ArrayAttr seenWithoutSelf(ir::LoadMethodOp load) {
    Attribute slots[] = {ir::seenAt(load, 0), ir::seenAt(load, 2)};
    return ArrayAttr::get(load.getContext(), slots);
  }

  static void replace(ir::LoadMethodOp load, Operation* release) {
    OpBuilder b(load);
    Value object = load.getObject();
    auto ways = static_cast<int32_t>(ir::seenAt(load, 2).size());
    NamedAttribute attributes[] = {b.getNamedAttr("name", load->getAttr("name")),
                                   b.getNamedAttr("nameIndex", load->getAttr("nameIndex")),
                                   b.getNamedAttr("ways", b.getI32IntegerAttr(ways)),
                                   b.getNamedAttr("seen", seenWithoutSelf(load))};
    auto known =
        ir::createWithState<ir::LoadKnownMethodOp>(b, load, object.getType(), object, attributes);
    load->getResult(0).replaceAllUsesWith(known.getResult());
    borrowSelf(load, release);
  }

  static void disownInStates(Value value) {
    for (OpOperand& use : value.getUses())
      if (ir::isStateUse(use))
        ir::disown(use);
  }

  /// The object that was asked stands for the method's, which is not counted; the load goes.
  static void borrowSelf(ir::LoadMethodOp load, Operation* release) {
    Value self = load->getResult(1);
    if (Operation* early = releaseBehind(load)) {
      early->erase(); // the one that ends the object's life as the method's stands for it
    } else {
      release->erase();
      disownInStates(self);
    }
    self.replaceAllUsesWith(load.getObject());
    ir::dropEdge(load);
    load.erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createKnownMethods() {
  return std::make_unique<KnownMethods>();
}
