// Specialised uops, guards, number arithmetic, and the operations that the control flow needs.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native_cells.h"
#include "runtime/base/item_storage.h"
#include "runtime/base/value.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pyc {

void FunctionLowering::lowerCheckedArith(Operation* op, StringRef intrinsic) {
  auto pair = LLVM::LLVMStructType::getLiteral(b_.getContext(), {i64_, i1_});
  Value both;
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (intrinsic == "add")
    both = LLVM::SAddWithOverflowOp::create(b_, loc_, pair, lhs, rhs);
  else if (intrinsic == "sub")
    both = LLVM::SSubWithOverflowOp::create(b_, loc_, pair, lhs, rhs);
  else
    both = LLVM::SMulWithOverflowOp::create(b_, loc_, pair, lhs, rhs);
  Value result = LLVM::ExtractValueOp::create(b_, loc_, both, ArrayRef<int64_t>{0});
  exitIf(op, LLVM::ExtractValueOp::create(b_, loc_, both, ArrayRef<int64_t>{1}));
  replace(op, result);
}

/// `bool entry(a, b, T* result)`: false leaves through the frame state.
void FunctionLowering::lowerOutcome(Operation* op, StringRef entry, Type result) {
  Value out = stackArray(1);
  SmallVector<Value> arguments(op->getOperands().take_front(ir::stateBegin(op)));
  if (raisesInPlace(op)) { // zero divisors are tested apart
    Value operands[] = {boxMachineValue(constant(i64_, 1)), boxMachineValue(constant(i64_, 0))};
    raiseOrExitIf(op, compare(LLVM::ICmpPredicate::eq, arguments[1], 0),
                  isa<ir::IntModOp>(op) ? "pyc_mod" : "pyc_floordiv", operands);
  }
  arguments.push_back(out);
  exitIf(op, isZero(call(entry, i1_, arguments)));
  replace(op, LLVM::LoadOp::create(b_, loc_, result, out).getResult());
}

/// Of a list or array that is expected to store such numbers. What asks for the end and for the
/// number finds them in listSteps_; everything else gets a value.
void FunctionLowering::lowerNextNumber(Operation* op, StringRef items) {
  Value place = stackArray(1);
  auto storage = rt::itemStorageOf(items);
  if (storage)
    items = rt::formatOf(*storage).isFloat ? "float" : "int";
  Type type = items == "float" ? f64_ : items == "int" ? i64_ : Type(b_.getI8Type());
  Value outcome =
      storage ? call("pyc_next_item", i32_,
                     {op->getOperand(0), constant(i32_, static_cast<int64_t>(*storage)), place})
              : call(("pyc_next_" + items).str(), i32_, {op->getOperand(0), place});
  Value zero = constant(i32_, 0);
  exitIf(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::slt, outcome, zero));
  Value isDone = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, outcome, zero);
  Value number = LLVM::LoadOp::create(b_, loc_, type, place);
  if (items == "int")
    smallInts_.insert(number);
  if (items == "bool")
    number = LLVM::TruncOp::create(b_, loc_, i1_, number);
  Value boxed = boxMachineValue(number);
  listSteps_[boxed] = {isDone, number};
  replace(op, boxed);
}

/// The entry point of a step that has met iterators of one kind.
static StringRef stepEntry(Operation* op) {
  StringRef iterator = ir::onlyType(ir::seenAt(op, 1));
  return iterator == "generator"        ? "pyc_next_of_generator"
         : iterator == "range_iterator" ? "pyc_next_of_range"
                                        : "pyc_next";
}

/// Of a list of objects; null at the end.
void FunctionLowering::lowerNextObject(Operation* op) {
  Value place = stackArray(1);
  Value outcome = call("pyc_next_object", i32_, {op->getOperand(0), place});
  exitIf(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::slt, outcome, constant(i32_, 0)));
  Value item = LLVM::LoadOp::create(b_, loc_, i64_, place);
  if (!op->hasAttr("borrowed"))
    call("pyc_incref", {}, item);
  replace(op, item);
}

