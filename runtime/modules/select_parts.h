// What the pages of the module select share.
#pragma once

#include "runtime/objects/type.h"

#include <climits>
#include <cmath>

namespace pyc::rt {

extern constinit TypeObject epollType;

/// How long to wait: a number, or None for ever. Waits that signals interrupt go on for the rest.
class WaitTime {
public:
  /// `unit`: nanoseconds that 1 stands for. TypeError with `message`.
  bool open(Value argument, const char* message, int64_t unit);
  /// Negative numbers mean "for ever" to poll() and epoll.
  bool isLimited() const { return limited_; }
  bool isNegative() const { return left_ < 0; }
  int64_t total() const { return left_; }
  /// Nanoseconds until the end.
  int64_t left() const;
  /// Milliseconds until the end, rounded up; -1: for ever.
  int milliseconds() const;

private:
  static bool isNumberLike(Value value);
  static int64_t monotonic();

  bool limited_ = false;
  int64_t left_ = 0, end_ = 0;
};

} // namespace pyc::rt
