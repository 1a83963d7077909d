// Makes a program record its profile and write it at its end.
#pragma once

#include "runtime/abi/native.h"

#include <string>

namespace pyc::profile {

/// Of instrumented programs. end() writes the profile; when that fails it says so on standard
/// error.
extern "C" const rt::ProgramHooks pycProfileHooks;

/// Where the profile goes: `%p` in it is the process's number, `%m` a number made from the
/// program's code. Before the program ends. Without a call: $PYC_PROFILE_FILE, else
/// `NAME-%p.pycprof` in the current folder, NAME the program's.
void setProfileFile(std::string pattern);

} // namespace pyc::profile
