#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// Runs when all tests of this binary have: a filter or a failure leaves gaps that mean nothing.
class CoverageCheck : public testing::Environment {
public:
  void TearDown() override {
    const auto* unit = testing::UnitTest::GetInstance();
    if (testing::GTEST_FLAG(filter) != "*" || unit->failed_test_count() > 0)
      return;
    for (size_t index = 0; index < diagCount(); ++index) {
      auto id = static_cast<DiagId>(index);
      const DiagInfo& info = diagInfo(id);
      bool isOurs = info.phase == DiagPhase::Source || info.phase == DiagPhase::Lex ||
                    info.phase == DiagPhase::Parse;
      if (isOurs)
        EXPECT_TRUE(exercisedDiagnostics().count(id)) << info.name << " is in no test";
    }
  }
};

[[maybe_unused]] auto* const kCoverage = testing::AddGlobalTestEnvironment(new CoverageCheck);

} // namespace
} // namespace pyc::test
