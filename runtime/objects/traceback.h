// Traceback objects, and tracebacks as text (what sys.excepthook prints by default).
#pragma once

#include "runtime/objects/code.h"
#include "runtime/objects/exception.h"

#include <string>

namespace pyc::rt {

struct alignas(16) TracebackObject { // a whole number of kInstanceGrain
  Object header;
  Value next;          // TracebackObject, or null
  Value frame;         // frame object, or null: made when asked for (tracebackFrameMaker)
  CodeObject* code;    // owned
  DictObject* globals; // owned, or null
  uint32_t word;       // place in the code; UINT32_MAX: none
  int32_t line;        // line number given by a program, or kLineOfWord
};
inline constexpr int32_t kLineOfWord = INT32_MIN;
inline TracebackObject* asTraceback(Value value) {
  return value.as<TracebackObject>();
}

/// Makes a frame object for an entry whose frame is gone. Set by the interpreter.
extern Ref (*tracebackFrameMaker)(TracebackObject* traceback);

/// Drops a reference to a traceback; entries that nothing else needs end without a detour.
void releaseTraceback(Object* traceback);

int tracebackLine(const TracebackObject* traceback);

/// The text of an exception with its traceback, causes and notes, as CPython's default
/// sys.excepthook prints it, with a newline at the end. Null only when memory is out; what else
/// can't be shown is replaced. The exception being raised, if any, is left alone.
Ref formatException(Value exception);
/// The same as WTF-8 appended to `out`. Of each traceback the last `limit` entries; -1: all.
void formatExceptionTo(std::string& out, Value exception, int64_t limit = -1);

/// Makes the lines of a source that is in no file ("<string>") known to tracebacks. Thread-safe.
void rememberSource(std::string_view fileName, std::string_view text);

} // namespace pyc::rt
