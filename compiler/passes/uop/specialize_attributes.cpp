// Attributes of objects that a profile always saw with one layout: a guard of the shape, then a
// load or store at a known offset.
//
//   %v = uop.load_attr %o "x"     =>    uop.guard_shape %o "instance m:P{x,y}@24" state
//                                       %n = uop.load_slot_float %o 24 state
//                                       %v = uop.box_float %n

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/computed_with.h"
#include "compiler/passes/uop/layouts.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace pyc;

namespace {

/// Where an instance with the layout gets its next attribute, of this name; nothing when it has it.
std::optional<unsigned> offsetBehind(StringRef layout, StringRef name) {
  if (!layout.starts_with("instance ") || offsetIn(layout, name))
    return {};
  auto [names, place] = layout.rsplit('{').second.rsplit("}@");
  unsigned offset;
  if (place.getAsInteger(10, offset))
    return {};
  return offset + 8 * (names.empty() ? 0 : 1 + names.count(','));
}

/// The offset, when it is the same in all layouts that were seen; `joined` names them all.
std::optional<unsigned> seenOffset(ArrayAttr types, StringRef name, std::string& joined) {
  if (!types || types.size() > kMaxLayouts)
    return {};
  SmallVector<StringRef> layouts(types.getAsValueRange<StringAttr>());
  joined = joinLayouts(layouts);
  return commonOffset(layouts, name);
}

/// The attributes that a profile saw instances have, by class. A store of another name adds
/// nothing: a property takes it.
class SeenAttributes {
public:
  explicit SeenAttributes(ModuleOp module) {
    module.walk([&](Operation* op) {
      for (NamedAttribute attribute : op->getAttrs())
        attribute.getValue().walk([&](StringAttr type) { note(type.getValue()); });
    });
  }
  bool has(StringRef layout, StringRef name) const {
    return attributes_.contains({layout.split('{').first, name});
  }

private:
  void note(StringRef type) {
    auto [cls, rest] = type.split('{');
    if (!type.starts_with("instance ") || !layouts_.insert(type).second)
      return;
    for (StringRef name : llvm::split(rest.rsplit("}@").first, ','))
      attributes_.insert({cls, name});
  }

