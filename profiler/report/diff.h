// Two profiles side by side: how alike they are and what became of the hot functions.
#pragma once

#include "profiler/format/profile.h"

#include <string>

namespace pyc::profile {

/// Functions are hot that together make up this percentage of a profile's weight.
inline constexpr unsigned kHotPercent = 95;

/// How much of the two profiles' weight lies in the same functions, in percent: 100 when each
/// function has the same share in both, 0 when they have none in common.
double similarity(const Profile& before, const Profile& after);

/// The similarity, which functions entered and left the hot ones, and whose types changed.
std::string diffText(const Profile& before, const Profile& after);

} // namespace pyc::profile
