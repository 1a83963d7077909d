// What the files of the module unicodedata share.
#pragma once

#include "runtime/objects/str.h"

namespace pyc::rt {

extern constinit TypeObject graphemeIteratorType, segmentType;

/// `unicodedata.iter_graphemes`.
Ref iterateGraphemes(const Value* args);

} // namespace pyc::rt
