// The module _socket: the type socket; names and addresses are in socket_names.cpp and
// socket_address.cpp, sending and receiving in socket_transfer.cpp.
#include "runtime/interp/signals.h"
#include "runtime/modules/socket_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/float.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace pyc::rt {

namespace {

// Timeouts.

std::atomic<double> defaultTimeout{-1};

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// poll() of the socket until `deadline` (negative: for ever): 1 ready, 0 timed out, -1 raised.
int waitUntil(SocketObject* socket, bool writes, double deadline) {
  pollfd what = {.fd = socket->fd, .events = static_cast<short>(writes ? POLLOUT : POLLIN)};
  for (;;) {
    int wait = -1;
    if (deadline >= 0) {
      double left = deadline - now();
      if (left < 0)
        return 0;
      wait = static_cast<int>(std::min(std::ceil(left * 1000), 2e9));
    }
    int ready = poll(&what, 1, wait);
    if (ready > 0)
      return 1;
    if (ready < 0 && errno != EINTR) {
      raiseErrno(errno);
      return -1;
    }
    if (ready < 0 && !runSignalHandlers())
      return -1;
  }
}

Raised raiseTimeout() {
  return raise(timeoutErrorType, "timed out");
}

bool setDescriptorBlocking(SocketObject* socket, bool blocking) {
  int flags = fcntl(socket->fd, F_GETFL);
  int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (flags < 0 || (wanted != flags && fcntl(socket->fd, F_SETFL, wanted) < 0))
    return raiseErrno(errno);
  return true;
}

bool setTimeout(SocketObject* socket, double seconds) {
  socket->timeout = seconds;
  return setDescriptorBlocking(socket, seconds < 0);
}

} // namespace

bool waitForSocket(SocketObject* socket, bool writes) {
  double deadline = socket->timeout < 0 ? -1 : now() + socket->timeout;
  int ready = waitUntil(socket, writes, deadline);
  return ready > 0 || (ready == 0 && raiseTimeout());
}

int64_t socketCall(SocketObject* socket, bool writes, int64_t (*call)(SocketObject*, void*),
                   void* context) {
  bool hasTimeout = socket->timeout > 0;
  double deadline = hasTimeout ? now() + socket->timeout : -1;
  for (;;) {
    if (hasTimeout && socket->fd >= 0) {
      int ready = waitUntil(socket, writes, deadline);
      if (ready == 0)
        raiseTimeout();
      if (ready <= 0)
        return -1;
    }
    int64_t result = call(socket, context);
    if (result >= 0)
      return result;
    if (errno == EINTR) {
      if (!runSignalHandlers())
        return -1;
      continue;
    }
    // poll() may have been wrong: the data had a bad checksum, or somebody else took it.
    if (hasTimeout && (errno == EAGAIN || errno == EWOULDBLOCK))
      continue;
    raiseErrno(errno);
    return -1;
  }
}

bool timeoutArg(Value value, double& seconds) {
  seconds = -1;
  if (value.isNone())
    return true;
  if (!toDouble(value, seconds))
    return false;
  if (std::isnan(seconds))
    return raise(valueErrorType, "Invalid value NaN (not a number)");
  if (seconds < 0)
    return raise(valueErrorType, "Timeout value out of range");
  if (seconds > 9e9)
    return raise(overflowErrorType, "timeout doesn't fit into C timeval");
  return true;
}

Ref timeoutObject(double seconds) {
  return seconds < 0 ? Ref::none() : makeFloat(seconds);
}

