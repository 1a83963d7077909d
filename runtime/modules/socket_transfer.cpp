// Sockets: sending and receiving.
#include "runtime/modules/socket_parts.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cerrno>
#include <climits>
#include <cstring>
#include <deque>
#include <vector>

namespace pyc::rt {

namespace {

/// A buffer lent for the length of a scope.
class LentBuffer {
public:
  LentBuffer() = default;
  LentBuffer(const LentBuffer&) = delete;
  LentBuffer& operator=(const LentBuffer&) = delete;
  ~LentBuffer() {
    if (view.owner)
      releaseBuffer(view);
  }
  bool open(Value object, int flags) { return getBuffer(object, view, flags); }

  BufferView view;
};

/// The number of bytes to receive.
bool receiveSize(Value value, const char* function, int64_t& size) {
  if (!sizeArg(value, size))
    return false;
  return size >= 0 || raise(valueErrorType, "negative buffersize in %s", function);
}

/// Cuts a bytes object to what was received.
Ref cutTo(BytesObject* bytes, int64_t count) {
  if (count == 0) {
    decref(Value(&bytes->header));
    return makeBytes({});
  }
  bytes = resizeBytes(bytes, count);
  return bytes ? Ref::steal(&bytes->header) : Ref();
}

int64_t receiveInto(SocketObject* socket, void* data, int64_t size, int flags) {
  return socketCall(socket, false, [&](SocketObject* self) {
    return recv(self->fd, data, static_cast<size_t>(size), flags);
  });
}

Ref receive(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  int64_t size;
  int flags = 0;
  if (!receiveSize(args[1], "recv", size) || !intArg(args[2], flags))
    return {};
  if (size == 0)
    return receiveInto(socket, nullptr, 0, flags) < 0 ? Ref() : makeBytes({});
  BytesObject* bytes = newBytes(size);
  if (!bytes)
    return {};
  int64_t count = receiveInto(socket, bytes->data(), size, flags);
  if (count >= 0)
    return cutTo(bytes, count);
  decref(Value(&bytes->header));
  return {};
}

/// The length that recv_into and recvfrom_into may fill.
bool intoLength(const BufferView& view, Value argument, const char* function, int64_t& length) {
  length = 0;
  if (!sizeArg(argument, length))
    return false;
  if (length < 0)
    return raise(valueErrorType, "negative buffersize in %s", function);
  if (length == 0)
    length = view.size;
  return length <= view.size || raise(valueErrorType, "buffer too small for requested bytes");
}

Ref receiveIntoMethod(const Value* args) {
  LentBuffer buffer;
  int64_t length;
  int flags = 0;
  if (!buffer.open(args[1], kBufferWritable) ||
      !intoLength(buffer.view, args[2], "recv_into", length) || !intArg(args[3], flags))
    return {};
  int64_t count = receiveInto(asSocket(args[0]), buffer.view.data, length, flags);
  return count < 0 ? Ref() : makeInt(count);
}

int64_t receiveFrom(SocketObject* socket, void* data, int64_t size, int flags,
                    SocketAddress& from) {
  int64_t count = socketCall(socket, false, [&](SocketObject* self) {
    from.length = sizeof from.storage;
    return recvfrom(self->fd, data, static_cast<size_t>(size), flags, from.raw(), &from.length);
  });
  return count;
}

Ref receiveFromMethod(const Value* args) {
  int64_t size;
  int flags = 0;
  SocketAddress from;
  if (!receiveSize(args[1], "recvfrom", size) || !intArg(args[2], flags))
    return {};
  std::vector<char> data(static_cast<size_t>(size));
  int64_t count = receiveFrom(asSocket(args[0]), data.data(), size, flags, from);
  if (count < 0)
    return {};
  PYC_TRY(bytes, makeBytes({data.data(), static_cast<size_t>(count)}));
  PYC_TRY(address, addressObject(from.raw(), from.length));
  return tupleOf(bytes, address);
}

Ref receiveFromIntoMethod(const Value* args) {
  LentBuffer buffer;
  int64_t length;
  int flags = 0;
  SocketAddress from;
  if (!buffer.open(args[1], kBufferWritable) ||
      !intoLength(buffer.view, args[2], "recvfrom_into", length) || !intArg(args[3], flags))
    return {};
  int64_t received = receiveFrom(asSocket(args[0]), buffer.view.data, length, flags, from);
  if (received < 0)
    return {};
  PYC_TRY(count, makeInt(received));
  PYC_TRY(address, addressObject(from.raw(), from.length));
  return tupleOf(count, address);
}

Ref sendMethod(const Value* args) {
  BytesLike bytes;
  int flags = 0;
  if (!bytes.open(args[1]) || !intArg(args[2], flags))
    return {};
  int64_t count = socketCall(asSocket(args[0]), true, [&](SocketObject* self) {
    return send(self->fd, bytes.get().data(), bytes.get().size(), flags);
  });
  return count < 0 ? Ref() : makeInt(count);
}

Ref sendAllMethod(const Value* args) {
  BytesLike bytes;
  int flags = 0;
  if (!bytes.open(args[1]) || !intArg(args[2], flags))
    return {};
  std::string_view rest = bytes.get();
  do {
    int64_t count = socketCall(asSocket(args[0]), true, [&](SocketObject* self) {
      return send(self->fd, rest.data(), rest.size(), flags);
    });
    if (count < 0)
      return {};
    rest.remove_prefix(static_cast<size_t>(count));
  } while (!rest.empty());
  return Ref::none();
}

/// sendto(data, address) and sendto(data, flags, address).
Ref sendToMethod(const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "socket.sendto() takes no keyword arguments");
  if (argc != 3 && argc != 4)
    return raise(typeErrorType, "sendto() takes 2 or 3 arguments (%zu given)", argc - 1);
  SocketObject* socket = asSocket(args[0]);
  BytesLike bytes;
  SocketAddress to;
  int flags = 0;
  if (!bytes.open(args[1]) || (argc == 4 && !intArg(args[2], flags)) ||
      !readAddress(socket->family, args[argc - 1], "sendto", to))
    return {};
  int64_t count = socketCall(socket, true, [&](SocketObject* self) {
    return sendto(self->fd, bytes.get().data(), bytes.get().size(), flags, to.raw(), to.length);
  });
  return count < 0 ? Ref() : makeInt(count);
}

// Messages with ancillary data.

/// (level, type, data) of each control message.
Ref controlMessages(msghdr& message) {
  PYC_TRY(list, newList(0));
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    auto* end = static_cast<char*>(message.msg_control) + message.msg_controllen;
    auto* data = reinterpret_cast<char*>(CMSG_DATA(header));
    if (header->cmsg_len < CMSG_LEN(0) || data > end)
      break;
    auto size = std::min<size_t>(header->cmsg_len - CMSG_LEN(0), static_cast<size_t>(end - data));
    PYC_TRY(bytes, makeBytes({data, size}));
    PYC_TRY(item, tupleOf(Value::fromInt(header->cmsg_level), Value::fromInt(header->cmsg_type),
                          bytes.get()));
    if (!listAppend(asList(list), item))
      return {};
  }
  return list;
}

