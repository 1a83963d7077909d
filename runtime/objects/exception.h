// Exception objects. Every exception type's instances begin with ExceptionObject; some have more
// fields. Attributes that a program adds are in the attribute store (shape.h), notes among them.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

struct ExceptionObject {
  Object header;
  Value args;      // tuple
  Value traceback; // TracebackObject, or null
  Value context;   // exception, or null
  Value cause;     // exception, or null
  bool suppressContext;
};
inline ExceptionObject* asException(Value value) {
  return value.as<ExceptionObject>();
}

// The types with fields of their own; null fields read as None.
struct StopIterationObject {
  ExceptionObject base;
  Value value;
};
struct SystemExitObject {
  ExceptionObject base;
  Value code;
};
struct AttributeErrorObject {
  ExceptionObject base;
  Value obj, name;
};
struct NameErrorObject {
  ExceptionObject base;
  Value name;
};
struct ImportErrorObject {
  ExceptionObject base;
  Value msg, name, path, nameFrom;
};
struct OSErrorObject {
  ExceptionObject base;
  Value number, message, fileName, fileName2;
  int64_t written; // characters_written of BlockingIOError, -1: not set
};
struct SyntaxErrorObject {
  ExceptionObject base;
  Value msg, fileName, line, offset, text, endLine, endOffset, printFileAndLine, metadata;
};
struct UnicodeErrorObject {
  ExceptionObject base;
  Value encoding, object, reason; // str, bytes or str, str
  int64_t start, end;
};
struct ExceptionGroupObject {
  ExceptionObject base;
  Value message, exceptions; // str, tuple
  Value sequenceText; // repr of what was given, when that was neither list nor tuple; or null
};

/// An instance of an exception type as `type(*args)` makes it; for built-in types without a call.
Ref makeException(TypeObject* type, const Value* args, size_t argc);
/// The exception being handled innermost (sys.exception()), borrowed, or null.
Value handledException();
/// Makes `handled` the context of `exception`, unless they are the same; closes no cycle.
void chainContext(Value exception, Value handled);
/// Raises an exception instance whose context is already what it should be (consumes it).
Raised raiseAsIs(Ref exception);
/// `raise exception from cause` (cause may be None; classes are instantiated).
Raised raiseFrom(Value exception, Value cause);
/// StopIteration's value of an exception that is a StopIteration (new reference).
Ref stopIterationValue(Value exception);

// Exception groups (exception_group.cpp), for except*.
/// Calls the split() method of a group with a type or tuple of types: what matches and the rest,
/// each null when there is none.
bool splitExceptionGroup(Value exception, Value matcher, Ref& match, Ref& rest);
/// What `except*` leaves to raise: `raised` is a list of what its clauses raised and what none
/// took.
Ref prepReraiseStar(Value original, Value raised);

} // namespace pyc::rt
