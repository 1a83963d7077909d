// The functions of _socket that know names: hosts, services, protocols, interfaces; and the
// conversions of addresses between text and bytes.
#include "runtime/modules/socket_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <arpa/inet.h>
#include <cerrno>
#include <climits>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

/// An argument that is a name in ASCII.
bool nameArg(const char* function, int number, Value value, std::string& out) {
  if (!strArg(function, number, value))
    return false;
  return toUtf8(value, out);
}

Ref getHostName(const Value*) {
  char name[1025];
  if (gethostname(name, sizeof name - 1) != 0)
    return raiseErrno(errno);
  name[sizeof name - 1] = '\0';
  return makeStr(name);
}

Ref setHostName(const Value* args) {
  std::string name;
  if (!nameArg("sethostname", 0, args[0], name))
    return {};
  return sethostname(name.data(), name.size()) == 0 ? Ref::none() : Ref(raiseErrno(errno));
}

Ref getHostByName(const Value* args) {
  SocketAddress address;
  if (!resolveHost(args[0], AF_INET, address))
    return {};
  return hostText(address.raw(), sizeof(sockaddr_in));
}

Raised raiseHostError() {
  PYC_TRY(number, makeInt(h_errno));
  PYC_TRY(text, makeStr(hstrerror(h_errno)));
  Value args[] = {number, text};
  Ref error = call(Value(&hostErrorType.header), args, 2);
  return error ? raiseValue(error) : Raised();
}

/// (name, aliases, addresses)
Ref hostEntry(const hostent* entry) {
  if (!entry)
    return raiseHostError();
  PYC_TRY(name, makeStr(entry->h_name));
  PYC_TRY(aliases, newList(0));
  PYC_TRY(addresses, newList(0));
  for (char** alias = entry->h_aliases; alias && *alias; ++alias) {
    PYC_TRY(text, makeStr(*alias));
    if (!listAppend(asList(aliases), text))
      return {};
  }
  for (char** address = entry->h_addr_list; address && *address; ++address) {
    char text[INET6_ADDRSTRLEN];
    if (!inet_ntop(entry->h_addrtype, *address, text, sizeof text))
      return raiseErrno(errno);
    PYC_TRY(shown, makeStr(text));
    if (!listAppend(asList(addresses), shown))
      return {};
  }
  return tupleOf(name, aliases, addresses);
}

Ref getHostByNameEx(const Value* args) {
  SocketAddress address;
  std::string name;
  if (!nameArg("gethostbyname_ex", 0, args[0], name) || !resolveHost(args[0], AF_INET, address))
    return {};
  return hostEntry(gethostbyname(name.c_str()));
}

Ref getHostByAddress(const Value* args) {
  SocketAddress address;
  if (!resolveHost(args[0], AF_UNSPEC, address))
    return {};
  if (address.storage.ss_family == AF_INET6) {
    auto* inet6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    return hostEntry(gethostbyaddr(&inet6->sin6_addr, sizeof inet6->sin6_addr, AF_INET6));
  }
  auto* inet = reinterpret_cast<sockaddr_in*>(&address.storage);
  return hostEntry(gethostbyaddr(&inet->sin_addr, sizeof inet->sin_addr, AF_INET));
}

Ref getServiceByName(const Value* args) {
  std::string name, protocol;
  if (!nameArg("getservbyname", 1, args[0], name) ||
      (args[1] && !nameArg("getservbyname", 2, args[1], protocol)))
    return {};
  servent* entry = getservbyname(name.c_str(), args[1] ? protocol.c_str() : nullptr);
  return entry ? makeInt(ntohs(static_cast<uint16_t>(entry->s_port)))
               : Ref(raise(osErrorType, "service/proto not found"));
}

Ref getServiceByPort(const Value* args) {
  int port = 0;
  std::string protocol;
  if (!intArg(args[0], port) || (args[1] && !nameArg("getservbyport", 2, args[1], protocol)))
    return {};
  if (port < 0 || port > 0xFFFF)
    return raise(overflowErrorType, "getservbyport: port must be 0-65535.");
  servent* entry =
      getservbyport(htons(static_cast<uint16_t>(port)), args[1] ? protocol.c_str() : nullptr);
  return entry ? makeStr(entry->s_name) : Ref(raise(osErrorType, "port/proto not found"));
}

Ref getProtocolByName(const Value* args) {
  std::string name;
  if (!nameArg("getprotobyname", 0, args[0], name))
    return {};
  protoent* entry = getprotobyname(name.c_str());
  return entry ? makeInt(entry->p_proto) : Ref(raise(osErrorType, "protocol not found"));
}