bool controlSize(Value argument, const char* function, std::vector<char>& room) {
  int64_t size = 0;
  if (!sizeArg(argument, size))
    return false;
  if (size < 0 || size > INT_MAX)
    return raise(valueErrorType, "invalid ancillary data buffer length");
  room.resize(static_cast<size_t>(size));
  return true;
}

/// What recvmsg and recvmsg_into share: (first, control messages, flags, address), where `first`
/// is made of the number of bytes.
template <class First>
Ref receiveMessage(SocketObject* socket, std::vector<iovec>& parts, std::vector<char>& control,
                   int flags, First&& makeFirst) {
  SocketAddress from;
  msghdr message = {};
  int64_t count = socketCall(socket, false, [&](SocketObject* self) {
    from.length = sizeof from.storage;
    message = {};
    message.msg_name = from.raw();
    message.msg_namelen = from.length;
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    message.msg_control = control.empty() ? nullptr : control.data();
    message.msg_controllen = control.size();
    return recvmsg(self->fd, &message, flags);
  });
  if (count < 0)
    return {};
  PYC_TRY(first, makeFirst(count));
  PYC_TRY(messages, controlMessages(message));
  PYC_TRY(address, addressObject(from.raw(), message.msg_namelen));
  return tupleOf(first.get(), messages.get(), Value::fromInt(message.msg_flags), address.get());
}

Ref receiveMessageMethod(const Value* args) {
  int64_t size;
  int flags = 0;
  std::vector<char> control;
  if (!sizeArg(args[1], size) || !controlSize(args[2], "recvmsg", control) ||
      !intArg(args[3], flags))
    return {};
  if (size < 0)
    return raise(valueErrorType, "negative buffer size in recvmsg()");
  std::vector<char> data(static_cast<size_t>(size));
  std::vector<iovec> parts = {{data.data(), data.size()}};
  return receiveMessage(asSocket(args[0]), parts, control, flags, [&](int64_t count) {
    return makeBytes({data.data(), static_cast<size_t>(count)});
  });
}

