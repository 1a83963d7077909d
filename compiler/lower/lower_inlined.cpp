// In front of code of functions that was inlined: whether it is what the call would run.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pyc {

/// The general entry of a function of this module. That of a function with *args takes an array;
/// codegen/tables.cpp defines it.
Value FunctionLowering::functionAddress(StringRef symbol) {
  auto function = module_.lookupSymbol<func::FuncOp>(symbol);
  if (!function->hasAttr("uop.collects"))
    return functionAddress(symbol, function.getNumArguments());
  std::string name = (symbol + "$array").str();
  if (!module_.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    auto type = LLVM::LLVMFunctionType::get(i64_, {i64_, ptr_});
    LLVM::LLVMFuncOp::create(b_, module_.getLoc(), name, type);
  }
  return LLVM::AddressOfOp::create(b_, loc_, ptr_, name);
}

/// The operation gives a function: counted, if it is not borrowed.
void FunctionLowering::replaceByFunction(Operation* op, Value function) {
  functions_.insert(function);
  if (!op->hasAttr("borrowed"))
    incref(function);
  replace(op, function);
}

/// What a cell holds, or what a search then finds; leaves when that is null as well.
Value FunctionLowering::orExit(Operation* op, Value found, llvm::function_ref<Value()> search) {
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value result = rest->addArgument(i64_, loc_);
  Block* cold = coldBlock();
  Block* exit = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, isNull(found), cold, ValueRange(), rest, found,
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(cold);
  Value other = search();
  LLVM::CondBrOp::create(b_, loc_, isNull(other), exit, ValueRange(), rest, other);
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  b_.setInsertionPointToStart(rest);
  return result;
}

void FunctionLowering::lowerGuardConstruction(Operation* op) {
  auto guard = cast<ir::GuardConstructionOp>(op);
  Value entry = functionAddress(guard.getSymbol());
  Value cell = cacheMemory();
  Value found = call("pyc_known_construction", i64_, {guard.getCallee(), entry, cell});
  replaceByFunction(op, orExit(op, found, [&]() -> Value {
                      SmallVector<Value> names;
                      const uop::CodeRecord& code = image_.code(guard.getCode());
                      for (int32_t name : guard.getNames())
                        names.push_back(LLVM::LoadOp::create(b_, loc_, i64_,
                                                             tableAddress(code, "names", name, 8)));
                      return call("pyc_slow_known_construction", i64_,
                                  {guard.getCallee(), entry, cell, spill(names),
                                   constant(i32_, static_cast<int64_t>(names.size()))});
                    }));
}

void FunctionLowering::lowerInlinedCall(Operation* op) {
  llvm::TypeSwitch<Operation*>(op)
      .Case([&](ir::GuardFunctionOp guard) {
        Value entry = nativeEntryOf(guard.getValue());
        exitIf(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, entry,
                                        functionAddress(guard.getSymbol())));
        dead_.push_back(op);
      })
      .Case([&](ir::FindOperatorOp find) {
        auto classes = op->getAttrOfType<IntegerAttr>("classes"); // of virtual operands
        Value number = constant(i32_, find.getNumber());
        Value entry = functionAddress(find.getSymbol());
        Value method = classes ? call("pyc_known_class_operator", i64_,
                                      {find.getLhs(), find.getRhs(), number,
                                       constant(i32_, classes.getInt()), cacheMemory(), entry})
                               : call("pyc_find_operator", i64_,
                                      {find.getLhs(), find.getRhs(), number, cacheMemory(), entry});
        exitIf(op, isNull(method));
        replaceByFunction(op, method);
      })
      .Case([&](ir::BeginConstructionOp begin) {
        Value place = stackArray(1);
        Value isHeld = constant(i1_, !op->hasAttr("borrowed"));
        Value instance = call(
            "pyc_begin_construction", i64_,
            {begin.getCallee(), functionAddress(begin.getSymbol()), place, cacheMemory(), isHeld});
        exitIf(op, isNull(instance));
        Value init = LLVM::LoadOp::create(b_, loc_, i64_, place);
        functions_.insert(init);
        replace(op, {instance, init});
      })
      .Case([&](ir::GuardConstructionOp) { lowerGuardConstruction(op); })
      .Case([&](ir::ClassMethodOp method) {
        Value cell = cacheMemory();
        Value found = call("pyc_known_class_method", i64_, {method.getCallee(), cell});
        replaceByFunction(op, orExit(op, found, [&] {
                            return call("pyc_slow_known_class_method", i64_,
                                        {method.getCallee(), nameAddress(op), cell});
                          }));
      });
}

} // namespace pyc
