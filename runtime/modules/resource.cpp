// The module resource: limits and what has been used.
#include "runtime/modules/registry.h"
#include "runtime/modules/resource_usage.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

#include <cerrno>
#include <sys/resource.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

Ref getrusageFunction(const Value* args) {
  int who;
  if (!intArg(args[0], who))
    return {};
  rusage usage;
  if (getrusage(static_cast<__rusage_who_t>(who), &usage) == 0)
    return makeResourceUsage(usage);
  return errno == EINVAL ? Ref(raise(valueErrorType, "invalid who parameter"))
                         : Ref(raiseErrno(errno));
}

bool resourceArg(Value argument, int& resource) {
  if (!intArg(argument, resource))
    return false;
  return (resource >= 0 && resource < RLIM_NLIMITS) ||
         static_cast<bool>(raise(valueErrorType, "invalid resource specified"));
}

Ref limitPair(const rlimit& limit) {
  PYC_TRY(soft, makeIntUnsigned(limit.rlim_cur));
  PYC_TRY(hard, makeIntUnsigned(limit.rlim_max));
  return tupleOf(soft, hard);
}

bool oneLimitArg(Value argument, rlim_t& result) {
  PYC_TRY(index, toIndex(argument));
  uint64_t number;
  int64_t negative;
  if (intFitsUnsigned64(index, number))
    result = number;
  else if (intFits64(index, negative) && negative == -1)
    result = RLIM_INFINITY;
  else if (intSign(index) < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  else
    return raise(overflowErrorType, "int too big to convert");
  return true;
}

bool limitsArg(Value argument, rlimit& limit) {
  PYC_TRY(pair, sequenceTuple(argument));
  if (asTuple(pair)->count != 2)
    return raise(valueErrorType, "expected a tuple of 2 integers");
  return oneLimitArg(asTuple(pair)->items()[0], limit.rlim_cur) &&
         oneLimitArg(asTuple(pair)->items()[1], limit.rlim_max);
}

Raised raiseLimitError() {
  if (errno == EINVAL)
    return raise(valueErrorType, "current limit exceeds maximum limit");
  if (errno == EPERM)
    return raise(valueErrorType, "not allowed to raise maximum limit");
  return raiseErrno(errno);
}

Ref getrlimitFunction(const Value* args) {
  int resource;
  rlimit limit;
  if (!resourceArg(args[0], resource))
    return {};
  return getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0
             ? limitPair(limit)
             : Ref(raiseErrno(errno));
}

Ref setrlimitFunction(const Value* args) {
  int resource;
  rlimit limit;
  if (!resourceArg(args[0], resource) || !limitsArg(args[1], limit))
    return {};
  return setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0
             ? Ref::none()
             : Ref(raiseLimitError());
}

Ref prlimitFunction(const Value* args) {
  int pid, resource;
  rlimit limit, old;
  if (!intArg(args[0], pid) || !resourceArg(args[1], resource))
    return {};
  bool sets = args[2] && !args[2].isNone();
  if (sets && !limitsArg(args[2], limit))
    return {};
  const rlimit* next = sets ? &limit : nullptr;
  int result = prlimit(pid, static_cast<__rlimit_resource>(resource), next, &old);
  if (result == 0)
    return limitPair(old);
  return errno == EINVAL ? Ref(raiseLimitError()) : Ref(raiseErrno(errno));
}

Ref getpagesizeFunction(const Value*) {
  return makeInt(getpagesize());
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getrusage(who, /)", .bound = getrusageFunction},
    {.signature = "getrlimit(resource, /)", .bound = getrlimitFunction},
    {.signature = "setrlimit(resource, limits, /)", .bound = setrlimitFunction},
    {.signature = "prlimit(pid, resource, limits=None, /)", .bound = prlimitFunction},
    {.signature = "getpagesize()", .bound = getpagesizeFunction},
};

struct Constant {
  const char* name;
  uint64_t value;
};
#define CONSTANT(name) {#name, static_cast<uint64_t>(name)}
constexpr Constant kConstants[] = {
    CONSTANT(RLIMIT_AS),       CONSTANT(RLIMIT_CORE),     CONSTANT(RLIMIT_CPU),
    CONSTANT(RLIMIT_DATA),     CONSTANT(RLIMIT_FSIZE),    CONSTANT(RLIMIT_MEMLOCK),
    CONSTANT(RLIMIT_MSGQUEUE), CONSTANT(RLIMIT_NICE),     CONSTANT(RLIMIT_NOFILE),
    CONSTANT(RLIMIT_NPROC),    CONSTANT(RLIMIT_OFILE),    CONSTANT(RLIMIT_RSS),
    CONSTANT(RLIMIT_RTPRIO),   CONSTANT(RLIMIT_RTTIME),   CONSTANT(RLIMIT_SIGPENDING),
    CONSTANT(RLIMIT_STACK),    CONSTANT(RLIM_INFINITY),   CONSTANT(RLIM_SAVED_CUR),
    CONSTANT(RLIM_SAVED_MAX),  CONSTANT(RUSAGE_CHILDREN), CONSTANT(RUSAGE_SELF),
    CONSTANT(RUSAGE_THREAD)};
#undef CONSTANT

} // namespace

bool fillModule_resource(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addValue(module, constant.name, makeIntUnsigned(constant.value)))
      return false;
  readyType(&resourceUsageType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, resourceUsageType) && addValue(module, "error", Ref::copy(&osErrorType)) &&
         addStr(module, "__doc__", "Limits on what the process may use, and what it has used.");
}

} // namespace pyc::rt
