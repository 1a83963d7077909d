// Arguments of the methods of str, bytes and bytearray, with the error messages of CPython's
// argument parser.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

/// TypeError: FUNCTION() argument NUMBER must be EXPECTED, not TYPE. Number 0: the only argument;
/// `name` instead of a number: its keyword.
Raised raiseBadArgument(const char* function, int number, const char* expected, Value argument);
Raised raiseBadArgument(const char* function, const char* name, const char* expected,
                        Value argument);
/// Whether the argument is a str; raises the above if not.
bool strArg(const char* function, int number, Value argument);

/// A size: an integer that fits int64_t. A null argument leaves `result` as it is.
bool sizeArg(Value argument, int64_t& result);
/// As sizeArg, for what is a C int in CPython.
bool intArg(Value argument, int& result);
/// A truth value; null leaves `result` as it is.
bool boolArg(Value argument, bool& result);
/// Bound of a slice: __index__, clipped to int64_t; null and None leave `result` as it is.
bool boundArg(Value argument, int64_t& result);

/// A range [start, stop) as arguments give it, and its meaning for a text of some length.
struct TextRange {
  int64_t start = 0;
  int64_t stop = INT64_MAX;

  bool parse(Value startArgument, Value stopArgument) {
    return boundArg(startArgument, start) && boundArg(stopArgument, stop);
  }
  /// Counts negative bounds from the end. stop - start may be negative: then nothing fits, not even
  /// the empty string.
  void clip(int64_t length) {
    if (stop > length)
      stop = length;
    else if (stop < 0)
      stop = stop + length < 0 ? 0 : stop + length;
    if (start < 0)
      start = start + length < 0 ? 0 : start + length;
  }
};

inline Ref newRef(StrObject* str) {
  return Ref::copy(&str->header);
}

} // namespace pyc::rt
