#include "runtime/interp/signals.h"

#include "runtime/interp/frame_object.h"
#include "runtime/interp/poll.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace pyc::rt {

namespace {

constexpr int kSignalCount = 65;

ThreadState* mainThread = nullptr;
volatile sig_atomic_t pending[kSignalCount];
volatile sig_atomic_t anyPending = 0;
Value handlers[kSignalCount]; // owned callables; null: whatever the process was started with
void (*defaultActions[kSignalCount])(int); // null: SIG_DFL
bool raisesInterrupt = false;              // SIGINT has Python's own handler

// signal.set_wakeup_fd: where the C handler writes each signal's number.
volatile sig_atomic_t wakeupFd = -1;
volatile sig_atomic_t wakeupReportsFull = 1;
volatile sig_atomic_t wakeupError = 0; // errno of a write that failed, for the next poll to report

void wakeUp(int number) {
  if (wakeupFd < 0)
    return;
  auto byte = static_cast<unsigned char>(number);
  ssize_t written;
  do {
    written = write(wakeupFd, &byte, 1);
  } while (written < 0 && errno == EINTR);
  if (written < 0 && (wakeupReportsFull || (errno != EAGAIN && errno != EWOULDBLOCK)))
    wakeupError = errno;
}

void noteSignal(int number) {
  int saved = errno;
  pending[number] = 1;
  anyPending = 1;
  requestPoll(*mainThread);
  wakeUp(number);
  errno = saved;
}

void reportWakeupError() {
  int error = wakeupError;
  wakeupError = 0;
  Ref raised = takeRaised();
  raiseErrno(error);
  writeUnraisable("Exception ignored when trying to write to the signal wakeup fd", Value());
  restoreRaised(std::move(raised));
}

bool setAction(int number, void (*action)(int)) {
  struct sigaction act = {};
  act.sa_handler = action;
  sigemptyset(&act.sa_mask);
  return sigaction(number, &act, nullptr) == 0;
}

bool runHandler(int number) {
  if (number == SIGINT && raisesInterrupt)
    return raiseWith(keyboardInterruptType, Value());
  if (!handlers[number])
    return true;
  Ref handler = Ref::copy(handlers[number]);
  Ref frame = thisThread().frame ? frameObject(thisThread().frame) : Ref::none();
  return frame && call(handler, Value::fromInt(number), frame);
}

} // namespace

void installSignalHandlers() {
  mainThread = &thisThread();
  setAction(SIGPIPE, SIG_IGN);
  struct sigaction old;
  if (sigaction(SIGINT, nullptr, &old) == 0 && old.sa_handler == SIG_DFL) {
    raisesInterrupt = true;
    setAction(SIGINT, noteSignal);
  }
}

bool signalsPending() {
  return anyPending != 0;
}

bool runSignalHandlers() {
  if (!anyPending || &thisThread() != mainThread)
    return true;
  anyPending = 0;
  if (wakeupError)
    reportWakeupError();
  for (int number = 1; number < kSignalCount; ++number) {
    if (!pending[number])
      continue;
    pending[number] = 0;
    if (!runHandler(number)) {
      anyPending = 1; // those behind it wait for the next poll
      requestPoll(*mainThread);
      return false;
    }
  }
  return true;
}

static void (*defaultAction(int number))(int) {
  return defaultActions[number] ? defaultActions[number] : SIG_DFL;
}

void setDefaultAction(int number, void (*action)(int)) {
  struct sigaction act;
  bool isDefault = sigaction(number, nullptr, &act) == 0 && act.sa_handler == defaultAction(number);
  defaultActions[number] = action;
  if (isDefault)
    setAction(number, defaultAction(number));
}

Ref signalHandler(int number) {
  if (handlers[number])
    return Ref::copy(handlers[number]);
  struct sigaction act;
  if (sigaction(number, nullptr, &act) != 0)
    return Ref::none();
  if (act.sa_handler == SIG_IGN || act.sa_handler == defaultAction(number))
    return Ref::number(Value::fromInt(act.sa_handler == SIG_IGN ? 1 : 0));
  return Ref::none();
}

Ref setSignalHandler(int number, Value handler) {
  Ref old = signalHandler(number);
  bool isNumber = handler.isInt();
  if (!setAction(number, !isNumber              ? noteSignal
                         : handler.asInt() == 1 ? SIG_IGN
                                                : defaultAction(number)))
    return raiseErrno(errno);
  if (number == SIGINT)
    raisesInterrupt = false;
  setField(handlers[number], isNumber ? Value() : handler);
  return old;
}

bool interruptRaises() {
  return raisesInterrupt;
}

bool isMainThread() {
  return &thisThread() == mainThread;
}

void simulateSignal(int number) {
  noteSignal(number);
}

int setSignalWakeupFd(int fd, bool reportsFull) {
  int old = wakeupFd;
  wakeupFd = fd;
  wakeupReportsFull = reportsFull;
  return old;
}

} // namespace pyc::rt
