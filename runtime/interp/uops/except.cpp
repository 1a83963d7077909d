// Exceptions and context managers (uops_except.td).
#include "runtime/interp/handlers.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/exception.h"

namespace pyc::rt {

UOP(RaiseAgain) {
  SAVE_PC();
  if (!raiseHandled())
    RAISE();
  RERAISE();
}

UOP(Raise) {
  OPERANDS(Raise);
  SAVE_PC();
  raiseValue(IN(exception));
  RAISE();
}

UOP(RaiseFrom) {
  OPERANDS(RaiseFrom);
  SAVE_PC();
  raiseFrom(IN(exception), IN(cause));
  RAISE();
}

UOP(Reraise) {
  OPERANDS(Reraise);
  SAVE_PC();
  incref(IN(exception));
  thisThread().raised = IN(exception);
  RERAISE();
}

UOP(EnterHandler) {
  OPERANDS(EnterHandler);
  HandledException* handled = thisThread().handled;
  Value previous = handled->exception;
  Value exception = IN(exception);
  incref(exception);
  handled->exception = exception;
  SET_NEXT(previous, previous ? previous : Value::none()); // the reference moves
}

UOP(LeaveHandler) {
  OPERANDS(LeaveHandler);
  HandledException* handled = thisThread().handled;
  Value previous = IN(previous);
  if (i.previous < 0)
    incref(previous);
  Value old = std::exchange(handled->exception, previous.isNone() ? Value() : previous);
  SAVE_PC();
  decrefMaybe(old);
  NEXT();
}

UOP(MatchException) {
  OPERANDS(MatchException);
  SAVE_PC();
  Value type = IN(type);
  bool matches;
  if (!exceptionMatches(IN(exception), type, matches))
    RAISE();
  consumeRegister(i.type, type);
  SET(dst, Value::fromBool(matches));
  NEXT();
}

UOP(MatchExceptionGroup) {
  OPERANDS(MatchExceptionGroup);
  SAVE_PC();
  Value exception = IN(exception), type = IN(type);
  Value pair[2];
  if (!matchExceptionGroup(exception, type, pair))
    RAISE();
  consumeRegister(i.exception, exception);
  consumeRegister(i.type, type);
  regs[i.dst] = pair[0];
  regs[i.dst + 1] = pair[1];
  NEXT();
}

UOP(PrepReraiseStar) {
  OPERANDS(PrepReraiseStar);
  SAVE_PC();
  Value original = IN(original), exceptions = IN(exceptions);
  Value result = prepReraiseStar(original, exceptions).release();
  if (!result)
    RAISE();
  consumeRegister(i.original, original);
  consumeRegister(i.exceptions, exceptions);
  SET(dst, result);
  NEXT();
}

UOP(LoadSpecial) {
  OPERANDS(LoadSpecial);
  SAVE_PC();
  Value object = IN(object);
  Value pair[2];
  if (!loadSpecial(object, static_cast<uop::SpecialMethod>(i.which), pair))
    RAISE();
  consumeRegister(i.object, object);
  regs[i.dst] = pair[0];
  regs[i.dst + 1] = pair[1];
  NEXT();
}

UOP(WithExceptStart) {
  OPERANDS(WithExceptStart);
  SAVE_PC();
  Value result = callExit(regs + i.exit, IN(exception)).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

} // namespace pyc::rt
