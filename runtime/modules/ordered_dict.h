// collections.OrderedDict: a dict whose keys can be moved to its ends, and whose order counts in
// comparisons. A dict keeps the order of insertion by itself.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

extern constinit TypeObject orderedDictType;

} // namespace pyc::rt
