// `pyc explain`.
#pragma once

#include <string>
#include <vector>

namespace pyc {

/// Runs the command; `arguments` are those behind its name. The exit status: 0, 1 after an error, 2
/// for wrong usage.
int explainCommand(const std::vector<std::string>& arguments);

} // namespace pyc