namespace {

// Making sockets.

bool isNegativeOrNull(Value value) {
  return !value || value.isNone();
}

/// The option of a descriptor, for what the caller left open.
bool readOption(int fd, int option, int& value) {
  socklen_t size = sizeof value;
  return getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ||
         static_cast<bool>(raiseErrno(errno));
}

/// Takes over an open descriptor; what is not given is found out.
bool adopt(SocketObject* socket, Value fileno) {
  int64_t fd;
  if (!toInt64(fileno, fd, &overflowErrorType))
    return false;
  if (fd < 0)
    return raise(valueErrorType, "negative file descriptor");
  SocketAddress own;
  if (getsockname(static_cast<int>(fd), own.raw(), &own.length) < 0 &&
      (errno == EBADF || errno == ENOTSOCK || socket->family < 0))
    return raiseErrno(errno);
  if (socket->family < 0)
    socket->family = own.raw()->sa_family;
  if (socket->type < 0 && !readOption(static_cast<int>(fd), SO_TYPE, socket->type))
    return false;
  if (socket->protocol < 0 && !readOption(static_cast<int>(fd), SO_PROTOCOL, socket->protocol))
    return false;
  socket->fd = static_cast<int>(fd);
  return true;
}

bool initSocket(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("socket(family=-1, type=-1, proto=-1, fileno=None)");
  Value bound[4];
  if (!signature.bind(args, argc, kwnames, bound))
    return false;
  SocketObject* socket = asSocket(self);
  socket->family = socket->type = socket->protocol = -1;
  if ((bound[0] && !intArg(bound[0], socket->family)) ||
      (bound[1] && !intArg(bound[1], socket->type)) ||
      (bound[2] && !intArg(bound[2], socket->protocol)))
    return false;
  if (!isNegativeOrNull(bound[3])) {
    if (!adopt(socket, bound[3]))
      return false;
  } else {
    socket->family = socket->family < 0 ? AF_INET : socket->family;
    socket->type = socket->type < 0 ? SOCK_STREAM : socket->type;
    socket->protocol = socket->protocol < 0 ? 0 : socket->protocol;
    socket->fd = ::socket(socket->family, socket->type | SOCK_CLOEXEC, socket->protocol);
    if (socket->fd < 0)
      return raiseErrno(errno);
  }
  bool startsNonBlocking = (socket->type & SOCK_NONBLOCK) != 0;
  socket->type &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  socket->timeout = -1;
  if (startsNonBlocking)
    socket->timeout = 0;
  else if (double seconds = defaultTimeout.load(); seconds >= 0)
    return setTimeout(socket, seconds);
  return true;
}

Ref createSocket(TypeObject* type, const Value*, size_t, Value) {
  Object* object = allocObject(type);
  if (!object)
    return {};
  asSocket(object)->fd = -1;
  asSocket(object)->timeout = -1;
  return Ref::steal(object);
}

void finalizeSocket(Value self) {
  SocketObject* socket = asSocket(self);
  if (socket->fd < 0)
    return;
  if (!warn(resourceWarningType, 1, "unclosed %R", self))
    writeUnraisable("Exception ignored in", self);
  if (socket->fd >= 0)
    close(std::exchange(socket->fd, -1));
}

void deallocSocket(Object* self) {
  freeObject(self);
}

Ref reprSocket(Value self) {
  SocketObject* socket = asSocket(self);
  return formatText("<socket object, fd=%d, family=%d, type=%d, proto=%d>", socket->fd,
                    socket->family, socket->type, socket->protocol);
}

// Methods.

Ref noneOrError(int64_t status) {
  return status < 0 ? Ref(raiseErrno(errno)) : Ref::none();
}

Ref acceptMethod(const Value* args) {
  SocketAddress from;
  int64_t fd = socketCall(asSocket(args[0]), false, [&](SocketObject* self) {
    from.length = sizeof from.storage;
    return accept4(self->fd, from.raw(), &from.length, SOCK_CLOEXEC);
  });
  if (fd < 0)
    return {};
  Ref address = addressObject(from.raw(), from.length);
  if (!address) {
    close(static_cast<int>(fd));
    return {};
  }
  return tupleOf(Value::fromInt(fd), address.get());
}

Ref bindMethod(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  SocketAddress address;
  if (!readAddress(socket->family, args[1], "bind", address))
    return {};
  return noneOrError(bind(socket->fd, address.raw(), address.length));
}

Ref closeMethod(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  if (socket->fd < 0)
    return Ref::none();
  // A peer that reset the connection is no error of closing.
  if (close(std::exchange(socket->fd, -1)) < 0 && errno != ECONNRESET)
    return raiseErrno(errno);
  return Ref::none();
}

/// Connects; the result is 0 or an error number, -1 with an exception.
int connectTo(SocketObject* socket, const SocketAddress& address) {
  auto* raw = const_cast<SocketAddress&>(address).raw();
  if (connect(socket->fd, raw, address.length) == 0)
    return 0;
  bool interrupted = errno == EINTR;
  if (interrupted && !runSignalHandlers())
    return -1;
  bool waits = interrupted ? socket->timeout != 0 : errno == EINPROGRESS && socket->timeout > 0;
  if (!waits)
    return errno;
  if (!waitForSocket(socket, true))
    return -1;
  int error = 0;
  return readOption(socket->fd, SO_ERROR, error) ? (error == EISCONN ? 0 : error) : -1;
}

Ref connectMethod(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  SocketAddress address;
  if (!readAddress(socket->family, args[1], "connect", address))
    return {};
  int error = connectTo(socket, address);
  if (error > 0)
    return raiseErrno(error);
  return error == 0 ? Ref::none() : Ref();
}

Ref connectExMethod(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  SocketAddress address;
  if (!readAddress(socket->family, args[1], "connect_ex", address))
    return {};
  int error = connectTo(socket, address);
  if (error < 0 && catchRaised(timeoutErrorType))
    error = EAGAIN;
  return error < 0 ? Ref() : makeInt(error);
}

Ref detachMethod(const Value* args) {
  return makeInt(std::exchange(asSocket(args[0])->fd, -1));
}
Ref filenoMethod(const Value* args) {
  return makeInt(asSocket(args[0])->fd);
}

template <int (*function)(int, sockaddr*, socklen_t*)> Ref nameMethod(const Value* args) {
  SocketAddress address;
  if (function(asSocket(args[0])->fd, address.raw(), &address.length) < 0)
    return raiseErrno(errno);
  return addressObject(address.raw(), address.length);
}

Ref listenMethod(const Value* args) {
  int backlog = SOMAXCONN < 128 ? SOMAXCONN : 128;
  if (!intArg(args[1], backlog))
    return {};
  return noneOrError(listen(asSocket(args[0])->fd, backlog < 0 ? 0 : backlog));
}

Ref shutdownMethod(const Value* args) {
  int how;
  return intArg(args[1], how) ? noneOrError(shutdown(asSocket(args[0])->fd, how)) : Ref();
}

Ref getOptionMethod(const Value* args) {
  int level, option, size = 0;
  if (!intArg(args[1], level) || !intArg(args[2], option) || !intArg(args[3], size))
    return {};
  if (size == 0) {
    int value = 0;
    socklen_t length = sizeof value;
    if (getsockopt(asSocket(args[0])->fd, level, option, &value, &length) < 0)
      return raiseErrno(errno);
    return makeInt(value);
  }
  if (size < 0 || size > 1024)
    return raise(osErrorType, "getsockopt buflen out of range");
  char buffer[1024];
  auto length = static_cast<socklen_t>(size);
  if (getsockopt(asSocket(args[0])->fd, level, option, buffer, &length) < 0)
    return raiseErrno(errno);
  return makeBytes({buffer, length});
}

/// setsockopt(level, option, int | bytes) and setsockopt(level, option, None, length).
Ref setOptionMethod(const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "socket.setsockopt() takes no keyword arguments");
  if (argc < 4)
    return raise(typeErrorType, "setsockopt() takes at least 3 arguments (%zu given)", argc - 1);
  if (argc > 5)
    return raise(typeErrorType, "setsockopt() takes at most 4 arguments (%zu given)", argc - 1);
  int fd = asSocket(args[0])->fd, level, option;
  if (!intArg(args[1], level) || !intArg(args[2], option))
    return {};
  if (args[3].isNone()) {
    int64_t length = 0;
    if (argc != 5)
      return raise(typeErrorType, "setsockopt() takes 4 arguments when the value is None");
    if (!sizeArg(args[4], length))
      return {};
    return noneOrError(setsockopt(fd, level, option, nullptr, static_cast<socklen_t>(length)));
  }
  if (isInteger(args[3])) {
    int number;
    if (!intArg(args[3], number))
      return {};
    return noneOrError(setsockopt(fd, level, option, &number, sizeof number));
  }
  BytesLike bytes;
  if (!bytes.open(args[3]))
    return {};
  return noneOrError(setsockopt(fd, level, option, bytes.get().data(),
                                static_cast<socklen_t>(bytes.get().size())));
}