  llvm::DenseSet<StringRef> layouts_;
  llvm::DenseSet<std::pair<StringRef, StringRef>> attributes_;
};

class SpecializeAttributes : public PassWrapper<SpecializeAttributes, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SpecializeAttributes)
  StringRef getArgument() const override { return "specialize-attributes"; }
  StringRef getDescription() const override {
    return "Access attributes by offset behind guards of the object's shape";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    SeenAttributes seen(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      specialize(function, seen);
  }

private:
  static void specialize(func::FuncOp function, const SeenAttributes& seen) {
    SmallVector<Operation*> accesses;
    function.walk([&](Operation* op) {
      if (isa<ir::LoadAttrOp, ir::StoreAttrOp>(op))
        accesses.push_back(op);
    });
    for (Operation* op : accesses) {
      bool isLoad = isa<ir::LoadAttrOp>(op);
      std::string layout;
      auto offset = seenOffset(ir::seenAt(op, isLoad ? 1 : 0),
                               op->getAttrOfType<StringAttr>("name").getValue(), layout);
      if (!offset) {
        if (!isLoad)
          specializeAddition(cast<ir::StoreAttrOp>(op), seen);
        continue;
      }
      explain(op, RemarkKind::AttributeSlot,
              {op->getAttrOfType<StringAttr>("name").getValue(), layout});
      OpBuilder b(op);
      guard(b, op, layout);
      SmallVector<NamedAttribute> attributes = slotAttributes(b, op, layout, *offset);
      if (isLoad)
        specializeLoad(b, cast<ir::LoadAttrOp>(op), attributes);
      else
        specializeStore(b, cast<ir::StoreAttrOp>(op), attributes);
    }
  }

  /// A store that a profile always saw add the attribute to objects of one layout.
  static void specializeAddition(ir::StoreAttrOp store, const SeenAttributes& seen) {
    StringRef before = ir::onlyType(ir::seenAt(store, 0));
    auto offset = offsetBehind(before, store.getName());
    if (!offset || !seen.has(before, store.getName()))
      return;
    OpBuilder b(store);
    std::string layout = (before + "+" + store.getName()).str();
    explain(store, RemarkKind::AttributeSlot, {store.getName(), before});
    guard(b, store, layout);
    SmallVector<NamedAttribute> attributes = slotAttributes(b, store, layout, *offset);
    attributes.push_back(b.getNamedAttr("step", b.getI32IntegerAttr(0)));
    ir::createWithState<ir::AddSlotOp>(b, store, {}, {store.getObject(), store.getSrc()},
                                       attributes);
    ir::dropEdge(store);
    store.erase();
  }

  static void guard(OpBuilder& b, Operation* op, StringRef layout) {
    ir::createWithState<ir::GuardShapeOp>(b, op, {}, op->getOperand(0),
                                          b.getNamedAttr("layout", b.getStringAttr(layout)));
  }

  static SmallVector<NamedAttribute> slotAttributes(OpBuilder& b, Operation* op, StringRef layout,
                                                    unsigned offset) {
    return {b.getNamedAttr("layout", b.getStringAttr(layout)),
            b.getNamedAttr("name", op->getAttr("name")),
            b.getNamedAttr("nameIndex", op->getAttr("nameIndex")),
            b.getNamedAttr("offset", b.getI32IntegerAttr(offset))};
  }

  static void specializeLoad(OpBuilder& b, ir::LoadAttrOp load,
                             ArrayRef<NamedAttribute> attributes) {
    StringRef type = ir::onlyType(ir::seenAt(load, 0));
    // A bool is always worth it: nothing is counted then.
    bool isNumber =
        type == "bool" || ((type == "int" || type == "float") && isComputedWith(load.getDst()));
    Type boxed = load.getDst().getType();
    Value object = load.getObject(), result;
    if (isNumber && type == "int") {
      auto slot =
          ir::createWithState<ir::LoadSlotIntOp>(b, load, b.getI64Type(), object, attributes);
      result = ir::BoxIntOp::create(b, load.getLoc(), boxed, slot.getResult());
    } else if (isNumber && type == "bool") {
      auto slot =
          ir::createWithState<ir::LoadSlotBoolOp>(b, load, b.getI1Type(), object, attributes);
      result = ir::BoxBoolOp::create(b, load.getLoc(), boxed, slot.getResult());
    } else if (isNumber) {
      auto slot =
          ir::createWithState<ir::LoadSlotFloatOp>(b, load, b.getF64Type(), object, attributes);
      result = ir::BoxFloatOp::create(b, load.getLoc(), boxed, slot.getResult());
    } else {
      result = ir::createWithState<ir::LoadSlotOp>(b, load, boxed, object, attributes).getResult();
    }
    load.getDst().replaceAllUsesWith(result);
    ir::dropEdge(load);
    load.erase();
  }

  /// Where a bool is stored, a bool was before, most likely: nothing dies of such a store.
  static void storeObject(OpBuilder& b, ir::StoreAttrOp store, ArrayRef<NamedAttribute> attributes,
                          bool isFlag) {
    auto slot = ir::createWithState<ir::StoreSlotOp>(
        b, store, {}, {store.getObject(), store.getSrc()}, attributes);
    if (isFlag)
      slot->setAttr("flag", b.getUnitAttr());
  }

  static void specializeStore(OpBuilder& b, ir::StoreAttrOp store,
                              ArrayRef<NamedAttribute> attributes) {
    StringRef type = ir::onlyType(ir::seenAt(store, 1));
    Value operands[] = {store.getObject(), store.getSrc()};
    if (type == "int" || type == "float")
      ir::createWithState<ir::StoreSlotNumberOp>(b, store, {}, operands, attributes);
    else
      storeObject(b, store, attributes, type == "bool");
    ir::dropEdge(store);
    store.erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createSpecializeAttributes() {
  return std::make_unique<SpecializeAttributes>();
}