/// The host of getaddrinfo: None, str (IDNA) or bytes.
bool lookupHost(Value value, std::string& out, bool& given) {
  given = !value.isNone();
  if (!given)
    return true;
  if (isStr(value) && asStr(value)->isAscii())
    return toUtf8(value, out);
  Ref encoded = Ref::copy(value);
  if (isStr(value)) {
    PYC_TRY(encoding, makeStr("idna"));
    encoded = callMethod(value, internLiteral("encode"), encoding);
    if (!encoded)
      return false;
  } else if (!isBytes(value)) {
    return raise(typeErrorType, "getaddrinfo() argument 1 must be string or None");
  }
  out = std::string(asBytes(encoded)->view());
  return true;
}

bool lookupPort(Value value, std::string& out, bool& given) {
  given = !value.isNone();
  if (!given)
    return true;
  if (isInteger(value)) {
    PYC_TRY(text, str(value));
    return toUtf8(text, out);
  }
  if (isStr(value))
    return toUtf8(value, out);
  if (isBytes(value)) {
    out = std::string(asBytes(value)->view());
    return true;
  }
  return raise(osErrorType, "Int or String expected");
}

Ref getAddressInfo(const Value* args) {
  std::string host, port;
  bool hasHost, hasPort;
  addrinfo hints = {}, *found = nullptr;
  if (!lookupHost(args[0], host, hasHost) || !lookupPort(args[1], port, hasPort) ||
      (args[2] && !intArg(args[2], hints.ai_family)) ||
      (args[3] && !intArg(args[3], hints.ai_socktype)) ||
      (args[4] && !intArg(args[4], hints.ai_protocol)) ||
      (args[5] && !intArg(args[5], hints.ai_flags)))
    return {};
  int status = getaddrinfo(hasHost ? host.c_str() : nullptr, hasPort ? port.c_str() : nullptr,
                           &hints, &found);
  if (status != 0)
    return raiseGaiError(status);
  Ref all = newList(0);
  for (addrinfo* entry = found; all && entry; entry = entry->ai_next) {
    Ref address = addressObject(entry->ai_addr, entry->ai_addrlen);
    Ref canonical = makeStr(entry->ai_canonname ? entry->ai_canonname : "");
    Ref item = address && canonical
                   ? tupleOf(Value::fromInt(entry->ai_family), Value::fromInt(entry->ai_socktype),
                             Value::fromInt(entry->ai_protocol), canonical.get(), address.get())
                   : Ref();
    if (!item || !listAppend(asList(all), item))
      all = Ref();
  }
  freeaddrinfo(found);
  return all;
}

Ref getNameInfo(const Value* args) {
  int flags = 0;
  if (!isTuple(args[0]))
    return raise(typeErrorType, "getnameinfo() argument 1 must be a tuple");
  if (!intArg(args[1], flags))
    return {};
  TupleObject* parts = asTuple(args[0]);
  if (parts->count < 2 || parts->count > 4)
    return raise(typeErrorType, "getnameinfo(): illegal sockaddr argument");
  std::string host, port;
  bool hasHost, hasPort;
  if (!lookupHost(parts->items()[0], host, hasHost) ||
      !lookupPort(parts->items()[1], port, hasPort))
    return {};
  addrinfo hints = {}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_NUMERICHOST;
  int status = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (status != 0)
    return raiseGaiError(status);
  if (found->ai_next) {
    freeaddrinfo(found);
    return raise(osErrorType, "sockaddr resolved to multiple addresses");
  }
  char hostName[NI_MAXHOST], service[NI_MAXSERV];
  status = getnameinfo(found->ai_addr, found->ai_addrlen, hostName, sizeof hostName, service,
                       sizeof service, flags);
  freeaddrinfo(found);
  if (status != 0)
    return raiseGaiError(status);
  PYC_TRY(first, makeStr(hostName));
  PYC_TRY(second, makeStr(service));
  return tupleOf(first, second);
}

// Bytes and text.

template <class Word, Word (*swap)(Word)> Ref swapBytes(const Value* args) {
  PYC_TRY(number, toIndex(args[0]));
  int64_t wide;
  if (!toInt64(number, wide))
    return {};
  if (wide < 0)
    return raise(valueErrorType, "Cannot convert negative int");
  if (wide > static_cast<int64_t>(Word(-1)))
    return raise(overflowErrorType, "Python int too large for C uint%d_t",
                 static_cast<int>(sizeof(Word) * 8));
  return makeInt(swap(static_cast<Word>(wide)));
}

Ref inetAton(const Value* args) {
  std::string text;
  in_addr address;
  if (!nameArg("inet_aton", 0, args[0], text))
    return {};
  if (!inet_aton(text.c_str(), &address))
    return raise(osErrorType, "illegal IP address string passed to inet_aton");
  return makeBytes({reinterpret_cast<const char*>(&address), sizeof address});
}

Ref inetNtoa(const Value* args) {
  BytesLike bytes;
  if (!bytes.open(args[0]))
    return {};
  if (bytes.get().size() != sizeof(in_addr))
    return raise(osErrorType, "packed IP wrong length");
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, bytes.get().data(), text, sizeof text);
  return makeStr(text);
}

