// Calls of built-in functions and methods that the runtime has a short way for
// (runtime/abi/fast_builtins.h): tried by name, with a test of the object or the callee in line.

#include "compiler/lower/function_lowering.h"

using namespace mlir;

namespace pyc {

namespace {

struct Known {
  StringRef name;
  unsigned argc;
  StringRef entry;
  bool mayRaise = false; // as null: pyc_is_raised says so
};
constexpr Known kMethods[] = {
    {"append", 1, "pyc_method_append"},   {"pop", 0, "pyc_method_pop"},
    {"add", 1, "pyc_method_add"},         {"get", 1, "pyc_method_get"},
    {"get", 2, "pyc_method_get_default"},
};
constexpr Known kFunctions[] = {
    {"len", 1, "pyc_function_len", true},   {"isinstance", 2, "pyc_function_isinstance"},
    {"abs", 1, "pyc_function_abs"},         {"min", 2, "pyc_function_min"},
    {"max", 2, "pyc_function_max"},         {"ord", 1, "pyc_function_ord"},
    {"chr", 1, "pyc_function_chr"},         {"float", 1, "pyc_function_float"},
    {"int", 1, "pyc_function_int"},         {"sqrt", 1, "pyc_function_sqrt"},
    {"next", 1, "pyc_function_next", true}, {"str", 1, "pyc_function_str", true},
};

const Known* find(ArrayRef<Known> table, StringRef name, unsigned argc) {
  const Known* known =
      llvm::find_if(table, [&](const Known& row) { return row.name == name && row.argc == argc; });
  return known == table.end() ? nullptr : known;
}

} // namespace

/// Before lowering replaces what makes the callees.
void FunctionLowering::findCalleeNames() {
  function_.walk([&](Operation* op) {
    if (!isa<ir::CallOp, ir::CallMethodOp>(op))
      return;
    Operation* load = op->getOperand(0).getDefiningOp();
    if (isa_and_present<ir::LoadGlobalOp, ir::LoadNameOp, ir::LoadMethodOp,
                        ir::LoadBuiltinMethodOp>(load))
      calleeNames_[op] = load->getAttrOfType<StringAttr>("name").getValue();
  });
}

/// Where a short way gave null because it raised, goes on at `after` with null.
void FunctionLowering::raiseIfRaised(Value answer, Block* after) {
  Block* test = coldBlock();
  branchCold(isNull(answer), test);
  Block* rest = b_.getInsertionBlock();
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(test);
  LLVM::CondBrOp::create(b_, loc_, call("pyc_is_raised", i1_, {}), after,
                         ValueRange{constant(i64_, 0)}, rest, ValueRange());
}

/// The answer of a short way, null where the call has to be made; no value when there is none.
/// `after` is where the call's result goes.
Value FunctionLowering::tryBuiltin(Operation* op, ValueRange window, bool isMethod, Block* after) {
  auto name = calleeNames_.find(op);
  if (name == calleeNames_.end())
    return {};
  auto argc = static_cast<unsigned>(window.size()) - 1 - isMethod;
  const Known* method = isMethod ? find(kMethods, name->second, argc) : nullptr;
  const Known* function = method ? nullptr : find(kFunctions, name->second, argc);
  if (!method && !function)
    return {};
  if (!isMethod) {
    Value answer = call(function->entry, i64_, window);
    if (function->mayRaise)
      raiseIfRaised(answer, after);
    return answer;
  }
  // load_method gave a method and its object, or something and null: module.function.
  Value tested = window[1];
  if (!builtinMethods_.contains(window[0])) {
    Value none = symbolAddress("pycNone");
    Value hasNoObject = isNull(window[1]);
    tested = method ? LLVM::SelectOp::create(b_, loc_, hasNoObject, none, window[1])
                    : LLVM::SelectOp::create(b_, loc_, hasNoObject, window[0], none);
  }
  SmallVector<Value> operands{tested};
  llvm::append_range(operands, window.drop_front(2));
  std::string entry = (method ? method : function)->entry.str();
  if (entry == "pyc_method_append") // a number in a register as it is
    if (Value number = boxedNumbers_.lookup(operands[1])) {
      entry += number.getType() == f64_ ? "_float" : "_int";
      operands[1] = number;
    }
  Value answer = call(entry, i64_, operands);
  if (!method && function->mayRaise)
    raiseIfRaised(answer, after);
  return answer;
}

} // namespace pyc
