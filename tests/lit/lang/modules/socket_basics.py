"""_socket: a pair, a connection over the loopback, addresses, options, timeouts, errors."""
import _socket


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


left, right = _socket.socketpair()
print(left.send(b"hello"), right.recv(3), right.recv(10))
left.sendall(memoryview(b"0123456789"))
buffer = bytearray(4)
print(right.recv_into(buffer), buffer, right.recv_into(buffer, 2), buffer)
print(left.sendmsg([b"ab", b"cd"]), right.recvmsg(100))
right.setblocking(False)
attempt(right.recv, 1)
right.settimeout(0.01)
attempt(right.recv, 1)
print(right.gettimeout(), right.getblocking(), left.gettimeout(), left.timeout)
left.close()
print(right.recv(1), left.fileno())
attempt(left.send, b"x")

server = _socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
host, port = server.getsockname()
client = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
client.connect((host, port))
fd, address = server._accept()
peer = _socket.socket(fileno=fd)
print(host, address == client.getsockname(), peer.family == _socket.AF_INET, peer.getpeername() == address)
client.sendall(b"x" * 100000)
client.shutdown(_socket.SHUT_WR)
received = 0
while data := peer.recv(65536):
    received += len(data)
print(received)
client.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
print(client.getsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY))
for socket in (server, client, peer, right):
    socket.close()

datagram = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
datagram.bind(("127.0.0.1", 0))
print(datagram.sendto(b"ping", datagram.getsockname()))
print(datagram.recvfrom(10) == (b"ping", datagram.getsockname()))
attempt(datagram.bind, 3)
attempt(datagram.bind, ("a",))
attempt(datagram.bind, ("127.0.0.1", 99999))
attempt(datagram.settimeout, -1)
attempt(datagram.setsockopt, 1, 2)
attempt(datagram.sendto, b"x")
datagram.close()
attempt(_socket.socket, -1, -1, -1, -1)

print(_socket.inet_aton("1.2.3"), _socket.inet_ntoa(b"\x7f\0\0\1"), _socket.inet_pton(_socket.AF_INET6, "::1"))
print(_socket.inet_ntop(_socket.AF_INET6, b"\0" * 15 + b"\1"))
print(_socket.htons(1), _socket.ntohl(1))
attempt(_socket.htons, 70000)
attempt(_socket.htons, -1)
attempt(_socket.inet_pton, _socket.AF_INET, "x")
print(_socket.getaddrinfo("127.0.0.1", 80, _socket.AF_INET, _socket.SOCK_STREAM))
print(_socket.error is OSError, _socket.timeout is TimeoutError, _socket.gaierror.__mro__[1])
