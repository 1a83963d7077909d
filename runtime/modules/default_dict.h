// collections.defaultdict: a dict that makes the values of missing keys.
#pragma once

#include "runtime/objects/dict.h"

namespace pyc::rt {

struct DefaultDictObject {
  DictObject dict;
  Value factory; // default_factory; null reads as None
};
extern constinit TypeObject defaultDictType;

} // namespace pyc::rt
