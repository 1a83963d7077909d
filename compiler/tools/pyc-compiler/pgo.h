// `pyc pgo`: record a profile, build with it, compare.
#pragma once

#include <string>
#include <vector>

namespace pyc {

/// Runs `pyc pgo ARGUMENTS...`; the exit status.
int pgoCommand(const std::vector<std::string>& arguments);

} // namespace pyc
