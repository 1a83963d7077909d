// posix: terminals and pseudo-terminals.
#include "runtime/modules/posix_parts.h"

#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/signature.h"

#include <pty.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

namespace pyc::rt {

namespace {

constexpr const char* kSizeFields[] = {"columns", "lines"};
constexpr StructSequenceDef kSizeDef = {kSizeFields, 2, 2, true};

Ref getTerminalSizeFunction(const Value* args) {
  int fd = STDOUT_FILENO;
  if (args[0] && !intArg(args[0], fd))
    return {};
  winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0)
    return raiseSystem();
  Ref values[] = {makeInt(size.ws_col), makeInt(size.ws_row)};
  return makeStructSequence(terminalSizeType, kSizeDef, values);
}

Ref ctermidFunction(const Value*) {
  return fileSystemDecode(ctermid(nullptr)); // NOLINT(concurrency-mt-unsafe): a constant
}

Ref nameOfTerminal(const Value* args, int (*function)(int, char*, size_t)) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  char name[PATH_MAX];
  if (int error = function(fd, name, sizeof name))
    return raiseErrno(error > 0 ? error : errno);
  return fileSystemDecode(name);
}
Ref ttynameFunction(const Value* args) {
  return nameOfTerminal(args, ttyname_r);
}
Ref ptsnameFunction(const Value* args) {
  return nameOfTerminal(args, ptsname_r);
}

bool closeOnExec(int fd) {
  return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

Ref openptyFunction(const Value*) {
  int master, slave;
  if (openpty(&master, &slave, nullptr, nullptr, nullptr) != 0)
    return raiseSystem();
  if (closeOnExec(master) && closeOnExec(slave))
    return intPair(master, slave);
  Ref failure = raiseSystem();
  close(master);
  close(slave);
  return failure;
}

Ref forkptyFunction(const Value*) {
  int master = -1;
  runBeforeFork();
  pid_t pid = forkpty(&master, nullptr, nullptr, nullptr);
  if (pid == 0) {
    runAfterForkInChild();
  } else {
    int error = errno;
    runAfterForkInParent();
    errno = error;
  }
  return pid >= 0 ? intPair(pid, master) : Ref(raiseSystem());
}

Ref posixOpenptFunction(const Value* args) {
  int flags;
  return intArg(args[0], flags) ? intOrRaise(posix_openpt(flags | O_CLOEXEC)) : Ref();
}

Ref loginTtyFunction(const Value* args) {
  int fd;
  return filenoArg(args[0], fd) ? noneOrRaise(login_tty(fd)) : Ref();
}

Ref deviceEncodingFunction(const Value* args) {
  int fd;
  if (!intArg(args[0], fd))
    return {};
  return isatty(fd) ? makeStr("UTF-8") : Ref::none();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "get_terminal_size(fd=<unrepresentable>, /)", .bound = getTerminalSizeFunction},
    {.signature = "ctermid()", .bound = ctermidFunction},
    {.signature = "ttyname(fd, /)", .bound = ttynameFunction},
    {.signature = "ptsname(fd, /)", .bound = ptsnameFunction},
    {.signature = "openpty()", .bound = openptyFunction},
    {.signature = "forkpty()", .bound = forkptyFunction},
    {.signature = "posix_openpt(oflag, /)", .bound = posixOpenptFunction},
    {.signature = "grantpt(fd, /)", .bound = plainForNone<grantpt>},
    {.signature = "unlockpt(fd, /)", .bound = plainForNone<unlockpt>},
    {.signature = "login_tty(fd, /)", .bound = loginTtyFunction},
    {.signature = "tcgetpgrp(fd, /)", .bound = plainForInt<tcgetpgrp>},
    {.signature = "tcsetpgrp(fd, pgid, /)", .bound = plainForNone<tcsetpgrp>},
    {.signature = "device_encoding(fd)", .bound = deviceEncodingFunction},
};

} // namespace

constinit TypeObject terminalSizeType = structSequenceType<kSizeDef>(
    "os.terminal_size", "The size of a terminal's window in characters: (columns, lines).");

std::span<const MethodDef> posixTerminalFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