/// The next item; null means the end unless an exception is raised.
void FunctionLowering::lowerNext(Operation* op) {
  auto items = op->getAttrOfType<StringAttr>("items");
  if (items && items.getValue() == "object")
    return lowerNextObject(op);
  if (items)
    return lowerNextNumber(op, items.getValue());
  auto pair = pairLoops_.find(op);
  Value item = pair == pairLoops_.end()
                   ? call(stepEntry(op), i64_, op->getOperand(0))
                   : call("pyc_next_pair", i64_, {op->getOperand(0), pair->second.slots});
  finishNext(op, item);
}

void FunctionLowering::finishNext(Operation* op, Value item) {
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Block* check = coldBlock();
  Block* failed = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, isNull(item), check, rest);
  b_.setInsertionPointToEnd(check);
  LLVM::CondBrOp::create(b_, loc_, call("pyc_is_raised", i1_, {}), failed, rest);
  b_.setInsertionPointToEnd(failed);
  emitRaisePath(op);
  replace(op, item);
}

void FunctionLowering::lowerGlobalLoad(Operation* op) {
  unsigned index = op->getAttrOfType<IntegerAttr>("nameIndex").getInt();
  Value slot = tableAddress("globals", index, 8);
  if (op->hasAttr("borrowed")) {
    Value value = call("pyc_view_global", i64_, {self(), constant(i32_, index), slot});
    exitIf(op, isNull(value));
    return replace(op, value);
  }
  Value value = call("pyc_load_global", i64_, {self(), constant(i32_, index), slot});
  raiseIf(op, isNull(value));
  replace(op, value);
}

void FunctionLowering::lowerLoadDeref(Operation* op) {
  Value cell = op->getOperand(0);
  if (op->hasAttr("borrowed")) {
    Value value = call("pyc_view_deref", i64_, cell);
    exitIf(op, isNull(value));
    return replace(op, value);
  }
  Value value = call("pyc_load_deref", i64_, {self(), constant(i32_, ir::wordOf(op)), cell});
  raiseIf(op, isNull(value));
  replace(op, value);
}

void FunctionLowering::lowerGlobalStore(Operation* op) {
  unsigned index = op->getAttrOfType<IntegerAttr>("nameIndex").getInt();
  Value ok = call(isa<ir::StoreNameOp>(op) ? "pyc_set_name" : "pyc_set_global", i1_,
                  {self(), constant(i32_, ir::wordOf(op)), op->getOperand(0), nameAddress(op),
                   tableAddress("globals", index, 8)});
  raiseIf(op, isZero(ok));
  replace(op, {});
}

void FunctionLowering::lowerThrow(Operation* op) {
  auto raise = cast<ir::ThrowOp>(op);
  StringRef kind = raise.getKind();
  if (kind != "propagate")
    call(("pyc_" + kind).str(), {}, raise.getValues());
  if (kind == "raise" || kind == "raise_from" || kind == "propagate")
    call("pyc_add_traceback", {}, {self(), constant(i32_, ir::wordOf(op))});
  emitCleanup(op, static_cast<int32_t>(raise.getDepth()));
  if (isa<func::ReturnOp>(op->getBlock()->getTerminator()))
    leaveCallers(op);
  flushReleases();
  dead_.push_back(op);
}

/// The address of a runtime object, as a boxed value.
Value FunctionLowering::symbolAddress(StringRef symbol) {
  if (!module_.lookupSymbol(symbol)) {
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPointToStart(module_.getBody());
    LLVM::GlobalOp::create(b_, module_.getLoc(), b_.getI8Type(), false, LLVM::Linkage::External,
                           symbol, Attribute());
  }
  Value pointer = LLVM::AddressOfOp::create(b_, loc_, ptr_, symbol);
  Value address = LLVM::PtrToIntOp::create(b_, loc_, i64_, pointer);
  uncounted_.insert(address); // static objects are immortal
  return address;
}

