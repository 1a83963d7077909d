#include "runtime/interp/intrinsics.h"

#include "runtime/interp/call.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/names.h"
#include "runtime/interp/namespaces.h"
#include "runtime/interp/type_params.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/super.h"

namespace pyc::rt {

namespace {

/// StopIteration that leaves a generator (PEP 479), StopAsyncIteration that leaves an asynchronous
/// one.
Ref stopIterationError(Frame* frame, Value exception) {
  bool async = (frame->code->flags() & uop::kCodeAsyncGenerator) != 0;
  const char* kind = async                                        ? "async generator"
                     : frame->code->flags() & uop::kCodeCoroutine ? "coroutine"
                                                                  : "generator";
  const char* raised = nullptr;
  if (isInstance(exception, &stopIterationType))
    raised = "StopIteration";
  else if (async && isInstance(exception, &stopAsyncIterationType))
    raised = "StopAsyncIteration";
  if (!raised)
    return Ref::copy(exception);
  (void)raise(runtimeErrorType, "%s raised %s", kind, raised);
  Ref error = takeRaised();
  ExceptionObject* object = asException(error);
  decrefMaybe(std::exchange(object->cause, Ref::copy(exception).release()));
  decrefMaybe(std::exchange(object->context, Ref::copy(exception).release()));
  object->suppressContext = true;
  return error;
}

} // namespace

Ref (*displayHook)(Value value) = nullptr;

Ref intrinsic1(Frame* frame, uop::Intrinsic1Kind which, Value operand) {
  switch (which) {
  case uop::Intrinsic1Kind::Print:
    return displayHook(operand);
  case uop::Intrinsic1Kind::StopiterationError:
    return stopIterationError(frame, operand);
  case uop::Intrinsic1Kind::TypeVar:
    return makeTypeVar(operand, Value(), Value());
  case uop::Intrinsic1Kind::ParamSpec:
    return makeParamSpec(operand);
  case uop::Intrinsic1Kind::TypeVarTuple:
    return makeTypeVarTuple(operand);
  case uop::Intrinsic1Kind::TypeAlias:
    return makeTypeAlias(operand);
  case uop::Intrinsic1Kind::SubscriptGeneric:
    return subscriptGeneric(operand);
  }
  __builtin_unreachable();
}

Ref intrinsic2(uop::Intrinsic2Kind which, Value lhs, Value rhs) {
  switch (which) {
  case uop::Intrinsic2Kind::TypeVarWithBound:
    return makeTypeVar(lhs, rhs, Value());
  case uop::Intrinsic2Kind::TypeVarWithConstraints:
    return makeTypeVar(lhs, Value(), rhs);
  case uop::Intrinsic2Kind::SetTypeParamDefault:
    return setTypeParamDefault(lhs, rhs);
  case uop::Intrinsic2Kind::SetFunctionTypeParams: {
    FunctionObject* function = asFunction(lhs);
    decrefMaybe(std::exchange(function->typeParams, Ref::copy(rhs).release()));
    return Ref::copy(lhs);
  }
  }
  __builtin_unreachable();
}

Value commonConstant(uop::CommonConstant which) {
  switch (which) {
  case uop::CommonConstant::AssertionError:
    return Value(&assertionErrorType.header);
  case uop::CommonConstant::NotImplementedError:
    return Value(&notImplementedErrorType.header);
  case uop::CommonConstant::TupleType:
    return Value(&tupleType.header);
  case uop::CommonConstant::ListType:
    return Value(&listType.header);
  case uop::CommonConstant::SetType:
    return Value(&setType.header);
  case uop::CommonConstant::BuiltinAll:
    return dictFindStr(builtinsDict, names::all);
  case uop::CommonConstant::BuiltinAny:
    return dictFindStr(builtinsDict, names::any);
  }
  __builtin_unreachable();
}

Ref loadBuildClass(Frame* frame) {
  Ref result;
  if (!findInMapping(Value(&frame->builtins->header), names::__build_class__, result))
    return {};
  if (!result)
    return raiseNameError(nameErrorType, "__build_class__ not found",
                          Value(names::__build_class__));
  return result;
}

Ref zeroArgumentSuper(Value callee, Value cell, Value self) {
  if (callee != Value(&superType.header))
    return call(callee);
  if (!self)
    return raise(runtimeErrorType, "super(): arg[0] deleted");
  if (hasShape(self, kShapeCell))
    self = asCell(self)->content;
  Value type = cell && hasShape(cell, kShapeCell) ? asCell(cell)->content : cell;
  if (!type)
    return raise(runtimeErrorType, "super(): empty __class__ cell");
  return isType(type) ? makeSuper(type, self) : call(callee, type, self);
}

} // namespace pyc::rt
