// What the files of the module _operator share.
#pragma once

#include "runtime/modules/registry.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

extern constinit TypeObject itemGetterType, attrGetterType, methodCallerType;

} // namespace pyc::rt
