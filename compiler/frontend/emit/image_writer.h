// Writes code units as a code image (dialects/uop/image.h).
#pragma once

#include "compiler/frontend/emit/compilation.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pyc {

/// The image of `root` and of the units that its constants lead to. Equal inputs give equal bytes.
std::vector<uint64_t> writeImage(const Compilation& compilation, const CodeUnit& root,
                                 std::string_view fileName);

} // namespace pyc
