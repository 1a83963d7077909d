// Compiles a program to show a profile with it.
#pragma once

#include "profiler/report/program.h"

#include <string>
#include <vector>

namespace pyc {

/// The program's modules as `pyc build` finds them, and further ones that the profile names and
/// that are found in the same places: imports at run time. False after printing an error.
bool loadProgram(const std::string& file, const profile::Profile& profile,
                 std::vector<profile::ProgramModule>& modules);

} // namespace pyc
