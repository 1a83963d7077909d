// The module select: waiting for descriptors with select() and poll(); epoll is in
// select_epoll.cpp.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/select_parts.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/signature.h"

#include <algorithm>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>

namespace pyc::rt {

bool WaitTime::open(Value argument, const char* message, int64_t unit) {
  if (!argument || argument.isNone())
    return true;
  int64_t nanoseconds;
  if (!isNumberLike(argument))
    return raise(typeErrorType, "%s", message);
  // Seconds, or thousandths of them, rounded up.
  if (unit == kNanoseconds) {
    if (!nanosecondsArg(argument, TimeRounding::Up, nanoseconds))
      return false;
  } else {
    double value;
    if (!toDouble(argument, value))
      return false;
    value = std::ceil(value * static_cast<double>(unit));
    if (!(value >= -0x1p63 && value < 0x1p63))
      return raise(overflowErrorType, "timestamp too large to convert to C PyTime_t");
    nanoseconds = static_cast<int64_t>(value);
  }
  limited_ = nanoseconds >= 0;
  left_ = nanoseconds;
  end_ = monotonic() + nanoseconds;
  return true;
}

bool WaitTime::isNumberLike(Value value) {
  return isInteger(value) || isFloat(value) || typeOf(value)->slots.index ||
         typeOf(value)->slots.toFloat;
}

int64_t WaitTime::monotonic() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanoseconds + now.tv_nsec;
}

int64_t WaitTime::left() const {
  return std::max<int64_t>(end_ - monotonic(), 0);
}

