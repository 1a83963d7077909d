// The frontend's forms as text: `--emit=tokens|ast|uops`.
#pragma once

#include <string>

namespace pyc {

/// Prints one form of a file to `output` ("" or "-": standard output). Exit status 0 or 1.
int emitFrontend(const std::string& file, const std::string& what, const std::string& output);

} // namespace pyc