Ref setBlockingMethod(const Value* args) {
  bool blocking;
  if (!truth(args[1], blocking))
    return {};
  return setTimeout(asSocket(args[0]), blocking ? -1 : 0) ? Ref::none() : Ref();
}
Ref getBlockingMethod(const Value* args) {
  return Ref::boolean(asSocket(args[0])->timeout != 0);
}
Ref setTimeoutMethod(const Value* args) {
  double seconds;
  return timeoutArg(args[1], seconds) && setTimeout(asSocket(args[0]), seconds) ? Ref::none()
                                                                                : Ref();
}
Ref getTimeoutMethod(const Value* args) {
  return timeoutObject(asSocket(args[0])->timeout);
}

Ref getFamily(Value self) {
  return makeInt(asSocket(self)->family);
}
Ref getType(Value self) {
  return makeInt(asSocket(self)->type);
}
Ref getProtocol(Value self) {
  return makeInt(asSocket(self)->protocol);
}
Ref getTimeout(Value self) {
  return timeoutObject(asSocket(self)->timeout);
}

constexpr GetSetDef kGetSets[] = {
    {"family", getFamily, nullptr, "the socket family"},
    {"type", getType, nullptr, "the socket type"},
    {"proto", getProtocol, nullptr, "the socket protocol"},
    {"timeout", getTimeout, nullptr, "the socket timeout"},
};

