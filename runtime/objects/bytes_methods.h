// The functions behind bytes_methods.def, one file a topic. `self` is a bytes or a bytearray; what
// they return is of the same type.
#pragma once

#include "runtime/objects/bytes_text.h"

namespace pyc::rt::bytes_methods {

#define PYC_BYTES_METHOD(signature, function) Ref function(const Value* args);
#include "runtime/objects/bytes_methods.def"

Ref maketrans(const Value* args);
/// fromhex of the class args[0].
Ref fromhex(const Value* args);

} // namespace pyc::rt::bytes_methods
