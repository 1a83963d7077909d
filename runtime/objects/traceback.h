// Traceback objects, and tracebacks as text (what sys.excepthook prints by default).
#pragma once

#include "runtime/objects/code.h"
#include "runtime/objects/exception.h"

#include <string>

namespace pyc::rt {

struct TracebackObject {
  Object header;
  Value next;          // TracebackObject, or null
  Value frame;         // frame object, or null: made when asked for (tracebackFrameMaker)
  CodeObject* code;    // owned
  DictObject* globals; // owned, or null
  uint32_t word;       // place in the code
  int32_t line;        // line number given by a program; -1: that of `word`
};
inline TracebackObject* asTraceback(Value value) {
  return value.as<TracebackObject>();
}

/// Makes a frame object for an entry whose frame is gone. Set by the interpreter.
extern Ref (*tracebackFrameMaker)(TracebackObject* traceback);

int tracebackLine(const TracebackObject* traceback);

/// The text of an exception with its traceback, causes and notes, as CPython prints it, with a
/// newline at the end. Never raises: what can't be shown is replaced.
Ref formatException(Value exception);
/// The same as WTF-8 appended to `out`.
void formatExceptionTo(std::string& out, Value exception);

} // namespace pyc::rt
