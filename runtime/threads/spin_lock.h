// A lock for a few instructions' worth of work on tables that all threads share. Held never across
// an allocation that may collect, nor across Python code.
#pragma once

#include <atomic>
#include <sched.h>

namespace pyc::rt {

class SpinLock {
public:
  void lock() {
    while (held_.exchange(true, std::memory_order_acquire))
      while (held_.load(std::memory_order_relaxed))
        sched_yield();
  }
  void unlock() { held_.store(false, std::memory_order_release); }

private:
  std::atomic<bool> held_{false};
};

class SpinGuard {
public:
  explicit SpinGuard(SpinLock& lock) : lock_(lock) { lock_.lock(); }
  ~SpinGuard() { lock_.unlock(); }
  SpinGuard(const SpinGuard&) = delete;
  SpinGuard& operator=(const SpinGuard&) = delete;

private:
  SpinLock& lock_;
};

} // namespace pyc::rt
