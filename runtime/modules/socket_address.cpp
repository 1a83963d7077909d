// Socket addresses between Python values and the system's structures.
#include "runtime/modules/file_system.h"
#include "runtime/modules/socket_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace pyc::rt {

Raised raiseGaiError(int status) {
  if (status == EAI_SYSTEM)
    return raiseErrno(errno);
  PYC_TRY(message, makeStr(gai_strerror(status)));
  PYC_TRY(number, makeInt(status));
  Value args[] = {number, message};
  Ref error = call(Value(&gaiErrorType.header), args, 2);
  return error ? raiseValue(error) : Raised();
}

namespace {

/// A host's name as bytes: ASCII or IDNA of a str, or bytes.
bool hostBytes(Value name, std::string& out) {
  if (isBytes(name)) {
    out = std::string(asBytes(name)->view());
  } else if (isStr(name)) {
    if (asStr(name)->isAscii()) {
      std::string storage;
      out = std::string(utf8View(name, storage));
    } else {
      PYC_TRY(encoding, makeStr("idna"));
      PYC_TRY(encoded, callMethod(name, internLiteral("encode"), encoding));
      if (!isBytes(encoded))
        return raise(typeErrorType, "encoding of hostname failed");
      out = std::string(asBytes(encoded)->view());
    }
  } else {
    return raise(typeErrorType, "str, bytes or bytearray expected, not %T", name);
  }
  if (out.find('\0') != out.npos)
    return raise(typeErrorType, "host name must not contain null character");
  return true;
}

bool portArg(Value value, const char* function, uint16_t& port) {
  int64_t number;
  if (!toInt64(value, number))
    return false;
  if (number < 0 || number > 0xFFFF)
    return raise(overflowErrorType, "%s(): port must be 0-65535.", function);
  port = htons(static_cast<uint16_t>(number));
  return true;
}

bool checkTuple(Value value, const char* family, const char* function) {
  return isTuple(value) ||
         raise(typeErrorType, "%s(): %s address must be tuple, not %T", function, family, value);
}

bool readInet(Value value, const char* function, SocketAddress& out) {
  if (!checkTuple(value, "AF_INET", function))
    return false;
  TupleObject* parts = asTuple(value);
  if (parts->count != 2)
    return raise(typeErrorType, "AF_INET address must be a pair (host, port)");
  auto* address = reinterpret_cast<sockaddr_in*>(&out.storage);
  uint16_t port;
  if (!resolveHost(parts->items()[0], AF_INET, out) || !portArg(parts->items()[1], function, port))
    return false;
  address->sin_family = AF_INET;
  address->sin_port = port;
  out.length = sizeof *address;
  return true;
}

bool readInet6(Value value, const char* function, SocketAddress& out) {
  if (!checkTuple(value, "AF_INET6", function))
    return false;
  TupleObject* parts = asTuple(value);
  if (parts->count < 2 || parts->count > 4)
    return raise(typeErrorType,
                 "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
  auto* address = reinterpret_cast<sockaddr_in6*>(&out.storage);
  uint16_t port;
  int64_t flow = 0, scope = 0;
  if (!resolveHost(parts->items()[0], AF_INET6, out) ||
      !portArg(parts->items()[1], function, port) ||
      (parts->count > 2 && !toInt64(parts->items()[2], flow, &overflowErrorType)) ||
      (parts->count > 3 && !toInt64(parts->items()[3], scope, &overflowErrorType)))
    return false;
  if (flow < 0 || flow > 0xFFFFF)
    return raise(overflowErrorType, "%s(): flowinfo must be 0-1048575.", function);
  address->sin6_family = AF_INET6;
  address->sin6_port = port;
  address->sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
  if (parts->count > 3)
    address->sin6_scope_id = static_cast<uint32_t>(scope);
  out.length = sizeof *address;
  return true;
}

/// A path, or a name of Linux's abstract namespace, which begins with a zero byte.
bool readUnix(Value value, SocketAddress& out) {
  std::string path;
  if (isStr(value)) {
    PYC_TRY(encoding, makeStr("utf-8"));
    PYC_TRY(errors, makeStr("surrogateescape"));
    Value args[] = {encoding, errors};
    PYC_TRY(encoded, callMethod(value, internLiteral("encode"), args, 2));
    path = std::string(asBytes(encoded)->view());
  } else {
    BytesLike bytes;
    if (!bytes.open(value))
      return false;
    path = std::string(bytes.get());
  }
  auto* address = reinterpret_cast<sockaddr_un*>(&out.storage);
  bool isAbstract = path.empty() || path[0] == '\0';
  if (path.size() + (isAbstract ? 0 : 1) > sizeof address->sun_path)
    return raise(osErrorType, "AF_UNIX path too long");
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, path.data(), path.size());
  out.length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (isAbstract ? 0 : 1));
  return true;
}

