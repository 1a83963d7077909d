// resource.struct_rusage, which os.wait3() and os.wait4() return as well.
#pragma once

#include "runtime/objects/type.h"

struct rusage;

namespace pyc::rt {

extern constinit TypeObject resourceUsageType;
Ref makeResourceUsage(const rusage& usage);

} // namespace pyc::rt