int WaitTime::milliseconds() const {
  if (!limited_)
    return -1;
  int64_t whole = (left() + 999'999) / 1'000'000;
  return static_cast<int>(std::min<int64_t>(whole, INT_MAX));
}

namespace {

// select()

/// The descriptors of one argument, with the objects that they came from.
struct Watched {
  std::vector<std::pair<int, Ref>> entries;
  fd_set set;
  int highest = -1;

  bool open(Value argument) {
    FD_ZERO(&set);
    Ref items = sequenceTuple(argument);
    if (!items)
      return catchRaised(typeErrorType)
                 ? static_cast<bool>(raise(typeErrorType, "arguments 1-3 must be sequences"))
                 : false;
    for (int64_t k = 0; k < asTuple(items)->count; ++k) {
      int fd;
      Value item = asTuple(items)->items()[k];
      if (!filenoArg(item, fd))
        return false;
      if (fd >= FD_SETSIZE)
        return raise(valueErrorType, "filedescriptor out of range in select()");
      FD_SET(fd, &set);
      highest = std::max(highest, fd);
      entries.emplace_back(fd, Ref::copy(item));
    }
    return true;
  }
  Ref ready(const fd_set& found) const {
    PYC_TRY(result, newList(0));
    for (const auto& [fd, object] : entries)
      if (FD_ISSET(fd, &found) && !listAppend(asList(result), object))
        return {};
    return result;
  }
};

Ref selectFunction(const Value* args) {
  WaitTime wait;
  if (!wait.open(args[3], "timeout must be a float or None", kNanoseconds))
    return {};
  if (wait.isNegative())
    return raise(valueErrorType, "timeout must be non-negative");
  Watched watched[3];
  int highest = -1;
  for (int k = 0; k < 3; ++k) {
    if (!watched[k].open(args[k]))
      return {};
    highest = std::max(highest, watched[k].highest);
  }
  fd_set found[3];
  int count = retrySystem([&] {
    for (int k = 0; k < 3; ++k)
      found[k] = watched[k].set;
    int64_t left = wait.left();
    timespec time{left / kNanoseconds, left % kNanoseconds};
    return pselect(highest + 1, &found[0], &found[1], &found[2], wait.isLimited() ? &time : nullptr,
                   nullptr);
  });
  if (count < 0)
    return raiseSystem();
  PYC_TRY(readable, watched[0].ready(found[0]));
  PYC_TRY(writable, watched[1].ready(found[1]));
  PYC_TRY(exceptional, watched[2].ready(found[2]));
  return tupleOf(readable, writable, exceptional);
}

// poll()

struct PollObject {
  Object header;
  std::vector<pollfd>* entries; // in order of registration
  bool isPolling;
};
PollObject* asPoll(Value value) {
  return value.as<PollObject>();
}

void deallocPoll(Object* self) {
  delete reinterpret_cast<PollObject*>(self)->entries;
  freeObject(self);
}

extern constinit TypeObject pollType;

Ref pollFunction(const Value*) {
  readyType(&pollType);
  Ref result = Ref::steal(allocObject(&pollType));
  if (result)
    asPoll(result)->entries = new std::vector<pollfd>;
  return result;
}

pollfd* findEntry(PollObject* self, int fd) {
  for (pollfd& entry : *self->entries)
    if (entry.fd == fd)
      return &entry;
  return nullptr;
}

/// An unsigned short.
bool eventsArg(Value argument, unsigned short& events) {
  PYC_TRY(index, toIndex(argument));
  int64_t number;
  if (intSign(index) < 0)
    return raise(valueErrorType, "value must be positive");
  if (!intFits64(index, number) || number > USHRT_MAX)
    return raise(overflowErrorType, "Python int too large for C unsigned short");
  events = static_cast<unsigned short>(number);
  return true;
}

Ref registerMethod(const Value* args) {
  int fd;
  unsigned short events = POLLIN | POLLPRI | POLLOUT;
  if (!filenoArg(args[1], fd) || (args[2] && !eventsArg(args[2], events)))
    return {};
  auto wanted = static_cast<short>(events);
  if (pollfd* entry = findEntry(asPoll(args[0]), fd))
    entry->events = wanted;
  else
    asPoll(args[0])->entries->push_back({fd, wanted, 0});
  return Ref::none();
}

Ref modifyMethod(const Value* args) {
  int fd;
  unsigned short events;
  if (!filenoArg(args[1], fd) || !eventsArg(args[2], events))
    return {};
  pollfd* entry = findEntry(asPoll(args[0]), fd);
  if (!entry)
    return raiseErrno(ENOENT);
  entry->events = static_cast<short>(events);
  return Ref::none();
}

Ref unregisterMethod(const Value* args) {
  int fd;
  if (!filenoArg(args[1], fd))
    return {};
  pollfd* entry = findEntry(asPoll(args[0]), fd);
  if (!entry)
    return raiseKeyError(Value::fromInt(fd));
  std::vector<pollfd>& entries = *asPoll(args[0])->entries;
  entries.erase(entries.begin() + (entry - entries.data()));
  return Ref::none();
}

Ref pollMethod(const Value* args) {
  WaitTime wait;
  constexpr int64_t kMillisecond = 1'000'000;
  if (!wait.open(args[1], "timeout must be an integer or None", kMillisecond))
    return {};
  PollObject* self = asPoll(args[0]);
  if (wait.total() / kMillisecond > INT_MAX)
    return raise(overflowErrorType, "timeout is too large");
  if (self->isPolling)
    return raise(runtimeErrorType, "concurrent poll() invocation");
  std::vector<pollfd> entries = *self->entries; // handlers may register meanwhile
  self->isPolling = true;
  int count =
      retrySystem([&] { return poll(entries.data(), entries.size(), wait.milliseconds()); });
  self->isPolling = false;
  if (count < 0)
    return raiseSystem();
  PYC_TRY(result, newList(static_cast<size_t>(count)));
  for (const pollfd& entry : entries) {
    if (!entry.revents)
      continue;
    PYC_TRY(pair, intPair(entry.fd, static_cast<unsigned short>(entry.revents)));
    if (!listAppend(asList(result), pair))
      return {};
  }
  return result;
}

constexpr MethodDef kPollMethods[] = {
    {.signature = "register($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, "
                  "/)",
     .bound = registerMethod},
    {.signature = "modify($self, fd, eventmask, /)", .bound = modifyMethod},
    {.signature = "unregister($self, fd, /)", .bound = unregisterMethod},
    {.signature = "poll($self, timeout=None, /)", .bound = pollMethod},
};

constinit TypeObject pollType = {
    .name = "select.poll",
    .base = &objectType,
    .basicSize = sizeof(PollObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kPollMethods,
    .slots = {.dealloc = deallocPoll},
};

constexpr MethodDef kFunctions[] = {
    {.signature = "select(rlist, wlist, xlist, timeout=None, /)", .bound = selectFunction},
    {.signature = "poll()", .bound = pollFunction},
};

struct Constant {
  const char* name;
  int64_t value;
};
#define CONSTANT(name) {#name, static_cast<int64_t>(name)}
constexpr Constant kConstants[] = {
    CONSTANT(EPOLLERR),    CONSTANT(EPOLLET),     CONSTANT(EPOLLEXCLUSIVE), CONSTANT(EPOLLHUP),
    CONSTANT(EPOLLIN),     CONSTANT(EPOLLMSG),    CONSTANT(EPOLLONESHOT),   CONSTANT(EPOLLOUT),
    CONSTANT(EPOLLPRI),    CONSTANT(EPOLLRDBAND), CONSTANT(EPOLLRDHUP),     CONSTANT(EPOLLRDNORM),
    CONSTANT(EPOLLWAKEUP), CONSTANT(EPOLLWRBAND), CONSTANT(EPOLLWRNORM),    CONSTANT(EPOLL_CLOEXEC),
    CONSTANT(PIPE_BUF),    CONSTANT(POLLERR),     CONSTANT(POLLHUP),        CONSTANT(POLLIN),
    CONSTANT(POLLMSG),     CONSTANT(POLLNVAL),    CONSTANT(POLLOUT),        CONSTANT(POLLPRI),
    CONSTANT(POLLRDBAND),  CONSTANT(POLLRDHUP),   CONSTANT(POLLRDNORM),     CONSTANT(POLLWRBAND),
    CONSTANT(POLLWRNORM)};
#undef CONSTANT

} // namespace

bool fillModule_select(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addInt(module, constant.name, constant.value))
      return false;
  readyType(&epollType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, epollType) &&
         addValue(module, "error", Ref::copy(&osErrorType)) &&
         addStr(module, "__doc__", "Waiting for several descriptors at once.");
}

} // namespace pyc::rt
