#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

void pyc::checkFailed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "pyc: internal error: %s (%s:%d)\n", expression, file, line);
  std::abort();
}
