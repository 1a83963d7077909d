// Tells whether two code records have the same body: a profile of the one then fits the other.
#pragma once

#include "dialects/uop/image.h"

namespace pyc::uop {

/// Hash of a code's instructions, constants, names and signature. Lines, the file's name and the
/// bodies of functions inside do not count, so edits elsewhere leave it alone.
uint64_t hashBody(ImageView image, const CodeRecord& code);

/// Which of the image's codes with this qualified name it is, from 0.
uint32_t ordinalOf(ImageView image, const CodeRecord& code);

} // namespace pyc::uop
