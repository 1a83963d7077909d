#include "profiler/format/output.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace pyc::profile {
namespace {

TEST(Output, Patterns) {
  std::string pid = std::to_string(getpid());
  EXPECT_EQ(expandPattern("a-%p.pycprof", 0), "a-" + pid + ".pycprof");
  EXPECT_EQ(expandPattern("%%p%m%x%", 0xAB), "%p00000000000000ab%x%");
}

TEST(Output, ChildrenHaveTheirOwnFiles) {
  EXPECT_EQ(patternWithProcess("d.d/a.pycprof"), "d.d/a-%p.pycprof");
  EXPECT_EQ(patternWithProcess("d.d/a"), "d.d/a-%p");
  EXPECT_EQ(patternWithProcess("d/.hidden"), "d/.hidden-%p");
  EXPECT_EQ(patternWithProcess("%p/a.pycprof"), "%p/a.pycprof");
  EXPECT_EQ(patternWithProcess("%%p.pycprof"), "%%p-%p.pycprof");
}

} // namespace
} // namespace pyc::profile
