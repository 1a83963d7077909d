// The entries of tracebacks as text.
#pragma once

#include "runtime/objects/source_lines.h"
#include "runtime/objects/traceback.h"

namespace pyc::rt {

/// Appends the entries of a traceback, innermost last; long repetitions are cut short. Of `limit`
/// entries the innermost ones (-1: all).
void appendTracebackEntries(std::vector<std::string>& out, const TracebackObject* traceback,
                            int64_t limit, SourceLines& sources);

} // namespace pyc::rt
