// A profile as LCOV's tracefile, which editors and coverage tools show.
#pragma once

#include "profiler/report/program.h"

namespace pyc::profile {

/// With a program: all lines of its modules that are not of the library, those that were not
/// executed with 0; functions that changed since are left out. Without: the lines that the profile
/// has, in files named by their modules.
std::string lcovText(const Profile& profile, const Program& program);

} // namespace pyc::profile
