// Raising and handling Python exceptions from C++.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// Raises `type(message)`. The format knows %s (const char*), %d (int), %lld (int64_t), %zu, %c,
/// %ld, %lu, %u, %x, %% with the C flags and widths (%.200s, %.*s, %02x) and, for Values: %S str(),
/// %R repr(), %A ascii(), %T the name of its type, %N the name of the type that it is, %Q the name
/// of its type with module and qualified name (what CPython 3.15 says where it has "A.__len__()").
/// Values are passed as Value (Ref and concrete pointers need Value(...)). With __context__ set
/// from the exception being handled.
Raised raise(TypeObject& type, const char* format, ...);
/// Raises an exception instance, or a class with one argument (null: none).
Raised raiseValue(Value exception);
Raised raiseWith(TypeObject& type, Value argument);
/// OSError of errno's class with errno, strerror and, unless null, the file name.
Raised raiseErrno(int error, Value fileName = {});
Raised raiseMemoryError();
/// The text that raise() makes of a format; null with an exception raised by str() or repr().
Ref formatText(const char* format, ...);
/// AttributeError with `obj` and `name` set, for suggestions.
Raised raiseAttributeError(Value object, Value name, const char* format, ...);
/// NameError (or UnboundLocalError) with `name` set; the format takes the name as %S.
Raised raiseNameError(TypeObject& type, const char* format, Value name);
/// KeyError(key), with the key as it is.
Raised raiseKeyError(Value key);
Raised raiseStopIteration(Value value);

/// Whether an exception is being raised on this thread.
inline bool isRaised() {
  return static_cast<bool>(thisThread().raised);
}
/// Whether it is an instance of `type`.
bool isRaised(const TypeObject& type);
/// Takes the exception off the thread (owned).
inline Ref takeRaised() {
  Value value = thisThread().raised;
  thisThread().raised = Value();
  return Ref::steal(value);
}
/// Puts an exception back without touching its context or traceback.
void restoreRaised(Ref exception);
void clearRaised();
/// Takes it off when it is an instance of `type`; true then.
bool catchRaised(const TypeObject& type);

/// Reports the exception being raised, which can't go further (in __del__, callbacks), through
/// sys.unraisablehook, and takes it off the thread. `message` as "Exception ignored in"; the
/// object, which may be null, is shown behind it.
void writeUnraisable(const char* message, Value object);
/// Issues a warning; false when it became an exception. The format is raise()'s.
bool warn(TypeObject& category, int stackLevel, const char* format, ...);

/// What other parts of the runtime plug in; null: the defaults.
struct ErrorHooks {
  /// Issues a warning, false when it became an exception. Default: none is issued.
  bool (*warn)(TypeObject* category, int stackLevel, Value message) = nullptr;
  /// Calls sys.unraisablehook. Default: prints to standard error.
  void (*unraisable)(Ref exception, Value message, Value object) = nullptr;
  /// Writes to sys.stderr. Default: to the file descriptor.
  void (*writeStandardError)(Value text) = nullptr;
};
extern ErrorHooks errorHooks;

/// Adds a traceback entry for a frame that the raised exception leaves. `word` is the instruction's
/// place in the code; `frame` the frame object if the program has asked for one. "Did you mean
/// ...?" of a NameError looks at the innermost frame's locals, so make one for such an exception's
/// first entry.
void addTraceback(struct CodeObject* code, DictObject* globals, uint32_t word, Value frame = {});

} // namespace pyc::rt