Ref inetPton(const Value* args) {
  int family;
  std::string text;
  if (!intArg(args[0], family) || !nameArg("inet_pton", 2, args[1], text))
    return {};
  char packed[sizeof(in6_addr)];
  int status = inet_pton(family, text.c_str(), packed);
  if (status < 0)
    return raiseErrno(errno);
  if (status == 0)
    return raise(osErrorType, "illegal IP address string passed to inet_pton");
  return makeBytes({packed, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)});
}

Ref inetNtop(const Value* args) {
  int family;
  BytesLike bytes;
  if (!intArg(args[0], family) || !bytes.open(args[1]))
    return {};
  if (family != AF_INET && family != AF_INET6)
    return raise(valueErrorType, "unknown address family %d", family);
  if (bytes.get().size() != (family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)))
    return raise(valueErrorType, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (!inet_ntop(family, bytes.get().data(), text, sizeof text))
    return raiseErrno(errno);
  return makeStr(text);
}

// Interfaces and ancillary data.

Ref interfaces(const Value*) {
  struct if_nameindex* all = if_nameindex();
  if (!all)
    return raiseErrno(errno);
  Ref list = newList(0);
  for (struct if_nameindex* entry = all; list && entry->if_index; ++entry) {
    Ref name = makeStr(entry->if_name);
    Ref index = makeInt(entry->if_index);
    Ref pair = name && index ? tupleOf(index, name) : Ref();
    if (!pair || !listAppend(asList(list), pair))
      list = Ref();
  }
  if_freenameindex(all);
  return list;
}

Ref interfaceIndex(const Value* args) {
  std::string name;
  if (!nameArg("if_nametoindex", 0, args[0], name))
    return {};
  unsigned index = if_nametoindex(name.c_str());
  return index ? makeInt(index) : Ref(raiseErrno(errno));
}

Ref interfaceName(const Value* args) {
  int64_t index;
  char name[IF_NAMESIZE];
  if (!toInt64(args[0], index, &overflowErrorType))
    return {};
  if (index < 0 || index > UINT_MAX)
    return raise(overflowErrorType, "Python int too large to convert to C unsigned int");
  return if_indextoname(static_cast<unsigned>(index), name) ? makeStr(name)
                                                            : Ref(raiseErrno(errno));
}

bool controlLength(Value value, const char* function, size_t& length) {
  int64_t wide;
  if (!toInt64(value, wide, &overflowErrorType))
    return false;
  if (wide < 0 || wide > INT_MAX - 64)
    return raise(overflowErrorType, "%s() argument out of range", function);
  length = static_cast<size_t>(wide);
  return true;
}
Ref controlLen(const Value* args) {
  size_t length;
  return controlLength(args[0], "CMSG_LEN", length)
             ? makeInt(static_cast<int64_t>(CMSG_LEN(length)))
             : Ref();
}
Ref controlSpace(const Value* args) {
  size_t length;
  return controlLength(args[0], "CMSG_SPACE", length)
             ? makeInt(static_cast<int64_t>(CMSG_SPACE(length)))
             : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "gethostname()", .bound = getHostName},
    {.signature = "sethostname(name, /)", .bound = setHostName},
    {.signature = "gethostbyname(host, /)", .bound = getHostByName},
    {.signature = "gethostbyname_ex(host, /)", .bound = getHostByNameEx},
    {.signature = "gethostbyaddr(host, /)", .bound = getHostByAddress},
    {.signature = "getservbyname(servicename, protocolname=None, /)", .bound = getServiceByName},
    {.signature = "getservbyport(port, protocolname=None, /)", .bound = getServiceByPort},
    {.signature = "getprotobyname(name, /)", .bound = getProtocolByName},
    {.signature = "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)",
     .bound = getAddressInfo},
    {.signature = "getnameinfo(sockaddr, flags, /)", .bound = getNameInfo},
    {.signature = "ntohs(x, /)", .bound = swapBytes<uint16_t, ntohs>},
    {.signature = "ntohl(x, /)", .bound = swapBytes<uint32_t, ntohl>},
    {.signature = "htons(x, /)", .bound = swapBytes<uint16_t, htons>},
    {.signature = "htonl(x, /)", .bound = swapBytes<uint32_t, htonl>},
    {.signature = "inet_aton(ip_addr, /)", .bound = inetAton},
    {.signature = "inet_ntoa(packed_ip, /)", .bound = inetNtoa},
    {.signature = "inet_pton(af, ip_string, /)", .bound = inetPton},
    {.signature = "inet_ntop(af, packed_ip, /)", .bound = inetNtop},
    {.signature = "if_nameindex()", .bound = interfaces},
    {.signature = "if_nametoindex(oname, /)", .bound = interfaceIndex},
    {.signature = "if_indextoname(if_index, /)", .bound = interfaceName},
    {.signature = "CMSG_LEN(length, /)", .bound = controlLen},
    {.signature = "CMSG_SPACE(length, /)", .bound = controlSpace},
};

} // namespace

std::span<const MethodDef> socketNameFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
