// A profile as JSON, for people, diffs and other tools (docs/profile_format.md).
#pragma once

#include "profiler/format/profile.h"

#include <string>

namespace pyc::profile {

/// One site a line. The same profile gives the same text. Bytes in names that are not UTF-8 become
/// U+FFFD.
std::string toJson(const Profile& profile);

/// Reads toJson()'s text, or another that has the same fields; others are ignored. The result is
/// normalised. False with a reason, as decode() gives one. Takes any bytes.
bool fromJson(const std::string& text, Profile& profile, std::string& error);

} // namespace pyc::profile
