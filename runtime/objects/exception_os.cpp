// OSError: constructing one with an errno gives the subclass for that errno.
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

#include <cerrno>

namespace pyc::rt {

namespace {

OSErrorObject* asOSError(Value value) {
  return value.as<OSErrorObject>();
}

TypeObject* typeOfErrno(int64_t number) {
  switch (number) {
  case EAGAIN:
  case EALREADY:
  case EINPROGRESS:
    return &blockingIOErrorType;
  case EPIPE:
  case ESHUTDOWN:
    return &brokenPipeErrorType;
  case ECHILD:
    return &childProcessErrorType;
  case ECONNABORTED:
    return &connectionAbortedErrorType;
  case ECONNREFUSED:
    return &connectionRefusedErrorType;
  case ECONNRESET:
    return &connectionResetErrorType;
  case EEXIST:
    return &fileExistsErrorType;
  case ENOENT:
    return &fileNotFoundErrorType;
  case EISDIR:
    return &isADirectoryErrorType;
  case ENOTDIR:
    return &notADirectoryErrorType;
  case EINTR:
    return &interruptedErrorType;
  case EACCES:
  case EPERM:
    return &permissionErrorType;
  case ESRCH:
    return &processLookupErrorType;
  case ETIMEDOUT:
    return &timeoutErrorType;
  default:
    return nullptr;
  }
}

/// A subclass that has __init__ but not __new__ gets its fields from OSError.__init__, which that
/// __init__ may call with other arguments; every other one has them when it is created.
bool fillsInInit(const TypeObject* type);

/// The arguments: (errno, strerror[, filename[, winerror[, filename2]]]), or any others.
bool fill(Value self, const Value* args, size_t argc) {
  OSErrorObject* error = asOSError(self);
  error->written = -1;
  size_t kept = argc;
  if (argc >= 2 && argc <= 5) {
    setField(error->number, args[0]);
    setField(error->message, args[1]);
    Value fileName = argc > 2 && !args[2].isNone() ? args[2] : Value();
    bool isCount = fileName && isInstance(self, &blockingIOErrorType) &&
                   typeOf(fileName)->slots.index != nullptr;
    if (isCount) {
      if (!toInt64(fileName, error->written, &valueErrorType))
        return false;
    } else if (fileName) {
      setField(error->fileName, fileName);
      if (argc == 5 && !args[4].isNone())
        setField(error->fileName2, args[4]);
      // The file names are not part of args, for compatibility with old programs.
      kept = 2;
    }
  }
  Ref tuple = makeTuple(args, kept);
  if (!tuple)
    return false;
  setField(error->base.args, std::move(tuple));
  return true;
}

bool checkNoKeywords(const TypeObject* type, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "%s() takes no keyword arguments", type->name);
  return true;
}

Ref createOSError(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool fillsNow = !fillsInInit(type);
  if (fillsNow) {
    if (!checkNoKeywords(type, kwnames))
      return {};
    if (type == &osErrorType && argc >= 2 && argc <= 5 && isInteger(args[0])) {
      int64_t number = 0;
      if (intFits64(args[0], number))
        if (TypeObject* better = typeOfErrno(number))
          type = better;
    }
  }
  Ref result = createException(type, nullptr, 0, {});
  if (!result)
    return {};
  asOSError(result)->written = -1;
  return !fillsNow || fill(result, args, argc) ? std::move(result) : Ref();
}

bool initOSError(Value self, const Value* args, size_t argc, Value kwnames) {
  TypeObject* type = typeOf(self);
  if (!fillsInInit(type))
    return true;
  return checkNoKeywords(type, kwnames) && fill(self, args, argc);
}

bool fillsInInit(const TypeObject* type) {
  return type->slots.init != initOSError && type->slots.create == createOSError;
}

Ref strOSError(Value self) {
  OSErrorObject* error = asOSError(self);
  Value number = error->number ? error->number : Value::none();
  Value message = error->message ? error->message : Value::none();
  if (error->fileName && error->fileName2)
    return formatText("[Errno %S] %S: %R -> %R", number, message, error->fileName,
                      error->fileName2);
  if (error->fileName)
    return formatText("[Errno %S] %S: %R", number, message, error->fileName);
  if (error->number && error->message)
    return formatText("[Errno %S] %S", number, message);
  return strException(self);
}

/// The arguments that make the same error again.
Ref reduceOSError(const Value* args) {
  OSErrorObject* error = asOSError(args[0]);
  Ref arguments = Ref::copy(error->base.args);
  if (asTuple(arguments)->count == 2 && error->fileName) {
    const Value* items = asTuple(error->base.args)->items();
    arguments = error->fileName2
                    ? tupleOf(items[0], items[1], error->fileName, Value::none(), error->fileName2)
                    : tupleOf(items[0], items[1], error->fileName);
    if (!arguments)
      return {};
  }
  PYC_TRY(dict, getAttr(args[0], names::__dict__));
  Value type = Value(typeOf(args[0]));
  int64_t count = 0;
  if (!length(dict, count))
    return {};
  return count ? tupleOf(type, arguments.get(), dict.get()) : tupleOf(type, arguments.get());
}

Ref getWritten(Value self) {
  if (asOSError(self)->written < 0)
    return raise(attributeErrorType, "characters_written");
  return makeInt(asOSError(self)->written);
}

bool setWritten(Value self, Value value) {
  OSErrorObject* error = asOSError(self);
  if (!value) {
    if (error->written < 0)
      return raise(attributeErrorType, "characters_written");
    error->written = -1;
    return true;
  }
  return toInt64(value, error->written, &valueErrorType);
}

const MethodDef kMethods[] = {{"__reduce__($self, /)", reduceOSError}};
const GetSetDef kGetSets[] = {{"characters_written", getWritten, setWritten}};
const MemberDef kMembers[] = {
    {"errno", offsetof(OSErrorObject, number), MemberDef::NullIsNone, "POSIX exception code"},
    {"strerror", offsetof(OSErrorObject, message), MemberDef::NullIsNone, "exception strerror"},
    {"filename", offsetof(OSErrorObject, fileName), MemberDef::NullIsNone, "exception filename"},
    {"filename2", offsetof(OSErrorObject, fileName2), MemberDef::NullIsNone,
     "second exception filename"},
};

using Fields = ExceptionFields<OSErrorObject, &OSErrorObject::number, &OSErrorObject::message,
                               &OSErrorObject::fileName, &OSErrorObject::fileName2>;

} // namespace