Ref unixAddressObject(const sockaddr* raw, socklen_t length) {
  const auto* address = reinterpret_cast<const sockaddr_un*>(raw);
  size_t size = length - offsetof(sockaddr_un, sun_path);
  if (size > 0 && address->sun_path[0] == '\0')
    return makeBytes({address->sun_path, size});
  return fileSystemDecode({address->sun_path, strnlen(address->sun_path, size)});
}

} // namespace

bool resolveHost(Value name, int family, SocketAddress& out) {
  std::string host;
  if (!name.isNone() && !hostBytes(name, host))
    return false;
  if (host == "<broadcast>" || host == "255.255.255.255") {
    if (family != AF_INET && family != AF_UNSPEC)
      return raise(osErrorType, "address family mismatched");
    auto* address = reinterpret_cast<sockaddr_in*>(&out.storage);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = INADDR_BROADCAST;
    out.length = sizeof *address;
    return true;
  }
  addrinfo hints = {}, *found = nullptr;
  hints.ai_family = family;
  hints.ai_socktype = host.empty() ? SOCK_DGRAM : 0;
  hints.ai_flags = host.empty() ? AI_PASSIVE : 0;
  int status = getaddrinfo(host.empty() ? nullptr : host.c_str(), host.empty() ? "0" : nullptr,
                           &hints, &found);
  if (status != 0)
    return raiseGaiError(status);
  memcpy(&out.storage, found->ai_addr, found->ai_addrlen);
  out.length = found->ai_addrlen;
  freeaddrinfo(found);
  return true;
}

bool readAddress(int family, Value value, const char* function, SocketAddress& out) {
  switch (family) {
  case AF_INET:
    return readInet(value, function, out);
  case AF_INET6:
    return readInet6(value, function, out);
  case AF_UNIX:
    return readUnix(value, out);
  default:
    return raise(osErrorType, "%s(): bad family", function);
  }
}

Ref hostText(const sockaddr* address, socklen_t length) {
  char host[NI_MAXHOST];
  int status = getnameinfo(address, length, host, sizeof host, nullptr, 0, NI_NUMERICHOST);
  return status == 0 ? makeStr(host) : Ref(raiseGaiError(status));
}

Ref addressObject(const sockaddr* address, socklen_t length) {
  if (length == 0)
    return Ref::none();
  switch (address->sa_family) {
  case AF_INET: {
    PYC_TRY(host, hostText(address, length));
    PYC_TRY(port, makeInt(ntohs(reinterpret_cast<const sockaddr_in*>(address)->sin_port)));
    return tupleOf(host, port);
  }
  case AF_INET6: {
    const auto* inet6 = reinterpret_cast<const sockaddr_in6*>(address);
    PYC_TRY(host, hostText(address, length));
    PYC_TRY(port, makeInt(ntohs(inet6->sin6_port)));
    PYC_TRY(flow, makeInt(ntohl(inet6->sin6_flowinfo)));
    PYC_TRY(scope, makeInt(inet6->sin6_scope_id));
    return tupleOf(host, port, flow, scope);
  }
  case AF_UNIX:
    return unixAddressObject(address, length);
  default: {
    PYC_TRY(family, makeInt(address->sa_family));
    PYC_TRY(data, makeBytes({address->sa_data, length - offsetof(sockaddr, sa_data)}));
    return tupleOf(family, data);
  }
  }
}

} // namespace pyc::rt
