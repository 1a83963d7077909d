// The profile that a program is specialised for (--profile-use).
#pragma once

#include "compiler/pipeline/build.h"
#include "profiler/format/profile.h"

#include <optional>

namespace pyc {

/// Reads the profiles that the options name and adds them up; without any, the one beside the main
/// file (prog.pycprof), if there is one and the options do not say "off". Nothing is found: `out`
/// stays empty. False with a message when one cannot be read.
bool loadProfile(const BuildOptions& options, std::optional<profile::Profile>& out,
                 std::string& error);

/// Says on standard error, in a line, how much of the profile's weight the program still has. False
/// with a message when that is less than the options ask for.
bool checkCoverage(const BuildOptions& options, const ModuleGraph& graph,
                   const profile::Profile& profile, std::string& error);

} // namespace pyc