constexpr MethodDef kMethods[] = {
    {.signature = "_accept($self, /)", .bound = acceptMethod},
    {.signature = "bind($self, address, /)", .bound = bindMethod},
    {.signature = "close($self, /)", .bound = closeMethod},
    {.signature = "connect($self, address, /)", .bound = connectMethod},
    {.signature = "connect_ex($self, address, /)", .bound = connectExMethod},
    {.signature = "detach($self, /)", .bound = detachMethod},
    {.signature = "fileno($self, /)", .bound = filenoMethod},
    {.signature = "getpeername($self, /)", .bound = nameMethod<getpeername>},
    {.signature = "getsockname($self, /)", .bound = nameMethod<getsockname>},
    {.signature = "listen($self, backlog=128, /)", .bound = listenMethod},
    {.signature = "shutdown($self, how, /)", .bound = shutdownMethod},
    {.signature = "getsockopt($self, level, option, buffersize=0, /)", .bound = getOptionMethod},
    {.signature = "setsockopt", .raw = setOptionMethod},
    {.signature = "setblocking($self, flag, /)", .bound = setBlockingMethod},
    {.signature = "getblocking($self, /)", .bound = getBlockingMethod},
    {.signature = "settimeout($self, timeout, /)", .bound = setTimeoutMethod},
    {.signature = "gettimeout($self, /)", .bound = getTimeoutMethod},
};

