#include "runtime/objects/recursion.h"

#include <unordered_set>

namespace pyc::rt {

namespace {

thread_local ReprGuard* innermostRepr = nullptr;
constexpr size_t kListedGuards = 16;

/// The objects of all but the innermost kListedGuards guards.
std::unordered_set<uint64_t>& deepGuards() {
  static thread_local std::unordered_set<uint64_t> guards;
  return guards;
}

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
  // A few guards are looked through one by one, the others are in a set.
  ReprGuard* last = nullptr; // the outermost of the few, when they are complete
  ReprGuard* guard = innermostRepr;
  for (size_t i = 0; guard && i < kListedGuards; i++, guard = guard->outer_) {
    if (guard->object_ == object_)
      return false;
    last = i + 1 == kListedGuards ? guard : nullptr;
  }
  if (guard && deepGuards().contains(object_.bits()))
    return false;
  if (last)
    deepGuards().insert(last->object_.bits());
  depth_ = innermostRepr ? innermostRepr->depth_ + 1 : 1;
  outer_ = innermostRepr;
  innermostRepr = this;
  return true;
}

ReprGuard::~ReprGuard() {
  if (depth_ == 0)
    return;
  innermostRepr = outer_;
  if (depth_ <= kListedGuards)
    return;
  // One guard more is among the few again.
  ReprGuard* guard = this;
  for (size_t i = 0; i < kListedGuards; i++)
    guard = guard->outer_;
  deepGuards().erase(guard->object_.bits());
}

} // namespace pyc::rt
