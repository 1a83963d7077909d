// The functions behind str_methods.def, one file a topic.
#pragma once

#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt::str_methods {

#define PYC_STR_METHOD(signature, function) Ref function(const Value* args);
#include "runtime/objects/str_methods.def"

Ref maketrans(const Value* args);

} // namespace pyc::rt::str_methods
