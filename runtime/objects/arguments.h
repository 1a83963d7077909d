// Checks of the arguments of constructors, which have no signature record; messages are CPython's.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

/// "list expected at most 1 argument, got 2"
inline bool checkArgumentCount(const char* name, size_t argc, size_t least, size_t most) {
  if (PYC_LIKELY(argc >= least && argc <= most))
    return true;
  const char* bound = least == most ? "" : argc < least ? "at least " : "at most ";
  size_t wanted = argc < least ? least : most;
  return raise(typeErrorType, "%s expected %s%zu argument%s, got %zu", name, bound, wanted,
               wanted == 1 ? "" : "s", argc);
}

/// "list() takes no keyword arguments"
inline bool checkNoKeywords(const char* name, Value kwnames) {
  if (PYC_LIKELY(!kwnames || asTuple(kwnames)->count == 0))
    return true;
  return raise(typeErrorType, "%s() takes no keyword arguments", name);
}

} // namespace pyc::rt
