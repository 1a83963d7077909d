#include "runtime/modules/resource_usage.h"

#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"

#include <sys/resource.h>

namespace pyc::rt {

namespace {

constexpr const char* kUsageFields[] = {"ru_utime",  "ru_stime",    "ru_maxrss",  "ru_ixrss",
                                        "ru_idrss",  "ru_isrss",    "ru_minflt",  "ru_majflt",
                                        "ru_nswap",  "ru_inblock",  "ru_oublock", "ru_msgsnd",
                                        "ru_msgrcv", "ru_nsignals", "ru_nvcsw",   "ru_nivcsw"};
constexpr StructSequenceDef kUsageDef = {kUsageFields, 16, 16, true};

Ref seconds(const timeval& time) {
  return makeFloat(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6);
}

} // namespace

constinit TypeObject resourceUsageType = structSequenceType<kUsageDef>(
    "resource.struct_rusage", "What a process or its children have used: getrusage().");

Ref makeResourceUsage(const rusage& usage) {
  Ref values[] = {seconds(usage.ru_utime),   seconds(usage.ru_stime),    makeInt(usage.ru_maxrss),
                  makeInt(usage.ru_ixrss),   makeInt(usage.ru_idrss),    makeInt(usage.ru_isrss),
                  makeInt(usage.ru_minflt),  makeInt(usage.ru_majflt),   makeInt(usage.ru_nswap),
                  makeInt(usage.ru_inblock), makeInt(usage.ru_oublock),  makeInt(usage.ru_msgsnd),
                  makeInt(usage.ru_msgrcv),  makeInt(usage.ru_nsignals), makeInt(usage.ru_nvcsw),
                  makeInt(usage.ru_nivcsw)};
  return makeStructSequence(resourceUsageType, kUsageDef, values);
}

} // namespace pyc::rt
