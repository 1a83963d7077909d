#include "runtime/objects/recursion.h"

#include <unordered_set>
#include <utility>

namespace pyc::rt {

namespace {

thread_local ReprGuard* innermostRepr = nullptr;
constexpr size_t kListedGuards = 16;

/// Room for one level: more than nearly every native frame takes, so that what CPython's limit
/// allows works here too.
constexpr size_t kBytesPerLevel = 32 * 1024;

thread_local uintptr_t stackTop = 0, stackBottom = 0;

/// The objects of all but the innermost kListedGuards guards.
std::unordered_set<uint64_t>& deepGuards() {
  static thread_local std::unordered_set<uint64_t> guards;
  return guards;
}

} // namespace

void setStackBounds(uintptr_t top, uintptr_t bottom) {
  stackTop = top;
  stackBottom = bottom;
}

uintptr_t threadStackTop() {
  return stackTop;
}

void limitStackDepth(int levels) {
  ThreadState& thread = thisThread();
  size_t wanted = static_cast<size_t>(levels) * kBytesPerLevel;
  uintptr_t end = wanted < stackTop - stackBottom ? stackTop - wanted : stackBottom;
  // A poll that is asked for keeps its mark, and sets the new limit when it is done.
  uintptr_t old = std::exchange(thread.stackEnd, end);
  __atomic_compare_exchange_n(&thread.stackLimit, &old, end, false, __ATOMIC_RELAXED,
                              __ATOMIC_RELAXED);
}

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