/// The methods of both files in one table, as the type wants it.
std::span<const MethodDef> allMethods() {
  static const auto table = [] {
    std::vector<MethodDef> all(std::begin(kMethods), std::end(kMethods));
    for (const MethodDef& method : socketTransferMethods())
      all.push_back(method);
    return all;
  }();
  return table;
}

} // namespace

TypeObject socketType = {
    .name = "_socket.socket",
    .basicSize = sizeof(SocketObject),
    .flags = kTypeBuiltin | kTypeBase,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocSocket,
              .finalize = finalizeSocket,
              .repr = reprSocket,
              .create = createSocket,
              .init = initSocket},
};

TypeObject gaiErrorType = {
    .name = "socket.gaierror",
    .base = &osErrorType,
    .basicSize = sizeof(OSErrorObject),
    .flags = kExceptionFlags,
};

TypeObject hostErrorType = {
    .name = "socket.herror",
    .base = &osErrorType,
    .basicSize = sizeof(OSErrorObject),
    .flags = kExceptionFlags,
};

namespace {

// Functions of the module about sockets themselves.

Ref closeFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  return close(fd) < 0 && errno != ECONNRESET ? Ref(raiseErrno(errno)) : Ref::none();
}

Ref dupFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? Ref(raiseErrno(errno)) : makeInt(copy);
}

Ref socketOf(int fd, int family, int type, int protocol) {
  Value args[] = {Value::fromInt(family), Value::fromInt(type), Value::fromInt(protocol),
                  Value::fromInt(fd)};
  Ref made = call(Value(&socketType.header), args, 4);
  if (!made)
    close(fd);
  return made;
}

Ref socketPair(const Value* args) {
  int family = AF_UNIX, type = SOCK_STREAM, protocol = 0, fds[2];
  if (!intArg(args[0], family) || !intArg(args[1], type) || !intArg(args[2], protocol))
    return {};
  if (socketpair(family, type | SOCK_CLOEXEC, protocol, fds) < 0)
    return raiseErrno(errno);
  Ref first = socketOf(fds[0], family, type, protocol);
  if (!first) {
    close(fds[1]);
    return {};
  }
  PYC_TRY(second, socketOf(fds[1], family, type, protocol));
  return tupleOf(first, second);
}

Ref getDefaultTimeout(const Value*) {
  return timeoutObject(defaultTimeout.load());
}
Ref setDefaultTimeout(const Value* args) {
  double seconds;
  if (!timeoutArg(args[0], seconds))
    return {};
  defaultTimeout.store(seconds);
  return Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "close(fd, /)", .bound = closeFunction},
    {.signature = "dup(fd, /)", .bound = dupFunction},
    {.signature = "socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /)", .bound = socketPair},
    {.signature = "getdefaulttimeout()", .bound = getDefaultTimeout},
    {.signature = "setdefaulttimeout(timeout, /)", .bound = setDefaultTimeout},
};

constexpr std::pair<std::string_view, int64_t> kConstants[] = {
#define PYC_SOCKET(name) {#name, static_cast<int64_t>(name)},
#include "runtime/modules/socket_constants.def"
};

bool addConstants(ModuleObject* module) {
  for (auto [name, value] : kConstants)
    if (!addInt(module, name, value))
      return false;
  return addValue(module, "has_ipv6", Ref::boolean(true));
}

} // namespace

bool fillModule__socket(ModuleObject* module) {
  socketType.methods = allMethods();
  std::span<const MethodDef> names = socketNameFunctions();
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addFunctions(module, names.data(), names.size()) && addType(module, socketType) &&
         addValue(module, "SocketType", Ref::copy(Value(&socketType.header))) &&
         addType(module, gaiErrorType) && addType(module, hostErrorType) &&
         addValue(module, "error", Ref::copy(Value(&osErrorType.header))) &&
         addValue(module, "timeout", Ref::copy(Value(&timeoutErrorType.header))) &&
         addConstants(module);
}

} // namespace pyc::rt
