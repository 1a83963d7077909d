// Forks and ends of the process, for what observes the program from outside of Python: the recorder
// of profiles.
#pragma once

namespace pyc::rt {

struct ProcessEvents {
  void (*beforeFork)();
  void (*afterFork)(bool inChild);
  void (*beforeEnd)(); // by os._exit() and os.exec*(), which may fail: it may be called again
};

/// Once, at the start.
void setProcessEvents(const ProcessEvents& events);

/// os._exit() and os.exec*() call this first.
void announceEnd();

} // namespace pyc::rt
