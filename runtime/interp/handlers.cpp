#include "runtime/interp/handlers.h"

#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

bool raiseHandled() {
  Value exception = handledException();
  if (!exception)
    return raise(runtimeErrorType, "No active exception to reraise");
  (void)raiseAsIs(Ref::copy(exception));
  return true;
}

namespace {

bool isExceptionType(Value type) {
  return isType(type) && (asType(type)->flags & kTypeIsException);
}

constexpr char kBadClass[] =
    "catching classes that do not inherit from BaseException is not allowed";

/// Checks what stands behind `except` or `except*` with a predicate on each class.
template <class Check> bool checkTypes(Value type, Check check) {
  if (!isTuple(type))
    return check(type);
  const TupleObject* types = asTuple(type);
  for (int64_t k = 0; k < types->count; ++k)
    if (!check(types->items()[k]))
      return false;
  return true;
}

bool isMatch(Value exception, Value type) {
  if (!isTuple(type))
    return isSubtype(typeOf(exception), asType(type));
  const TupleObject* types = asTuple(type);
  for (int64_t k = 0; k < types->count; ++k)
    if (isSubtype(typeOf(exception), asType(types->items()[k])))
      return true;
  return false;
}

} // namespace

bool exceptionMatches(Value exception, Value type, bool& matches) {
  bool good = checkTypes(type, [](Value each) {
    return isExceptionType(each) || static_cast<bool>(raise(typeErrorType, kBadClass));
  });
  if (!good)
    return false;
  matches = isMatch(exception, type);
  return true;
}

namespace {

bool checkGroupTypes(Value type) {
  return checkTypes(type, [](Value each) -> bool {
    if (!isExceptionType(each))
      return raise(typeErrorType, kBadClass);
    if (isSubtype(asType(each), &baseExceptionGroupType))
      return raise(typeErrorType,
                   "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return true;
  });
}

/// A group of one, for a naked exception that `except*` catches.
Ref wrapInGroup(Value exception) {
  PYC_TRY(members, tupleOf(exception));
  Value args[] = {names::empty, members};
  PYC_TRY(group, call(&exceptionGroupType.header, args, 2));
  // The traceback goes along, as if the group had been raised there.
  Value traceback = asException(exception)->traceback;
  asException(group)->traceback = Ref::copy(traceback).release();
  return group;
}

} // namespace

bool matchExceptionGroup(Value exception, Value type, Value parts[2]) {
  parts[0] = parts[1] = Value::none();
  if (!checkGroupTypes(type) || exception.isNone())
    return exception.isNone() && !isRaised();
  if (isMatch(exception, type)) {
    Ref match = isInstance(exception, &baseExceptionGroupType) ? Ref::copy(exception)
                                                               : wrapInGroup(exception);
    parts[1] = match.release();
    return static_cast<bool>(parts[1]);
  }
  if (!isInstance(exception, &baseExceptionGroupType)) {
    parts[0] = Ref::copy(exception).release();
    return true;
  }
  Ref match, rest;
  if (!splitExceptionGroup(exception, type, match, rest))
    return false;
  parts[0] = rest ? rest.release() : Value::none();
  parts[1] = match ? match.release() : Value::none();
  return true;
}

namespace {

struct SpecialInfo {
  StrObject* const& name;
  StrObject* const& other; // the same in the other kind of protocol
  StrObject* const& otherExit;
  bool async;
};

const SpecialInfo& specialInfo(uop::SpecialMethod which) {
  static constexpr SpecialInfo infos[] = {
      {names::__enter__, names::__aenter__, names::__aexit__, false},
      {names::__exit__, names::__aenter__, names::__aexit__, false},
      {names::__aenter__, names::__enter__, names::__exit__, true},
      {names::__aexit__, names::__enter__, names::__exit__, true},
  };
  return infos[static_cast<unsigned>(which)];
}

bool raiseNoProtocol(Value object, const SpecialInfo& info) {
  const char* kind = info.async ? "asynchronous context manager" : "context manager";
  bool other = findInType(typeOf(object), info.other) && findInType(typeOf(object), info.otherExit);
  if (!other)
    return raise(typeErrorType, "'%T' object does not support the %s protocol (missed %S method)",
                 object, kind, Value(info.name));
  return raise(typeErrorType,
               "'%T' object does not support the %s protocol (missed %S method) but it supports "
               "the %s protocol. "
               "Did you mean to use '%s'?",
               object, kind, Value(info.name),
               info.async ? "context manager" : "asynchronous context manager",
               info.async ? "with" : "async with");
}

/// What is bound in a way of its own, or missing.
[[gnu::noinline]] bool loadOtherSpecial(Value object, const SpecialInfo& info, Value out[2]) {
  Ref method;
  bool needsSelf = false;
  if (!findSpecial(object, info.name, method, needsSelf))
    return false;
  if (!method)
    return raiseNoProtocol(object, info);
  out[0] = method.release();
  out[1] = needsSelf ? Ref::copy(object).release() : Value();
  return true;
}

} // namespace

StrObject* specialMethodName(uop::SpecialMethod which) {
  return specialInfo(which).name;
}

bool loadSpecial(Value object, uop::SpecialMethod which, Value out[2]) {
  const SpecialInfo& info = specialInfo(which);
  Value found = findInType(typeOf(object), info.name);
  if (PYC_UNLIKELY(!found || !hasTypeFlag(found, kTypeMethodDescriptor)))
    return loadOtherSpecial(object, info, out);
  out[0] = Ref::copy(found).release();
  out[1] = Ref::copy(object).release();
  return true;
}

Ref callExit(const Value* exit, Value exception) {
  Value traceback = asException(exception)->traceback;
  Value args[] = {exit[1], Value(&typeOf(exception)->header), exception,
                  traceback ? traceback : Value::none()};
  return exit[1] ? call(exit[0], args, 4) : call(exit[0], args + 1, 3);
}

} // namespace pyc::rt
