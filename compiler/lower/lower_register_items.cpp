// Numbers in registers that `in` looks for and that lists get: they are not boxed where the runtime
// takes them as they are. Lists of comprehensions.

#include "compiler/lower/function_lowering.h"
#include "compiler/remarks/remark.h"
#include "runtime/abi/native.h"

using namespace mlir;

namespace pyc {

namespace {

/// The operand that may come as a number; none for other operations.
std::optional<unsigned> itemOperand(Operation* op) {
  if (isa<ir::ContainsOp, ir::NotContainsOp>(op))
    return 0;
  if (isa<ir::ListAppendOp>(op))
    return 1;
  return std::nullopt;
}

/// The box that was made for this operand alone; null if there is none.
Operation* ownBox(Operation* op, unsigned index) {
  Operation* box = op->getOperand(index).getDefiningOp();
  bool fits = isa<ir::ListAppendOp>(op)
                  ? isa_and_present<ir::BoxIntOp, ir::BoxFloatOp, ir::BoxBoolOp>(box)
                  : isa_and_present<ir::BoxIntOp>(box);
  bool isOwn = fits && llvm::all_of(box->getUses(), [&](OpOperand& use) {
                 return isa<ir::DecrefOp>(use.getOwner()) ||
                        (use.getOwner() == op && use.getOperandNumber() == index);
               });
  return isOwn ? box : nullptr;
}

} // namespace

/// Such boxes and their ends go, before lowering replaces them.
void FunctionLowering::findRegisterItems() {
  SmallVector<std::pair<Operation*, Operation*>> found;
  function_.walk([&](Operation* op) {
    if (auto index = itemOperand(op); index && (isa<ir::ListAppendOp>(op) || mayBeDict(op)))
      if (Operation* box = ownBox(op, *index))
        found.emplace_back(op, box);
  });
  for (auto [op, box] : found) {
    Value number = box->getOperand(0);
    registerItems_.insert(op);
    explain(op, RemarkKind::MachineNumber,
            {op->getName().stripDialect(), number.getType() == f64_  ? "float"
                                           : number.getType() == i1_ ? "bool"
                                                                     : "int"});
    for (Operation* user : llvm::make_early_inc_range(box->getUsers()))
      if (isa<ir::DecrefOp>(user))
        user->erase();
    op->setOperand(*itemOperand(op), number);
    boxed_.erase(box->getResult(0)); // another value may get its address
    box->erase();
  }
}

/// For methods that take it as it is (tryBuiltin).
void FunctionLowering::rememberNumber(Value boxed, Value number) {
  boxedNumbers_[boxed] = LLVM::BitcastOp::create(b_, loc_, number.getType(), number);
}

/// How many items the list of a comprehension gets, on average, as a profile counted; 0: unknown.
static int64_t expectedItems(ir::BuildListOp build) {
  auto timesOf = [](Operation* op) {
    auto times = op->getAttrOfType<IntegerAttr>("times");
    return times ? times.getInt() : 0;
  };
  int64_t items = 0, lists = timesOf(build);
  for (Operation* user : build.getDst().getUsers())
    if (isa<ir::ListAppendOp>(user))
      items += timesOf(user);
  return lists != 0 ? (items + lists - 1) / lists : 0;
}

/// The list of a comprehension has room for the items that are expected, so that it need not grow.
bool FunctionLowering::lowerBuildList(ir::BuildListOp build) {
  constexpr int64_t kFewest = 5, kMost = 64;
  int64_t items = build.getItems().empty() ? expectedItems(build) : 0;
  if (items < kFewest)
    return false;
  bool areFloats = false;
  for (Operation* user : build.getDst().getUsers())
    areFloats |= isa<ir::ListAppendOp>(user) && user->getOperand(1).getType() == f64_;
  Value storage = constant(i32_, areFloats ? rt::kListFloats : rt::kListInts);
  Value room = constant(i32_, std::min(items, kMost));
  replace(build, call("pyc_build_list_for", i64_, {storage, room}));
  return true;
}

/// To a list that a comprehension builds.
void FunctionLowering::lowerListAppend(Operation* op) {
  Value item = op->getOperand(1);
  StringRef entry = !registerItems_.contains(op) ? "pyc_list_append"
                    : item.getType() == f64_     ? "pyc_list_append_float"
                    : item.getType() == i1_      ? "pyc_list_append_bool"
                                                 : "pyc_list_append_int";
  call(entry, {}, {op->getOperand(0), item});
  replace(op, {});
}

} // namespace pyc
