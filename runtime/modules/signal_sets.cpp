#include "runtime/modules/signal_sets.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

bool signalNumberArg(Value argument, int& number) {
  if (!intArg(argument, number))
    return false;
  return (number >= 1 && number < NSIG) ||
         static_cast<bool>(raise(valueErrorType, "signal number out of range [1; %d]", NSIG - 1));
}

bool signalSetArg(Value argument, sigset_t& signals) {
  sigemptyset(&signals);
  PYC_TRY(iterator, getIter(argument));
  while (Ref item = iterNext(iterator)) {
    int64_t number;
    if (!toInt64(item, number))
      return false;
    if (number < 1 || number >= NSIG)
      return raise(valueErrorType, "signal number %lld out of range [1; %d]",
                   static_cast<long long>(number), NSIG - 1);
    // The C library keeps two signals for itself.
    if (sigaddset(&signals, static_cast<int>(number)) != 0 && errno != EINVAL)
      return raiseErrno(errno);
  }
  return !isRaised();
}

Ref makeSignalSet(const sigset_t& signals) {
  PYC_TRY(result, newSet());
  for (int number = 1; number < NSIG; ++number)
    if (sigismember(&signals, number) == 1 && !setAdd(asSet(result), Value::fromInt(number)))
      return {};
  return result;
}

} // namespace pyc::rt
