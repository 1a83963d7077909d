// Unpacking of what a profile saw to be tuples of the right length, or lists: the items are loaded
// in line, behind a test of type, length and storage that leaves. Items that were always numbers
// are numbers in registers:
//
//   %b, %a = unpack_sequence %t       =>   %y, %x = unpack_items ["tuple"] %t : i64, value
//     seen [["int"], [...], ["tuple[2]"]]   %b = box_int %y
//
// Tuples and lists may both come to one place. Pairs that a loop takes apart are left alone: they
// need not be made (lower_pairs.cpp).

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "dialects/uop/profiled.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace pyc;

namespace {

class UnpackItems : public PassWrapper<UnpackItems, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(UnpackItems)
  StringRef getArgument() const override { return "unpack-items"; }
  StringRef getDescription() const override {
    return "Take the items of tuples and lists that are unpacked in line";
  }

  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    SmallVector<ir::UnpackSequenceOp> unpacks;
    getOperation().walk([&](ir::UnpackSequenceOp op) { unpacks.push_back(op); });
    for (ir::UnpackSequenceOp op : unpacks)
      if (ArrayAttr sources = sourcesOf(op))
        replace(op, sources);
    ir::eraseDeadBlocks(getOperation().getBody()); // of edges to handlers
  }

private:
  static bool isPairOfLoop(ir::UnpackSequenceOp op) {
    return op->getNumResults() == 2 && op.getSrc().getDefiningOp<ir::NextOp>();
  }

  /// What a profile saw of the source comes behind what it saw of the first results.
  static ArrayAttr seenSources(ir::UnpackSequenceOp op) {
    return ir::seenAt(op, std::min(op->getNumResults(), uop::kProfiledResults));
  }

  /// The type of an item in a register; the boxed one where a profile saw others than numbers. What
  /// was not recorded is as the list has it that was seen.
  static Type itemType(ir::UnpackSequenceOp op, unsigned result) {
    Builder b(op.getContext());
    Type boxed = op->getResult(result).getType();
    if (result >= uop::kProfiledResults) {
      for (StringRef source : ir::typesOf(seenSources(op)))
        if (Type stored = storedType(b, source))
          return stored;
      return boxed;
    }
    return llvm::StringSwitch<Type>(ir::onlyType(ir::seenAt(op, result)))
        .Case("int", b.getI64Type())
        .Case("float", b.getF64Type())
        .Case("bool", b.getI1Type())
        .Default(boxed);
  }

  /// What is stored in a list of that type (profile.h); null in one of objects.
  static Type storedType(Builder b, StringRef list) {
    switch (storedIn(list)) {
    case NumberType::Int:
      return b.getI64Type();
    case NumberType::Float:
      return b.getF64Type();
    case NumberType::Bool:
      return b.getI1Type();
    case NumberType::Unknown:
    case NumberType::Any:
      return {};
    }
    llvm_unreachable("no number type");
  }

  /// Whether items of all these types can come out of such a source.
  static bool fits(ir::UnpackSequenceOp op, StringRef source) {
    Type stored = storedType(Builder(op.getContext()), source);
    return !stored || llvm::all_of(llvm::seq(op->getNumResults()), [&](unsigned i) {
      Type type = itemType(op, i);
      return type == stored || isa<ir::ValueType>(type);
    });
  }

  /// The sources that the profile saw: "tuple", or the type of a list. Null where there were
  /// others, or something raised.
  static ArrayAttr sourcesOf(ir::UnpackSequenceOp op) {
    ArrayAttr types = seenSources(op);
    if (!types || types.empty() || op->hasAttr("raised") || isPairOfLoop(op))
      return {};
    Builder b(op.getContext());
    std::string tuple = "tuple[" + std::to_string(op.getCount()) + "]";
    SmallVector<Attribute> sources;
    for (StringRef type : types.getAsValueRange<StringAttr>()) {
      bool isList = storedIn(type) != NumberType::Unknown;
      if ((!isList && type != tuple) || !fits(op, type))
        return {};
      sources.push_back(b.getStringAttr(isList ? type : "tuple"));
    }
    return b.getArrayAttr(sources);
  }

  static Value box(OpBuilder& b, Value item, Type boxed) {
    Location loc = item.getLoc();
    if (item.getType().isF64())
      return ir::BoxFloatOp::create(b, loc, boxed, item);
    if (item.getType().isInteger(1))
      return ir::BoxBoolOp::create(b, loc, boxed, item);
    return ir::BoxIntOp::create(b, loc, boxed, item);
  }

  static void replace(ir::UnpackSequenceOp op, ArrayAttr sources) {
    explain(op, RemarkKind::UnpackedInLine, cast<StringAttr>(sources[0]).getValue());
    OpBuilder b(op);
    SmallVector<Type> types;
    for (unsigned i = 0; i < op->getNumResults(); ++i)
      types.push_back(itemType(op, i));
    auto items = ir::createWithState<ir::UnpackItemsOp>(b, op, types, op.getSrc(),
                                                        b.getNamedAttr("sources", sources));
    for (auto [old, item] : llvm::zip(op->getResults(), items.getItems()))
      old.replaceAllUsesWith(isa<ir::ValueType>(item.getType()) ? item
                                                                : box(b, item, old.getType()));
    ir::dropEdge(op);
    op.erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createUnpackItems() {
  return std::make_unique<UnpackItems>();
}
