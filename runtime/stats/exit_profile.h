// Failed guards as a profile, to be merged with a recorded one.
#pragma once

#include "profiler/format/profile.h"
#include "runtime/stats/exit_count.h"

namespace pyc::rt {

/// A profile whose sites have nothing but `exits`, normalised.
profile::Profile exitProfile(const std::vector<ExitCount>& exits);

} // namespace pyc::rt
