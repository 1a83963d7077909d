// Reads profiles from files.
#pragma once

#include "profiler/format/profile.h"

#include <string>

namespace pyc::profile {

/// Reads a profile's bytes in either form, binary or JSON. False with a reason, to be put behind
/// the file's name.
bool parse(const std::string& bytes, Profile& profile, std::string& error);

/// Reads a file. False with a message that names it, "'a.pycprof' is cut off" for example.
bool readProfile(const std::string& path, Profile& profile, std::string& error);

} // namespace pyc::profile
