// Checks a code image before it is trusted: what the frontend wrote (in tests), what was read from
// a cache. An image that passes can be interpreted without any check of its own: all offsets lie
// inside, operands are in range, temporaries are a stack, locals are bound where they are read.
#pragma once

#include "dialects/uop/image.h"

#include <string>

namespace pyc::uop {

/// What is wrong with the `size` bytes at `bytes` (8-byte aligned) as a code image; empty: nothing.
/// Any bytes will do. The header's hash is not compared (hashImage).
std::string verifyImage(const void* bytes, size_t size);

/// The same for an image whose header tells its size.
std::string verifyImage(ImageView image);

} // namespace pyc::uop
