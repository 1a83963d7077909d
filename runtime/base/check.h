// Three kinds of failure exist in pyc: a wrong user program (diagnostics), a raised Python
// exception (null Value), and a bug of ours. This file is the third: PYC_CHECK.
#pragma once

namespace pyc {

/// Prints the failed expression with its place on standard error and aborts.
[[noreturn]] void checkFailed(const char* expression, const char* file, int line);

} // namespace pyc

/// Always tested, in every build.
#define PYC_CHECK(cond)                                                                            \
  (__builtin_expect(!!(cond), 1) ? (void)0 : ::pyc::checkFailed(#cond, __FILE__, __LINE__))

#ifdef NDEBUG
#define PYC_DCHECK(cond) ((void)0)
#else
/// Tested in debug and sanitizer builds only.
#define PYC_DCHECK(cond) PYC_CHECK(cond)
#endif

#define PYC_UNREACHABLE(what) ::pyc::checkFailed("unreachable: " what, __FILE__, __LINE__)
#define PYC_LIKELY(x) __builtin_expect(!!(x), 1)
#define PYC_UNLIKELY(x) __builtin_expect(!!(x), 0)