void FunctionLowering::incref(Value value) {
  if (!uncounted_.contains(value))
    call(functions_.contains(value) ? "pyc_incref_object" : "pyc_incref", {}, value);
}

void FunctionLowering::decref(Value value) {
  if (!uncounted_.contains(value))
    call(functions_.contains(value) ? "pyc_decref_object" : "pyc_decref", {}, value);
}

/// The bit of a bool; leaves for other values. The addresses of True and False differ in one bit.
Value FunctionLowering::boolOrExit(Operation* op, Value value) {
  Value common = LLVM::AndOp::create(b_, loc_, value, constant(i64_, ~int64_t(rt::kFalseBit)));
  exitIf(op,
         LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, common, symbolAddress("pycTrue")));
  return compare(LLVM::ICmpPredicate::eq,
                 LLVM::AndOp::create(b_, loc_, value, constant(i64_, rt::kFalseBit)), 0);
}

/// Whether the value, lowered already, is None: an object that is the same as nothing else.
bool FunctionLowering::isOnlyObject(Value value) {
  auto address = value.getDefiningOp<LLVM::PtrToIntOp>();
  auto symbol = address ? address.getArg().getDefiningOp<LLVM::AddressOfOp>() : nullptr;
  return symbol && symbol.getGlobalName() == "pycNone";
}

/// Whether the operation's two operands are the same, as `is` has it.
Value FunctionLowering::areSame(Operation* op) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (isOnlyObject(lhs) || isOnlyObject(rhs))
    return LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, lhs, rhs);
  return call("pyc_same", i1_, {lhs, rhs});
}

/// The boxed form of an i64, f64 or i1.
Value FunctionLowering::boxMachineValue(Value value, bool isSmall) {
  Value boxed;
  if (value.getType() == i1_) {
    boxed = LLVM::SelectOp::create(b_, loc_, value, symbolAddress("pycTrue"),
                                   symbolAddress("pycFalse"));
  } else if (value.getType() == f64_) {
    Value bits = LLVM::BitcastOp::create(b_, loc_, i64_, value);
    Value offset = constant(i64_, static_cast<int64_t>(rt::Value::kDoubleOffset));
    boxed = LLVM::AddOp::create(b_, loc_, bits, offset);
  } else if (isSmall || smallInts_.contains(value)) {
    Value low = LLVM::AndOp::create(b_, loc_, value, constant(i64_, (int64_t(1) << 49) - 1));
    boxed =
        LLVM::OrOp::create(b_, loc_, low, constant(i64_, static_cast<int64_t>(rt::Value::kIntTag)));
  } else {
    return call("pyc_box_int", i64_, value); // may be an object
  }
  uncounted_.insert(boxed);
  return boxed;
}

Value FunctionLowering::boxComplex(Operation* op) {
  return call("pyc_box_complex", i64_, op->getOperands());
}

Value FunctionLowering::registerAddress(Value registers, int index) {
  Value base = LLVM::IntToPtrOp::create(b_, loc_, ptr_, registers);
  return LLVM::GEPOp::create(b_, loc_, ptr_, i64_, base, ArrayRef<LLVM::GEPArg>{int32_t(index)});
}

void FunctionLowering::lowerSuspend(Operation* op) {
  auto registers = ir::stateRegisters(op);
  auto owned = op->getAttrOfType<DenseBoolArrayAttr>("owned");
  for (auto [i, value] : llvm::enumerate(ir::stateOf(op))) {
    Value boxed = value;
    if (!isBoxed(value))
      boxed = boxMachineValue(value);
    else if (auto number = value.getDefiningOp<ir::VirtualComplexOp>())
      boxed = boxComplex(number);
    else if (!owned[i])
      call("pyc_incref", {}, value);
    LLVM::StoreOp::create(b_, loc_, boxed, registerAddress(function_.getArgument(1), registers[i]));
  }
  Value word = constant(i32_, op->getAttrOfType<IntegerAttr>("pc").getInt());
  call("pyc_suspend", {}, {self(), function_.getArgument(1), word});
  dead_.push_back(op);
}

