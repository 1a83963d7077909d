// The last look at a function before it is lowered: what is still tested, and what stayed general
// and why, as remarks. It changes nothing, and runs only when somebody asked for remarks.
//
// Why an operation stayed general is read from what is known of its operands: the numbers that
// unboxing made, and the types that a profile saw.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace pyc;

namespace {

/// What is known of an operand. No types: nothing.
struct Known {
  SmallVector<StringRef> types; // most frequent first
  bool isOnly = false;          // there is one type, and no other was seen
  bool hasMore = false;         // there were further types
  StringRef only() const { return isOnly ? types[0] : StringRef(); }
};

Known knownOf(Value value, ArrayAttr seen) {
  Operation* def = value.getDefiningOp();
  if (isa_and_present<ir::BoxIntOp, ir::BoxResultIntOp>(def))
    return {{"int"}, true};
  if (isa_and_present<ir::BoxFloatOp, ir::BoxResultFloatOp>(def))
    return {{"float"}, true};
  if (isa_and_present<ir::BoxComplexOp>(def))
    return {{"complex"}, true};
  if (isa_and_present<ir::BoxBoolOp>(def))
    return {{"bool"}, true};
  Known known{ir::typesOf(seen), !ir::onlyType(seen).empty()};
  known.hasMore = seen && seen.size() > known.types.size();
  return known;
}

std::string joined(const Known& known) {
  return llvm::join(known.types, "|") + (known.hasMore ? "|..." : "");
}

bool isNumber(StringRef type) {
  return type == "int" || type == "float" || type == "bool";
}

class ExplainGeneral : public PassWrapper<ExplainGeneral, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExplainGeneral)
  StringRef getArgument() const override { return "explain-general"; }
  StringRef getDescription() const override {
    return "Emit remarks on guards and on what stayed general";
  }

  void runOnOperation() override {
    if (!isExplained(&getContext()))
      return;
    isProfiled_ = getOperation()->hasAttr("uop.profiled");
    getOperation().walk([&](Operation* op) { visit(op); });
  }

private:
  void visit(Operation* op) {
    if (isa<ir::GuardIntOp, ir::GuardWideIntOp, ir::GuardFloatOp, ir::GuardComplexOp,
            ir::GuardBoolOp>(op))
      return guard(op);
    if (op->hasAttr("seen") || !isProfiled_) // what never ran needs no explanation
      general(op);
  }

  static void guard(Operation* op) {
    StringRef type = isa<ir::GuardIntOp, ir::GuardWideIntOp>(op) ? "int"
                     : isa<ir::GuardFloatOp>(op)                 ? "float"
                     : isa<ir::GuardComplexOp>(op)               ? "complex"
                                                                 : "bool";
    auto argument = dyn_cast<BlockArgument>(op->getOperand(0));
    if (argument && argument.getOwner()->isEntryBlock())
      explain(op, RemarkKind::GuardedParameter, {type, std::to_string(argument.getArgNumber())});
    else
      explain(op, RemarkKind::GuardedNumber, type);
  }

  void general(Operation* op) {
    if (arithOf(op) != Arith::None || isa<ir::MatmulOp, ir::InplaceMatmulOp>(op) ||
        isa<ir::LtOp, ir::LeOp, ir::EqOp, ir::NeOp, ir::GtOp, ir::GeOp>(op))
      operation(op, op->getName().stripDialect(), {operand(op, 0, 1), operand(op, 1, 2)});
    else if (auto compare = dyn_cast<ir::CompareTruthOp>(op))
      operation(op, compare.getPredicate(), {operand(op, 0, 0), operand(op, 1, 1)});
    else if (isa<ir::NegOp, ir::PosOp, ir::InvertOp>(op))
      operation(op, op->getName().stripDialect(), {operand(op, 0, 1)});
    else if (isa<ir::LoadAttrOp>(op))
      attribute(op, operand(op, 0, 1));
    else if (isa<ir::StoreAttrOp>(op))
      attribute(op, operand(op, 0, 0));
    else if (isa<ir::LoadItemOp, ir::LoadItemIntOp>(op))
      item(op, operand(op, 0, 1), 2);
    else if (isa<ir::StoreItemOp, ir::StoreItemIntOp>(op))
      item(op, operand(op, 0, 0), 1);
    else if (isa<ir::NextOp>(op))
      iteration(op, operand(op, 0, 1));
    else if (isa<ir::LoadDerefOp>(op))
      explain(op, RemarkKind::CapturedVariable);
    else if (isa<ir::CallExOp>(op))
      explain(op, RemarkKind::CallKeywords, {joined(operand(op, 0, 1))});
  }

  static Known operand(Operation* op, unsigned index, unsigned slot) {
    return knownOf(op->getOperand(index), ir::seenAt(op, slot));
  }

  static void operation(Operation* op, StringRef name, ArrayRef<Known> operands) {
    SmallVector<std::string> texts;
    unsigned unknown = 0;
    bool areOnly = true, areNumbers = true;
    bool isBig = llvm::is_contained(ir::typesOf(ir::seenAt(op, 0)), "bigint"); // the result
    for (const Known& known : operands) {
      unknown += known.types.empty();
      if (!known.types.empty())
        texts.push_back(joined(known));
      areOnly &= known.isOnly;
      areNumbers &= isNumber(known.only());
      isBig |= llvm::is_contained(known.types, "bigint");
    }
    std::string types = llvm::join(texts, ",");
    if (unknown == operands.size())
      return explain(op, RemarkKind::UnknownTypes, name);
    RemarkKind kind = unknown != 0 ? RemarkKind::UnknownOperand
                      : isBig      ? RemarkKind::BigInts
                      : !areOnly   ? RemarkKind::SeveralTypes
                      : areNumbers ? RemarkKind::Uncomputed
                                   : RemarkKind::ObjectOperands;
    explain(op, kind, {name, types});
  }

  static void iteration(Operation* op, const Known& iterator) {
    std::string types = iterator.types.empty() ? "of unknown type" : joined(iterator);
    explain(op, RemarkKind::Iteration, {types});
  }

  static void attribute(Operation* op, const Known& object) {
    StringRef name = op->getAttrOfType<StringAttr>("name").getValue();
    if (object.types.empty())
      return explain(op, RemarkKind::UnknownAttribute, name);
    explain(op, object.isOnly ? RemarkKind::OtherAttribute : RemarkKind::SeveralLayouts,
            {name, joined(object)});
  }

  static void item(Operation* op, const Known& object, unsigned keySlot) {
    if (object.types.empty())
      return explain(op, RemarkKind::ItemUnknown);
    if (!object.isOnly)
      return explain(op, RemarkKind::ItemSeveral, {joined(object)});
    bool isInt = isa<IntegerType>(op->getOperand(1).getType());
    Known key = isInt ? Known{{"int"}, true} : operand(op, 1, keySlot);
    if (object.only().starts_with("list") && key.only() != "int" && !key.types.empty())
      return explain(op, RemarkKind::IndexUnknown, {joined(key)});
    explain(op, RemarkKind::ItemOfObject, object.only());
  }

  bool isProfiled_ = false;
};

} // namespace

std::unique_ptr<Pass> pyc::createExplainGeneral() {
  return std::make_unique<ExplainGeneral>();
}
