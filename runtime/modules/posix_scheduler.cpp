// posix: how the system shares processors between processes.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/float.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/signature.h"

#include <climits>
#include <sched.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr const char* kParamFields[] = {"sched_priority"};
constexpr StructSequenceDef kParamDef = {kParamFields, 1, 1, true};

/// sched_param(sched_priority), unlike its kin with the field itself.
Ref createParam(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("sched_param(sched_priority)");
  Value bound[1];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  Ref values[] = {Ref::copy(bound[0])};
  return makeStructSequence(schedParamType, kParamDef, values);
}

Ref reduceParam(const Value* args) {
  PYC_TRY(arguments, tupleOf(asTuple(args[0])->items()[0]));
  return tupleOf(Value(&schedParamType), arguments);
}

constexpr MethodDef kParamMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceParam},
    StructSequence<kParamDef>::kMethods[1],
};

constexpr TypeObject makeParamType() {
  TypeObject type = structSequenceType<kParamDef>(
      "posix.sched_param", "Parameters of a scheduling policy: sched_priority.");
  type.slots.create = createParam;
  type.methods = kParamMethods;
  return type;
}

} // namespace

constinit TypeObject schedParamType = makeParamType();

bool schedParamArg(Value argument, sched_param& result) {
  if (!isInstance(argument, &schedParamType))
    return raise(typeErrorType, "must have a sched_param object");
  int64_t priority;
  if (!toInt64(asTuple(argument)->items()[0], priority, &overflowErrorType))
    return false;
  if (priority > INT_MAX || priority < INT_MIN)
    return raise(overflowErrorType, "sched_priority out of range");
  result.sched_priority = static_cast<int>(priority);
  return true;
}

namespace {

Ref getparamFunction(const Value* args) {
  int pid;
  sched_param param;
  if (!intArg(args[0], pid))
    return {};
  if (sched_getparam(pid, &param) != 0)
    return raiseSystem();
  Ref values[] = {makeInt(param.sched_priority)};
  return makeStructSequence(schedParamType, kParamDef, values);
}
Ref setparamFunction(const Value* args) {
  int pid;
  sched_param param;
  if (!intArg(args[0], pid) || !schedParamArg(args[1], param))
    return {};
  return noneOrRaise(sched_setparam(pid, &param));
}
Ref setschedulerFunction(const Value* args) {
  int pid, policy;
  sched_param param;
  if (!intArg(args[0], pid) || !intArg(args[1], policy) || !schedParamArg(args[2], param))
    return {};
  return noneOrRaise(sched_setscheduler(pid, policy, &param));
}
Ref rrIntervalFunction(const Value* args) {
  int pid;
  timespec interval;
  if (!intArg(args[0], pid))
    return {};
  if (sched_rr_get_interval(pid, &interval) != 0)
    return raiseSystem();
  return makeFloat(static_cast<double>(interval.tv_sec) +
                   1e-9 * static_cast<double>(interval.tv_nsec));
}
Ref yieldFunction(const Value*) {
  return noneOrRaise(sched_yield());
}

// Processors.

/// A cpu_set_t with room for `count` processors.
class CpuSet {
public:
  explicit CpuSet(size_t count) : set_(CPU_ALLOC(count)), size_(CPU_ALLOC_SIZE(count)) {
    CPU_ZERO_S(size_, set_);
  }
  ~CpuSet() { CPU_FREE(set_); }
  CpuSet(const CpuSet&) = delete;
  CpuSet& operator=(const CpuSet&) = delete;
  cpu_set_t* get() { return set_; }
  size_t size() const { return size_; }

private:
  cpu_set_t* set_;
  size_t size_;
};

Ref setaffinityFunction(const Value* args) {
  int pid;
  if (!intArg(args[0], pid))
    return {};
  std::vector<size_t> cpus;
  size_t most = 0;
  PYC_TRY(iterator, getIter(args[1]));
  while (Ref item = iterNext(iterator)) {
    if (!isInteger(item))
      return raise(typeErrorType, "expected an iterator of ints, but iterator yielded %T",
                   item.get());
    int64_t cpu;
    if (!intFits64(item, cpu) || cpu > INT_MAX - 1)
      return intSign(item) < 0 ? Ref(raise(valueErrorType, "negative CPU number"))
                               : Ref(raise(overflowErrorType, "CPU number too large"));
    if (cpu < 0)
      return raise(valueErrorType, "negative CPU number");
    cpus.push_back(static_cast<size_t>(cpu));
    most = std::max(most, static_cast<size_t>(cpu));
  }
  if (isRaised())
    return {};
  CpuSet set(most + 1);
  for (size_t cpu : cpus)
    CPU_SET_S(cpu, set.size(), set.get());
  return noneOrRaise(sched_setaffinity(pid, set.size(), set.get()));
}

Ref getaffinityFunction(const Value* args) {
  int pid;
  if (!intArg(args[0], pid))
    return {};
  for (size_t room = CPU_SETSIZE;; room *= 2) {
    CpuSet set(room);
    if (sched_getaffinity(pid, set.size(), set.get()) != 0) {
      if (errno != EINVAL || room > INT_MAX / 4)
        return raiseSystem();
      continue;
    }
    PYC_TRY(result, newSet());
    for (size_t cpu = 0; cpu < room; ++cpu)
      if (CPU_ISSET_S(cpu, set.size(), set.get()) &&
          !setAdd(asSet(result), Value::fromInt(static_cast<int64_t>(cpu))))
        return {};
    return result;
  }
}

constexpr MethodDef kFunctions[] = {
    {.signature = "sched_get_priority_max(policy)", .bound = plainForInt<sched_get_priority_max>},
    {.signature = "sched_get_priority_min(policy)", .bound = plainForInt<sched_get_priority_min>},
    {.signature = "sched_getparam(pid, /)", .bound = getparamFunction},
    {.signature = "sched_setparam(pid, param, /)", .bound = setparamFunction},
    {.signature = "sched_getscheduler(pid, /)", .bound = plainForInt<sched_getscheduler>},
    {.signature = "sched_setscheduler(pid, policy, param, /)", .bound = setschedulerFunction},
    {.signature = "sched_rr_get_interval(pid, /)", .bound = rrIntervalFunction},
    {.signature = "sched_yield()", .bound = yieldFunction},
    {.signature = "sched_setaffinity(pid, mask, /)", .bound = setaffinityFunction},
    {.signature = "sched_getaffinity(pid, /)", .bound = getaffinityFunction},
};

} // namespace

std::span<const MethodDef> posixSchedulerFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