/// Opens the buffers of an iterable.
bool openBuffers(Value iterable, int flags, std::deque<LentBuffer>& buffers,
                 std::vector<iovec>& parts) {
  bool done = forEach(iterable, [&](Value item) {
    if (!buffers.emplace_back().open(item, flags))
      return false;
    const BufferView& view = buffers.back().view;
    parts.push_back({view.data, static_cast<size_t>(view.size)});
    return true;
  });
  return done;
}

Ref receiveMessageIntoMethod(const Value* args) {
  int flags = 0;
  std::deque<LentBuffer> buffers;
  std::vector<iovec> parts;
  std::vector<char> control;
  if (!openBuffers(args[1], kBufferWritable, buffers, parts) ||
      !controlSize(args[2], "recvmsg_into", control) || !intArg(args[3], flags))
    return {};
  return receiveMessage(asSocket(args[0]), parts, control, flags,
                        [](int64_t count) { return makeInt(count); });
}

/// The control messages of sendmsg: an iterable of (level, type, data).
bool writeControl(Value iterable, std::vector<char>& control) {
  return forEach(iterable, [&](Value item) -> bool {
    PYC_TRY(parts, sequenceTuple(item));
    if (asTuple(parts)->count != 3)
      return raise(typeErrorType, "[sendmsg() ancillary data items] must be sequence of length 3");
    int level, type;
    BytesLike data;
    Value* items = asTuple(parts)->items();
    if (!intArg(items[0], level) || !intArg(items[1], type) || !data.open(items[2]))
      return false;
    size_t start = control.size();
    control.resize(start + CMSG_SPACE(data.get().size()));
    auto* header = reinterpret_cast<cmsghdr*>(control.data() + start);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(data.get().size());
    memcpy(CMSG_DATA(header), data.get().data(), data.get().size());
    return true;
  });
}

Ref sendMessageMethod(const Value* args) {
  SocketObject* socket = asSocket(args[0]);
  int flags = 0;
  std::deque<LentBuffer> buffers;
  std::vector<iovec> parts;
  std::vector<char> control;
  SocketAddress to;
  bool hasAddress = args[4] && !args[4].isNone();
  if (!openBuffers(args[1], kBufferSimple, buffers, parts) ||
      (args[2] && !writeControl(args[2], control)) || !intArg(args[3], flags) ||
      (hasAddress && !readAddress(socket->family, args[4], "sendmsg", to)))
    return {};
  int64_t count = socketCall(socket, true, [&](SocketObject* self) {
    msghdr message = {};
    message.msg_name = hasAddress ? to.raw() : nullptr;
    message.msg_namelen = hasAddress ? to.length : 0;
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    message.msg_control = control.empty() ? nullptr : control.data();
    message.msg_controllen = control.size();
    return sendmsg(self->fd, &message, flags);
  });
  return count < 0 ? Ref() : makeInt(count);
}

constexpr MethodDef kMethods[] = {
    {.signature = "recv($self, bufsize, flags=0, /)", .bound = receive},
    {.signature = "recv_into($self, buffer, nbytes=0, flags=0)", .bound = receiveIntoMethod},
    {.signature = "recvfrom($self, bufsize, flags=0, /)", .bound = receiveFromMethod},
    {.signature = "recvfrom_into($self, buffer, nbytes=0, flags=0)",
     .bound = receiveFromIntoMethod},
    {.signature = "recvmsg($self, bufsize, ancbufsize=0, flags=0, /)",
     .bound = receiveMessageMethod},
    {.signature = "recvmsg_into($self, buffers, ancbufsize=0, flags=0, /)",
     .bound = receiveMessageIntoMethod},
    {.signature = "send($self, data, flags=0, /)", .bound = sendMethod},
    {.signature = "sendall($self, data, flags=0, /)", .bound = sendAllMethod},
    {.signature = "sendto", .raw = sendToMethod},
    {.signature = "sendmsg($self, buffers, ancdata=(), flags=0, address=None, /)",
     .bound = sendMessageMethod},
};

} // namespace

std::span<const MethodDef> socketTransferMethods() {
  return kMethods;
}

} // namespace pyc::rt
