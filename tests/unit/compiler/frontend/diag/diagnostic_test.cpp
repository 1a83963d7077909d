#include "compiler/frontend/diag/diagnostic.h"

#include <gtest/gtest.h>

namespace pyc {
namespace {

TEST(Diagnostic, ArgumentsFillTheText) {
  DiagnosticSink sink;
  sink.report(DiagId::InvalidDigit, {1, 2, 3, 4}, {"9", "octal"});
  ASSERT_EQ(sink.diagnostics().size(), 1u);
  EXPECT_EQ(sink.diagnostics()[0].message, "invalid digit '9' in octal literal");
  EXPECT_EQ(sink.diagnostics()[0].location, (DiagLocation{1, 2, 3, 4}));
}

TEST(Diagnostic, WarningsAreNoErrors) {
  DiagnosticSink sink;
  sink.report(DiagId::NumberBeforeKeyword, {1, 1, 1, 2}, {"decimal"});
  EXPECT_EQ(sink.errorCount(), 0u);
  EXPECT_EQ(sink.firstError(), nullptr);
  sink.report(DiagId::InvalidSyntax, {1, 1, 1, 2});
  EXPECT_EQ(sink.errorCount(), 1u);
  EXPECT_EQ(sink.firstError(), &sink.diagnostics()[1]);
}

TEST(Diagnostic, LocationsCountCharacters) {
  Source source("x.py", "\xC3\xA9\xC3\xA9 = \xE2\x82\xAC\n");
  EXPECT_EQ(locate(source, {1, 7, 1, 10}), (DiagLocation{1, 6, 1, 7}));
}

} // namespace
} // namespace pyc
