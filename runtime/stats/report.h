// The report of PYC_STATS=1.
#pragma once

#include <string>

namespace pyc::rt {

/// Seconds of a clock that only goes forward.
double wallTime();

/// All that was counted, as text. `seconds`: how long the program has run.
std::string statisticsReport(double seconds);

} // namespace pyc::rt
