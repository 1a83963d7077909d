// select.epoll
#include "runtime/modules/posix_parts.h"
#include "runtime/modules/select_parts.h"
#include "runtime/modules/time_values.h"
#include "runtime/objects/signature.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

struct EpollObject {
  Object header;
  int fd; // -1: closed
};
EpollObject* asEpoll(Value value) {
  return value.as<EpollObject>();
}

bool requireOpen(EpollObject* self) {
  return self->fd >= 0 ||
         static_cast<bool>(raise(valueErrorType, "I/O operation on closed epoll object"));
}

Ref makeEpoll(TypeObject* type, int fd) {
  if (fd < 0)
    return raiseSystem();
  Object* object = allocObject(type);
  if (!object) {
    close(fd);
    return {};
  }
  reinterpret_cast<EpollObject*>(object)->fd = fd;
  return Ref::steal(object);
}

Ref createEpoll(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("epoll(sizehint=-1, flags=0)");
  Value bound[2];
  int hint = -1, flags = 0;
  if (!signature.bind(args, argc, kwnames, bound) || (bound[0] && !intArg(bound[0], hint)) ||
      (bound[1] && !intArg(bound[1], flags)))
    return {};
  if (hint != -1 && hint <= 0)
    return raise(valueErrorType, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC)
    return raise(osErrorType, "invalid flags");
  return makeEpoll(type, epoll_create1(EPOLL_CLOEXEC));
}

Ref fromfdMethod(const Value* args) {
  int fd;
  return intArg(args[1], fd) ? makeEpoll(asType(args[0]), fd) : Ref();
}

void closeEpoll(EpollObject* self) {
  int fd = std::exchange(self->fd, -1);
  if (fd >= 0)
    close(fd);
}
void deallocEpoll(Object* self) {
  closeEpoll(reinterpret_cast<EpollObject*>(self));
  freeObject(self);
}
Ref closeMethod(const Value* args) {
  int fd = std::exchange(asEpoll(args[0])->fd, -1);
  return fd < 0 ? Ref::none() : noneOrRaise(close(fd));
}
Ref enterMethod(const Value* args) {
  return requireOpen(asEpoll(args[0])) ? Ref::copy(args[0]) : Ref();
}
Ref exitMethod(const Value* args) {
  return closeMethod(args);
}
Ref filenoMethod(const Value* args) {
  return requireOpen(asEpoll(args[0])) ? makeInt(asEpoll(args[0])->fd) : Ref();
}
Ref closedGetter(Value self) {
  return Ref::boolean(asEpoll(self)->fd < 0);
}

Ref control(Value self, int operation, Value fdArgument, Value eventsArgument, uint32_t events) {
  int fd;
  epoll_event event{};
  if (!requireOpen(asEpoll(self)) || !filenoArg(fdArgument, fd))
    return {};
  if (eventsArgument) {
    PYC_TRY(index, toIndex(eventsArgument));
    int64_t number;
    if (!intFits64(index, number))
      return raise(overflowErrorType, "Python int too large to convert to C long");
    events = static_cast<uint32_t>(number);
  }
  event.events = events;
  event.data.fd = fd;
  return noneOrRaise(epoll_ctl(asEpoll(self)->fd, operation, fd, &event));
}
Ref registerMethod(const Value* args) {
  return control(args[0], EPOLL_CTL_ADD, args[1], args[2], EPOLLIN | EPOLLPRI | EPOLLOUT);
}
Ref modifyMethod(const Value* args) {
  return control(args[0], EPOLL_CTL_MOD, args[1], args[2], 0);
}
Ref unregisterMethod(const Value* args) {
  return control(args[0], EPOLL_CTL_DEL, args[1], Value(), 0);
}

Ref pollMethod(const Value* args) {
  WaitTime wait;
  int most = -1;
  EpollObject* self = asEpoll(args[0]);
  if (!requireOpen(self) ||
      !wait.open(args[1], "timeout must be an integer or None", kNanoseconds) ||
      (args[2] && !intArg(args[2], most)))
    return {};
  if (wait.total() / 1'000'000 > INT_MAX)
    return raise(overflowErrorType, "timeout is too large");
  if (most == -1)
    most = FD_SETSIZE - 1;
  else if (most < 1)
    return raise(valueErrorType, "maxevents must be greater than 0, got %d", most);
  std::vector<epoll_event> events(static_cast<size_t>(most));
  int count =
      retrySystem([&] { return epoll_wait(self->fd, events.data(), most, wait.milliseconds()); });
  if (count < 0)
    return raiseSystem();
  PYC_TRY(result, newList(static_cast<size_t>(count)));
  for (int k = 0; k < count; ++k) {
    PYC_TRY(pair,
            intPair(events[static_cast<size_t>(k)].data.fd, events[static_cast<size_t>(k)].events));
    if (!listAppend(asList(result), pair))
      return {};
  }
  return result;
}

constexpr MethodDef kMethods[] = {
    {.signature = "fromfd($type, fd, /)", .bound = fromfdMethod, .kind = MethodDef::Class},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "fileno($self, /)", .bound = filenoMethod},
    {.signature = "register($self, /, fd, eventmask=select.EPOLLIN | select.EPOLLPRI | "
                  "select.EPOLLOUT)",
     .bound = registerMethod},
    {.signature = "modify($self, /, fd, eventmask)", .bound = modifyMethod},
    {.signature = "unregister($self, /, fd)", .bound = unregisterMethod},
    {.signature = "poll($self, /, timeout=None, maxevents=-1)", .bound = pollMethod},
    {.signature = "__enter__($self, /)", .bound = enterMethod},
    {.signature = "__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)",
     .bound = exitMethod},
};
constexpr GetSetDef kGetSets[] = {{"closed", closedGetter}};

} // namespace

constinit TypeObject epollType = {
    .name = "select.epoll",
    .base = &objectType,
    .basicSize = sizeof(EpollObject),
    .flags = kTypeBuiltin,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "epoll(sizehint=-1, flags=0)\n--\n\nWaits for many descriptors, which are registered "
           "once.",
    .slots = {.dealloc = deallocEpoll, .create = createEpoll},
};

} // namespace pyc::rt
