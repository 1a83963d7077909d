#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// The lines of the errors of `text`.
std::string errorLines(std::string_view text, uint32_t maxErrors = 20) {
  ParseOptions options;
  options.maxErrors = maxErrors;
  Parsed parsed = parseText(text, options);
  EXPECT_FALSE(parsed.result);
  std::string lines;
  for (const Diagnostic& diagnostic : parsed.sink.diagnostics())
    lines += (lines.empty() ? "" : " ") + std::to_string(diagnostic.location.line);
  return lines;
}

TEST(Recovery, GoesOnBehindAWrongStatement) {
  EXPECT_EQ(errorLines("a b\nc\nd e\nf = = 1\n"), "1 3 4");
  EXPECT_EQ(errorLines("a b; c d\ne f\n"), "1 2");
}

TEST(Recovery, GoesOnInTheSameBlock) {
  EXPECT_EQ(errorLines("def f():\n  a b\n  c\n  d e\nclass A:\n  def g(self):\n    h i\n"),
            "2 4 7");
}

TEST(Recovery, LooksIntoTheBlockOfAWrongHeader) {
  EXPECT_EQ(errorLines("def f(*):\n  a b\nc d\n"), "1 2 3");
  EXPECT_EQ(errorLines("try:\n  a\nb\nc d\n"), "3 4");
}

TEST(Recovery, StopsAfterTheErrorsAskedFor) {
  EXPECT_EQ(errorLines("a b\nc d\ne f\n", 2), "1 2");
  EXPECT_EQ(errorLines("a b\nc d\ne f\n", 1), "1");
}

TEST(Recovery, StopsWhereTheLexerDoes) {
  EXPECT_EQ(errorLines("a b\nc d\nx = (\n"), "1 2 3");
  EXPECT_EQ(errorLines("a\n'b\nc d\n"), "2");
}

} // namespace
} // namespace pyc::test
