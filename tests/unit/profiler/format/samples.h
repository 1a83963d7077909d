// Profiles to test with.
#pragma once

#include "profiler/format/profile.h"

namespace pyc::profile {

/// Normalised; has every kind of field.
Profile sampleProfile();
/// The one function of a profile that has only one.
Profile onlyFunction(Function function, std::vector<std::string> types);

} // namespace pyc::profile