extern "C" constinit TypeObject osErrorType = {
    .name = "OSError",
    .base = &exceptionType,
    .basicSize = sizeof(OSErrorObject),
    .flags = kExceptionFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Base class for I/O related errors.",
    .slots = {.dealloc = Fields::dealloc,
              .traverse = Fields::traverse,
              .clear = Fields::clear,
              .str = strOSError,
              .create = createOSError,
              .init = initOSError},
};

#define PYC_OS_EXCEPTION(id, variable, baseVariable, text)                                         \
  extern "C" constinit TypeObject variable = {                                                     \
      .name = #id,                                                                                 \
      .base = &baseVariable,                                                                       \
      .basicSize = sizeof(OSErrorObject),                                                          \
      .flags = kExceptionFlags,                                                                    \
      .doc = text,                                                                                 \
  };

PYC_OS_EXCEPTION(BlockingIOError, blockingIOErrorType, osErrorType, "I/O operation would block.")
PYC_OS_EXCEPTION(ChildProcessError, childProcessErrorType, osErrorType, "Child process error.")
PYC_OS_EXCEPTION(ConnectionError, connectionErrorType, osErrorType, "Connection error.")
PYC_OS_EXCEPTION(BrokenPipeError, brokenPipeErrorType, connectionErrorType, "Broken pipe.")
PYC_OS_EXCEPTION(ConnectionAbortedError, connectionAbortedErrorType, connectionErrorType,
                 "Connection aborted.")
PYC_OS_EXCEPTION(ConnectionRefusedError, connectionRefusedErrorType, connectionErrorType,
                 "Connection refused.")
PYC_OS_EXCEPTION(ConnectionResetError, connectionResetErrorType, connectionErrorType,
                 "Connection reset.")
PYC_OS_EXCEPTION(FileExistsError, fileExistsErrorType, osErrorType, "File already exists.")
PYC_OS_EXCEPTION(FileNotFoundError, fileNotFoundErrorType, osErrorType, "File not found.")
PYC_OS_EXCEPTION(InterruptedError, interruptedErrorType, osErrorType, "Interrupted by signal.")
PYC_OS_EXCEPTION(IsADirectoryError, isADirectoryErrorType, osErrorType,
                 "Operation doesn't work on directories.")
PYC_OS_EXCEPTION(NotADirectoryError, notADirectoryErrorType, osErrorType,
                 "Operation only works on directories.")
PYC_OS_EXCEPTION(PermissionError, permissionErrorType, osErrorType, "Not enough permissions.")
PYC_OS_EXCEPTION(ProcessLookupError, processLookupErrorType, osErrorType, "Process not found.")
PYC_OS_EXCEPTION(TimeoutError, timeoutErrorType, osErrorType, "Timeout expired.")

} // namespace pyc::rt
