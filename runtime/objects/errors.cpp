// Raising exceptions: making the instance, its context, the thread's pending exception.
#include "runtime/objects/errors.h"

#include "runtime/objects/error_format.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// Removes `exception` from the context chain of `handled`, so that making `handled` the context of
/// `exception` closes no cycle. Floyd's second pointer ends the walk in a chain that is a cycle
/// already.
void breakContextCycle(Value handled, Value exception) {
  Value slow = handled;
  bool moveSlow = false;
  for (Value at = handled; Value context = asException(at)->context; at = context) {
    if (context == exception) {
      clearField(asException(at)->context);
      return;
    }
    if (context == slow)
      return;
    if (moveSlow)
      slow = asException(slow)->context;
    moveSlow = !moveSlow;
  }
}

/// Raises an instance; its context becomes the exception being handled.
Raised raiseInstance(Ref exception) {
  if (Value handled = handledException())
    chainContext(exception, handled);
  return raiseAsIs(std::move(exception));
}

/// The instance that `raise exception` raises; null with a TypeError.
Ref instantiate(Value exception) {
  if (isException(exception))
    return Ref::copy(exception);
  if (!isType(exception) || !isSubtype(exception.as<TypeObject>(), &baseExceptionType))
    return raise(typeErrorType, "exceptions must derive from BaseException");
  PYC_TRY(instance, call(exception));
  if (!isException(instance))
    return raise(typeErrorType,
                 "calling %R should have returned an instance of BaseException, not %R", exception,
                 Value(typeOf(instance)));
  return instance;
}

} // namespace

void chainContext(Value exception, Value handled) {
  if (handled == exception)
    return;
  breakContextCycle(handled, exception);
  setField(asException(exception)->context, handled);
}

Value handledException() {
  for (HandledException* level = thisThread().handled; level; level = level->previous)
    if (level->exception)
      return level->exception;
  return {};
}

Raised raiseAsIs(Ref exception) {
  setField(thisThread().raised, std::move(exception));
  return {};
}

Raised raiseValue(Value exception) {
  Ref instance = instantiate(exception);
  return instance ? raiseInstance(std::move(instance)) : Raised();
}

Raised raiseWith(TypeObject& type, Value argument) {
  Ref exception = makeException(&type, &argument, argument ? 1 : 0);
  return exception ? raiseInstance(std::move(exception)) : Raised();
}

Raised raise(TypeObject& type, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Ref message = formatMessage(format, arguments);
  va_end(arguments);
  return message ? raiseWith(type, message) : Raised();
}

Raised raiseFrom(Value exception, Value cause) {
  Ref instance = instantiate(exception);
  if (!instance)
    return {};
  Ref causeInstance;
  if (isType(cause) && isSubtype(cause.as<TypeObject>(), &baseExceptionType)) {
    causeInstance = call(cause);
    if (!causeInstance)
      return {};
    if (!isException(causeInstance))
      return raise(typeErrorType,
                   "calling %R should have returned an instance of BaseException, not %R", cause,
                   Value(typeOf(causeInstance)));
  } else if (isException(cause)) {
    causeInstance = Ref::copy(cause);
  } else if (!cause.isNone()) {
    return raise(typeErrorType, "exception causes must derive from BaseException");
  }
  setField(asException(instance)->cause, std::move(causeInstance));
  asException(instance)->suppressContext = true;
  return raiseInstance(std::move(instance));
}

Raised raiseKeyError(Value key) {
  return raiseWith(keyErrorType, key);
}

Raised raiseStopIteration(Value value) {
  // A tuple or an exception as the value must not be taken for the arguments.
  return raiseWith(stopIterationType, value.isNone() ? Value() : value);
}

namespace {

/// What is raised when there is not even memory for the exception. Instances have an attribute
/// store behind their fields.
struct LastMemoryError {
  ExceptionObject exception = {.header = immortalObject(kShapeMemoryError),
                               .args = {},
                               .traceback = {},
                               .context = {},
                               .cause = {},
                               .suppressContext = false};
  Value attributes;
};
constinit LastMemoryError lastMemoryError;

} // namespace

Raised raiseMemoryError() {
  // Making the exception may fail for want of memory, and then comes here again.
  static thread_local bool isMaking = false;
  if (isMaking) {
    readyType(&memoryErrorType);
    return raiseAsIs(Ref::steal(Value(&lastMemoryError.exception.header)));
  }
  isMaking = true;
  Ref exception = makeException(&memoryErrorType, nullptr, 0);
  isMaking = false;
  return exception ? raiseInstance(std::move(exception)) : Raised();
}

Raised raiseAttributeError(Value object, Value name, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Ref message = formatMessage(format, arguments);
  va_end(arguments);
  if (!message)
    return {};
  Value argument = message;
  Ref exception = makeException(&attributeErrorType, &argument, 1);
  if (!exception)
    return {};
  auto* error = exception.as<AttributeErrorObject>();
  setField(error->obj, object);
  setField(error->name, name);
  return raiseInstance(std::move(exception));
}

Raised raiseNameError(TypeObject& type, const char* format, Value name) {
  Ref message = formatText(format, name);
  if (!message)
    return {};
  Value argument = message;
  Ref exception = makeException(&type, &argument, 1);
  if (!exception)
    return {};
  setField(exception.as<NameErrorObject>()->name, name);
  return raiseInstance(std::move(exception));
}

Raised raiseErrno(int error, Value fileName) {
  Ref message = makeStr(strerror(error));
  if (!message)
    return {};
  Value arguments[3] = {Value::fromInt(error), message, fileName};
  Ref exception = makeException(&osErrorType, arguments, fileName ? 3 : 2);
  return exception ? raiseInstance(std::move(exception)) : Raised();
}

bool isRaised(const TypeObject& type) {
  Value raised = thisThread().raised;
  return raised && isInstance(raised, &type);
}

void restoreRaised(Ref exception) {
  setField(thisThread().raised, std::move(exception));
}

void clearRaised() {
  clearField(thisThread().raised);
}

bool catchRaised(const TypeObject& type) {
  if (!isRaised(type))
    return false;
  clearRaised();
  return true;
}

} // namespace pyc::rt
