// The module _socket: what its pages share.
#pragma once

#include "runtime/modules/registry.h"

#include <netdb.h>
#include <span>
#include <sys/socket.h>

namespace pyc::rt {

struct SocketObject {
  Object header;
  int fd; // -1: closed
  int family, type, protocol;
  double timeout; // seconds; negative: none
};
extern TypeObject socketType;
inline SocketObject* asSocket(Value value) {
  return value.as<SocketObject>();
}

extern TypeObject gaiErrorType, hostErrorType;

/// gaierror of a getaddrinfo() status (errno for EAI_SYSTEM).
Raised raiseGaiError(int status);

// Addresses.

struct SocketAddress {
  sockaddr_storage storage = {};
  socklen_t length = sizeof(sockaddr_storage);

  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// The address that a Python value means for sockets of the family; `function` for messages. False
/// with TypeError, OverflowError, OSError, gaierror.
bool readAddress(int family, Value value, const char* function, SocketAddress& out);
/// As Python shows it: (host, port), (host, port, flow, scope), a path; None for no address.
Ref addressObject(const sockaddr* address, socklen_t length);
/// The numeric text of an IPv4 or IPv6 address.
Ref hostText(const sockaddr* address, socklen_t length);
/// The first address of a host's name ("" any, "<broadcast>"); sets only the address.
bool resolveHost(Value name, int family, SocketAddress& out);

/// None or seconds. ValueError for negative ones.
bool timeoutArg(Value value, double& seconds);
Ref timeoutObject(double seconds);

/// Functions of the module about names and addresses (socket_names.cpp).
std::span<const MethodDef> socketNameFunctions();
/// Methods that transfer data (socket_transfer.cpp).
std::span<const MethodDef> socketTransferMethods();

/// Makes a system call on a socket: waits before for the socket to be ready where it has a timeout,
/// and makes it again after a signal. Negative with an exception (TimeoutError, OSError).
int64_t socketCall(SocketObject* socket, bool writes, int64_t (*call)(SocketObject*, void*),
                   void* context);
template <class Call> int64_t socketCall(SocketObject* socket, bool writes, Call&& call) {
  return socketCall(
      socket, writes,
      [](SocketObject* inner, void* context) {
        return static_cast<int64_t>((*static_cast<std::remove_reference_t<Call>*>(context))(inner));
      },
      &call);
}
/// Waits until the socket can be read or written, at most its timeout; false with an exception.
bool waitForSocket(SocketObject* socket, bool writes);

} // namespace pyc::rt
