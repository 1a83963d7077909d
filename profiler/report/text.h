// Pieces of the reports' texts.
#pragma once

#include "profiler/format/profile.h"

#include <string>

namespace pyc::profile {

/// "81.2%". Between nothing and everything it says neither 0.0% nor 100.0%.
std::string percentText(uint64_t part, uint64_t whole);
std::string percentText(double percent);

/// "int 90.0%, str 10.0%, in -5..20"; "" for a slot that saw nothing.
std::string slotText(const Profile& profile, const Slot& slot);

/// "1 run", "2 runs".
std::string counted(uint64_t count, const std::string& noun);

/// The text in at least `width` columns.
std::string padLeft(const std::string& text, size_t width);
std::string padRight(const std::string& text, size_t width);

} // namespace pyc::profile
