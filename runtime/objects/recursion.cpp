#include "runtime/objects/recursion.h"

#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

thread_local ReprGuard* innermostRepr = nullptr;

} // namespace

bool stackNearlyFull(const char* where) {
  ThreadState& thread = thisThread();
  // stackLimit is raised to ask for a poll, which is not this function's business.
  auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (here > thread.stackEnd)
    return false;
  raise(recursionErrorType, "maximum recursion depth exceeded%s", where);
  return true;
}

bool ReprGuard::enter() {
  for (ReprGuard* guard = innermostRepr; guard; guard = guard->outer_)
    if (guard->object_ == object_)
      return false;
  outer_ = innermostRepr;
  innermostRepr = this;
  entered_ = true;
  return true;
}

ReprGuard::~ReprGuard() {
  if (entered_)
    innermostRepr = outer_;
}

} // namespace pyc::rt
