#include "runtime/objects/runtime.h"
#include "tests/unit/runtime/numbers/cases.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace pyc::rt::testing {

namespace {

Ref noFunction(std::string_view, std::string_view) {
  return {};
}

TEST(Numbers, AnswerAsCPythonDoes) {
  initRuntime();
  const char* given = std::getenv("PYC_NUMBER_CASES");
  checkCases(given ? given : PYC_TEST_DATA "/cases.txt", noFunction);
}

} // namespace

} // namespace pyc::rt::testing
