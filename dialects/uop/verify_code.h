// The verifier's part that looks at one code object, for verify.cpp.
#pragma once

#include "dialects/uop/image.h"

#include <string>

namespace pyc::uop {

/// What is wrong with the instructions, exception table and positions of `code`; empty: nothing.
/// The offsets and strings of the record have been checked.
std::string verifyCode(ImageView image, const CodeRecord& code);

} // namespace pyc::uop