/// `int pyc_send(iterator, sent, Value* out)`: negative with an exception, 1 when it yielded.
void FunctionLowering::lowerSend(Operation* op) {
  auto send = cast<ir::SendOp>(op);
  Value out = stackArray(1);
  Value outcome = call("pyc_send", i32_, {send.getIterator(), send.getSent(), out});
  Value zero = constant(i32_, 0);
  raiseIf(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::slt, outcome, zero));
  Value result = LLVM::LoadOp::create(b_, loc_, i64_, out);
  Value yielded = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, outcome, zero);
  replace(op, {result, yielded});
}

bool FunctionLowering::lowerSpecial(Operation* op) {
  auto address = [&](StringRef symbol) { return symbolAddress(symbol); };
  auto compare = [&](LLVM::ICmpPredicate predicate, Value a, Value b) -> Value {
    return LLVM::ICmpOp::create(b_, loc_, predicate, a, b);
  };
  auto answer = [&](Value outcome) { answerTruth(op, outcome); };

  bool handled = true;
  llvm::TypeSwitch<Operation*>(op)
      .Case<ir::NullOp>([&](auto) {
        Value null = constant(i64_, 0);
        uncounted_.insert(null);
        replace(op, null);
      })
      .Case<ir::NoneOp>([&](auto) { replace(op, address("pycNone")); })
      .Case<ir::LoadConstOp>([&](ir::LoadConstOp load) {
        Value at = tableAddress("constants", load.getValue(), 8);
        replace(op, LLVM::LoadOp::create(b_, loc_, i64_, at).getResult());
      })
      .Case<ir::IsNullOp>([&](ir::IsNullOp test) {
        auto step = listSteps_.find(test.getValue());
        replace(op, step == listSteps_.end() ? isNull(test.getValue()) : step->second.isDone);
      })
      .Case<ir::EndsAsyncForOp>([&](ir::EndsAsyncForOp test) {
        replace(op, call("pyc_ends_async_for", i1_, test.getException()));
      })
      .Case<ir::IncrefOp>([&](auto) {
        if (isVirtual(op->getOperand(0)))
          countParts(op->getOperand(0).getDefiningOp());
        else
          incref(op->getOperand(0));
        dead_.push_back(op);
      })
      .Case<ir::DecrefOp>([&](auto) {
        if (isVirtual(op->getOperand(0)))
          releaseVirtual(op->getOperand(0).getDefiningOp());
        else if (localIterators_.contains(op->getOperand(0)))
          endLocalIterator(op->getOperand(0));
        else if (localFunctions_.contains(op->getOperand(0)))
          endLocalFunction(op->getOperand(0));
        else if (!op->hasAttr("taken"))
          decref(op->getOperand(0));
        dead_.push_back(op);
      })
      .Case<ir::BoxBoolOp>([&](ir::BoxBoolOp box) { replace(op, boxMachineValue(box.getValue())); })
      .Case<ir::BoxIntOp>([&](ir::BoxIntOp box) {
        Value boxed = boxMachineValue(box.getValue(), op->hasAttr("small"));
        if (op->hasAttr("scoped"))
          boxed.getDefiningOp()->setAttr("scoped", b_.getUnitAttr());
        rememberNumber(boxed, box.getValue());
        replace(op, boxed);
      })
      .Case<ir::BoxFloatOp>([&](ir::BoxFloatOp box) {
        Value boxed = boxMachineValue(box.getValue());
        rememberNumber(boxed, box.getValue());
        replace(op, boxed);
      })
      .Case<ir::BoxComplexOp>([&](auto) {
        Value boxed = boxComplex(op);
        if (op->hasAttr("scoped"))
          boxed.getDefiningOp()->setAttr("scoped", b_.getUnitAttr());
        replace(op, boxed);
      })
      .Case<ir::UnboxIntOp>([&](ir::UnboxIntOp unbox) { replace(op, decodeInt(unbox.getValue())); })
      .Case<ir::UnboxFloatOp>(
          [&](ir::UnboxFloatOp unbox) { replace(op, decodeFloat(unbox.getValue())); })
      .Case<ir::RangeIteratorOp, ir::NumberOrNullOp, ir::VirtualComplexOp, ir::GeneratorFrameOp,
            ir::ReductionOp, ir::InlinedFrameOp, ir::CallerFrameOp, ir::VirtualTupleOp,
            ir::VirtualInstanceOp>([&](auto) { dead_.push_back(op); })
      .Case<ir::GuardFunctionOp, ir::FindOperatorOp, ir::BeginConstructionOp,
            ir::GuardConstructionOp, ir::ClassMethodOp>([&](auto) { lowerInlinedCall(op); })
      .Case<ir::GuardBuiltinOp>([&](ir::GuardBuiltinOp guard) {
        std::string entry = ("pyc_is_" + guard.getFunction()).str();
        exitIf(op, isZero(call(entry, i1_, guard.getValue())));
        dead_.push_back(op);
      })
      .Case<ir::SumLowOp>([&](auto) { replace(op, call("pyc_sum_low", f64_, op->getOperands())); })
      .Case<ir::SumValueOp>(
          [&](auto) { replace(op, call("pyc_sum_value", f64_, op->getOperands())); })
      .Case<ir::GuardGeneratorOp>([&](ir::GuardGeneratorOp guard) {
        Value entry = call("pyc_generator_entry", ptr_, guard.getValue());
        auto target = module_.lookupSymbol<func::FuncOp>(guard.getSymbol());
        Value expected = functionAddress(guard.getSymbol(), target.getNumArguments());
        exitIf(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, entry, expected));
        dead_.push_back(op);
      })
      .Case<ir::GuardIntOp>([&](ir::GuardIntOp guard) {
        if (Value number = steppedTo(guard.getValue(), i64_))
          return replace(op, number);
        exitIf(op, isNoInt(guard.getValue()));
        replace(op, decodeInt(guard.getValue()));
      })
      .Case<ir::GuardWideIntOp>([&](ir::GuardWideIntOp guard) {
        exitIf(op, isZero(call("pyc_is_wide_int", i1_, guard.getValue())));
        replace(op, call("pyc_wide_int", i64_, guard.getValue()));
      })
      .Case<ir::GuardComplexOp>([&](ir::GuardComplexOp guard) {
        exitIf(op, isZero(call("pyc_is_plain_complex", i1_, guard.getValue())));
        Value real = call("pyc_complex_real", f64_, guard.getValue());
        replace(op, {real, call("pyc_complex_imag", f64_, guard.getValue())});
      })
      .Case<ir::IsIntOp>([&](auto) { replace(op, isZero(isNoInt(op->getOperand(0)))); })
      .Case<ir::IsFloatOp>([&](auto) { replace(op, isZero(isNoFloat(op->getOperand(0)))); })
      .Case<ir::GuardFloatOp>([&](ir::GuardFloatOp guard) {
        if (Value number = steppedTo(guard.getValue(), f64_))
          return replace(op, number);
        exitIf(op, isNoFloat(guard.getValue()));
        replace(op, decodeFloat(guard.getValue()));
      })
      .Case<ir::GuardBoolOp>([&](ir::GuardBoolOp guard) {
        Value bit = steppedTo(guard.getValue(), i1_);
        replace(op, bit ? bit : boolOrExit(op, guard.getValue()));
      })
      .Case<ir::GuardSameOp>([&](ir::GuardSameOp guard) {
        exitIf(op, compare(LLVM::ICmpPredicate::ne, guard.getValue(), address(guard.getSymbol())));
        dead_.push_back(op);
      })
      .Case<ir::GuardTrueOp>([&](ir::GuardTrueOp guard) {
        exitIf(op, isZero(guard.getCondition()));
        dead_.push_back(op);
      })
      .Case<ir::CallTypedOp>([&](auto) { lowerCallTyped(op); })
      .Case<ir::EnterTypedOp>([&](auto) { lowerEnterTyped(op); })
      .Case<ir::TypedResultIntOp, ir::TypedResultFloatOp>([&](auto) { lowerTypedResult(op); })
      .Case<ir::BoxResultIntOp, ir::BoxResultFloatOp>([&](auto) { lowerBoxResult(op); })
      .Case<ir::GuardSelfGlobalOp>([&](auto) { lowerGuardSelfGlobal(op); })
      .Case<ir::LoadSuperOp>([&](auto) { lowerLoadSuper(op); })
      .Case<ir::LoadMethodOp>([&](auto) {
        if (superCalls_.contains(op))
          lowerLoadSuperMethod(op);
        else
          lowerLoadMethod(op);
      })
      .Case<ir::LoadAttrOp, ir::StoreAttrOp>([&](auto) { lowerAttribute(op); })
      .Case<ir::LoadKnownMethodOp>([&](auto) { lowerLoadKnownMethod(op); })
      .Case<ir::LoadBuiltinMethodOp>([&](auto) { lowerLoadBuiltinMethod(op); })
      .Case<ir::GuardShapeOp>([&](auto) { lowerGuardShape(op); })
      .Case<ir::LoadSlotOp, ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::LoadSlotBoolOp>(
          [&](auto) { lowerLoadSlot(op); })
      .Case<ir::AddSlotOp>([&](auto) { lowerAddSlot(op); })
      .Case<ir::StoreSlotOp, ir::StoreSlotNumberOp>([&](auto) { lowerStoreSlot(op); })
      .Case<ir::LoadListIntOp, ir::LoadListFloatOp, ir::LoadListBoolOp, ir::LoadListValueOp,
            ir::StoreListIntOp, ir::StoreListFloatOp, ir::StoreListBoolOp, ir::StoreListValueOp>(
          [&](auto) { lowerListItem(op); })
      .Case<ir::LoadArrayIntOp, ir::LoadArrayFloatOp, ir::StoreArrayIntOp, ir::StoreArrayFloatOp>(
          [&](auto) { lowerArrayItem(op); })
      .Case<ir::ViewListOp, ir::ViewItemOp, ir::ViewSlotOp, ir::ViewGlobalOp, ir::ViewDerefOp,
            ir::LoadViewIntOp, ir::LoadViewFloatOp, ir::LoadViewBoolOp, ir::LoadViewValueOp,
            ir::StoreViewIntOp, ir::StoreViewFloatOp, ir::StoreViewBoolOp>(
          [&](auto) { lowerView(op); })
      .Case<ir::HasLayoutOp, ir::IsFunctionOp, ir::IsBuiltinOp, ir::IsObjectOp>(
          [&](auto) { lowerCheck(op); })
      .Case<ir::SlicePartOp>(
          [&](auto) { replace(op, call("pyc_slice_part", i64_, op->getOperands())); })
      .Case<ir::CopySliceOp>(
          [&](auto) { replace(op, call("pyc_copy_slice", i1_, op->getOperands())); })
      .Case<ir::MayEndOp>([&](auto) { lowerMayEnd(op); })
      .Case<ir::PollRanOp>([&](auto) { lowerPollRan(op); })
      .Case<ir::IntAddOp>([&](auto) { lowerCheckedArith(op, "add"); })
      .Case<ir::IntSubOp>([&](auto) { lowerCheckedArith(op, "sub"); })
      .Case<ir::IntMulOp>([&](auto) { lowerCheckedArith(op, "mul"); })
      .Case<ir::IntNegOp>([&](ir::IntNegOp neg) {
        Value least = constant(i64_, INT64_MIN);
        exitIf(op, compare(LLVM::ICmpPredicate::eq, neg.getOperand(), least));
        replace(op, LLVM::SubOp::create(b_, loc_, constant(i64_, 0), neg.getOperand()).getResult());
      })
      .Case<ir::IntFloordivOp>([&](auto) { lowerOutcome(op, "pyc_int_floordiv", i64_); })
      .Case<ir::IntModOp>([&](auto) { lowerOutcome(op, "pyc_int_mod", i64_); })
      .Case<ir::IntLshiftOp>([&](auto) { lowerOutcome(op, "pyc_int_lshift", i64_); })
      .Case<ir::IntRshiftOp>([&](auto) { lowerOutcome(op, "pyc_int_rshift", i64_); })
      .Case<ir::IntPowOp>([&](auto) { lowerOutcome(op, "pyc_int_pow", i64_); })
      .Case<ir::IntTruedivOp>([&](auto) { lowerOutcome(op, "pyc_int_truediv", f64_); })
      .Case<ir::LengthOp>([&](auto) { lowerOutcome(op, "pyc_length", i64_); })
      .Case<ir::FloatSqrtOp>([&](ir::FloatSqrtOp root) {
        Value zero = LLVM::ConstantOp::create(b_, loc_, f64_, b_.getF64FloatAttr(0.0));
        exitIf(op,
               LLVM::FCmpOp::create(b_, loc_, LLVM::FCmpPredicate::ult, root.getOperand(), zero));
        replace(op, LLVM::SqrtOp::create(b_, loc_, f64_, root.getOperand()).getResult());
      })
      .Case<ir::FloatFunctionOp>([&](ir::FloatFunctionOp function) {
        Value result =
            call(("pyc_math_" + function.getFunction()).str(), f64_, function.getOperand());
        exitIf(op, isNotFinite(result));
        replace(op, result);
      })
      .Case<ir::ComplexAbsOp>([&](ir::ComplexAbsOp size) {
        Value result = call("pyc_complex_abs", f64_, {size.getReal(), size.getImag()});
        exitIf(op, isNotFinite(result));
        replace(op, result);
      })
      .Case<ir::FloatFloorOp>([&](ir::FloatFloorOp floor) {
        replace(op, LLVM::FFloorOp::create(b_, loc_, f64_, floor.getOperand()).getResult());
      })
      .Case<ir::FloatCeilOp>([&](ir::FloatCeilOp ceil) {
        replace(op, LLVM::FCeilOp::create(b_, loc_, f64_, ceil.getOperand()).getResult());
      })
      .Case<ir::FloatTruedivOp>([&](ir::FloatTruedivOp division) {
        Value zero = LLVM::ConstantOp::create(b_, loc_, f64_, b_.getF64FloatAttr(0.0));
        Value divides =
            LLVM::FCmpOp::create(b_, loc_, LLVM::FCmpPredicate::oeq, division.getRhs(), zero);
        Value boxed = boxMachineValue(zero);
        raiseOrExitIf(op, divides, "pyc_truediv", {boxed, boxed});
        replace(op,
                LLVM::FDivOp::create(b_, loc_, division.getLhs(), division.getRhs()).getResult());
      })
      .Case<ir::FloatFloordivOp>([&](auto) { lowerOutcome(op, "pyc_float_floordiv", f64_); })
      .Case<ir::FloatModOp>([&](auto) { lowerOutcome(op, "pyc_float_mod", f64_); })
      .Case<ir::FloatPowOp>([&](auto) { lowerOutcome(op, "pyc_float_pow", f64_); })
      .Case<ir::StoreItemIntOp>([&](ir::StoreItemIntOp store) {
        Value ok = call("pyc_store_item_int", i1_,
                        {store.getObject(), store.getIndex(), store.getValue()});
        raiseIf(op, isZero(ok));
        replace(op, {});
      })
      .Case<ir::BuildListOp>([&](ir::BuildListOp build) { handled = lowerBuildList(build); })
      .Case<ir::ListAppendOp>([&](auto) { lowerListAppend(op); })
      .Case<ir::GetIterOp>([&](auto) {
        handled = localIterators_.contains(op->getResult(0));
        if (handled)
          lowerLocalIterator(op);
      })
      .Case<ir::MakeFunctionOp>([&](ir::MakeFunctionOp made) {
        handled = localFunctions_.contains(made.getDst());
        if (handled)
          lowerLocalFunction(made);
      })
      .Case<ir::NextOp>([&](auto) { lowerNext(op); })
      .Case<ir::UnpackSequenceOp>([&](auto) {
        auto pair = pairLoops_.find(op);
        handled = pair != pairLoops_.end();
        if (handled)
          lowerPairUnpack(pair->second);
      })
      .Case<ir::UnpackItemsOp>([&](ir::UnpackItemsOp unpack) { lowerUnpackItems(unpack); })
      .Case<ir::TruthOp>([&](auto) { answer(call("pyc_truth", i32_, op->getOperand(0))); })
      .Case<ir::CompareTruthOp>([&](ir::CompareTruthOp test) {
        std::string entry = ("pyc_truth_" + test.getPredicate()).str();
        answer(call(entry, i32_, {test.getLhs(), test.getRhs()}));
      })
      .Case<ir::PollOp>([&](auto) {
        Value needed = call("pyc_poll_needed", i1_, {});
        Block* poll = coldBlock();
        Block* failed = coldBlock();
        branchCold(needed, poll);
        OpBuilder::InsertionGuard guard(b_);
        Block* rest = b_.getInsertionBlock();
        b_.setInsertionPointToEnd(poll);
        LLVM::CondBrOp::create(b_, loc_, call("pyc_poll", i1_, {}), rest, failed);
        b_.setInsertionPointToEnd(failed);
        emitRaisePath(op);
        dead_.push_back(op);
      })
      .Case<ir::SameOp>([&](auto) { replace(op, areSame(op)); })
      .Case<ir::IsOp>([&](auto) { replace(op, boxMachineValue(areSame(op))); })
      .Case<ir::IsNotOp>([&](auto) { replace(op, boxMachineValue(isZero(areSame(op)))); })
      .Case<ir::FreeVariableOp>([&](ir::FreeVariableOp free) {
        replace(op,
                call("pyc_free_variable", i64_, {free.getSelf(), constant(i32_, free.getIndex())}));
      })
      .Case<ir::LoadRegisterOp>([&](ir::LoadRegisterOp load) {
        Value at = registerAddress(load.getRegisters(), static_cast<int>(load.getIndex()));
        Value value = LLVM::LoadOp::create(b_, loc_, i64_, at);
        LLVM::StoreOp::create(b_, loc_, constant(i64_, 0), at);
        replace(op, value);
      })
      .Case<ir::SuspendOp>([&](auto) { lowerSuspend(op); })
      .Case<ir::SendOp>([&](auto) { lowerSend(op); })
      .Case<ir::ResumeInterpretedOp>([&](ir::ResumeInterpretedOp resume) {
        replace(op, call("pyc_resume_interpreted", i64_,
                         {resume.getSelf(), resume.getRegisters(), resume.getSent()}));
      })
      .Case<ir::TakeExceptionOp>([&](auto) { replace(op, call("pyc_take_exception", i64_, {})); })
      .Case<ir::ThrowOp>([&](auto) { lowerThrow(op); })
      .Case<ir::LoadGlobalOp>([&](auto) { lowerGlobalLoad(op); })
      .Case<ir::LoadDerefOp>([&](auto) { lowerLoadDeref(op); })
      .Case<ir::StoreGlobalOp, ir::StoreNameOp>([&](auto) { lowerGlobalStore(op); })
      .Case<ir::LoadNameOp>([&](auto) { lowerGlobalLoad(op); })
      .Case<ir::UnwindOp>([&](ir::UnwindOp unwind) {
        LLVM::BrOp::create(b_, loc_, unwind.getNormalArgs(), unwind.getNormal());
        dead_.push_back(op);
      })
      .Default([&](Operation*) { handled = false; });
  return handled;
}

} // namespace pyc
