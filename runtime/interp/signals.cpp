#include "runtime/interp/signals.h"

#include "runtime/interp/poll.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"

#include <cerrno>
#include <csignal>

namespace pyc::rt {

namespace {

constexpr int kSignalCount = 65;

ThreadState* mainThread = nullptr;
volatile sig_atomic_t pending[kSignalCount];
volatile sig_atomic_t anyPending = 0;
Value handlers[kSignalCount]; // owned callables; null: whatever the process was started with
bool raisesInterrupt = false; // SIGINT has Python's own handler

void noteSignal(int number) {
  int saved = errno;
  pending[number] = 1;
  anyPending = 1;
  requestPoll(*mainThread);
  errno = saved;
}

void setAction(int number, void (*action)(int)) {
  struct sigaction act = {};
  act.sa_handler = action;
  sigemptyset(&act.sa_mask);
  sigaction(number, &act, nullptr);
}

bool runHandler(int number) {
  if (number == SIGINT && raisesInterrupt)
    return raiseWith(keyboardInterruptType, Value());
  if (!handlers[number])
    return true;
  Ref handler = Ref::copy(handlers[number]);
  return static_cast<bool>(call(handler, Value::fromInt(number), Value::none()));
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

Ref signalHandler(int number) {
  if (handlers[number])
    return Ref::copy(handlers[number]);
  struct sigaction act;
  if (sigaction(number, nullptr, &act) != 0)
    return Ref::none();
  return Ref::number(Value::fromInt(act.sa_handler == SIG_IGN ? 1 : 0));
}

Ref setSignalHandler(int number, Value handler) {
  Ref old = signalHandler(number);
  if (number == SIGINT)
    raisesInterrupt = false;
  decrefMaybe(std::exchange(handlers[number], Value()));
  if (handler.isInt()) {
    setAction(number, handler.asInt() == 1 ? SIG_IGN : SIG_DFL);
  } else {
    handlers[number] = Ref::copy(handler).release();
    setAction(number, noteSignal);
  }
  return old;
}

} // namespace pyc::rt
