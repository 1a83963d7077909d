// Run-time statistics: what the environment variable PYC_STATS asks for (docs/statistics.md).
//
//   unset, empty or 0   nothing
//   1                   a report on standard error at the program's end
//   anything else       the failed guards as a profile, in the file of that name
#pragma once

#include "runtime/abi/native.h"

#include <string>

namespace pyc::rt {

/// Reads PYC_STATS and begins to count. Once, before the runtime makes its first object. `program`:
/// null for a script.
void beginStatistics(const NativeProgram* program);

/// Reports or writes what was counted. Once, after the program's end. `program` is its name.
void endStatistics(const std::string& program);

} // namespace pyc::rt
