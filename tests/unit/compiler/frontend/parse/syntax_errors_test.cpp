#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>
#include <sstream>

namespace pyc::test {
namespace {

struct Case {
  std::string source;
  ParseMode mode;
};

/// A line of syntax_errors.txt, whose head describes it.
Case readCase(std::string_view line) {
  Case result{"", ParseMode::Module};
  for (auto [prefix, mode] :
       {std::pair<std::string_view, ParseMode>{"[eval] ", ParseMode::Expression},
        {"[single] ", ParseMode::Interactive}})
    if (line.starts_with(prefix)) {
      line.remove_prefix(prefix.size());
      result.mode = mode;
    }
  for (size_t at = 0; at < line.size(); ++at) {
    char c = line[at];
    if (c == '\\') {
      c = line[++at];
      c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
    result.source += c;
  }
  return result;
}

TEST(SyntaxErrors, AreCPythons) {
  std::istringstream lines(readFile(PYC_TEST_DATA "/syntax_errors.txt"));
  std::string line, answer;
  size_t count = 0;
  while (std::getline(lines, line)) {
    if (line.empty() || line.starts_with("# "))
      continue;
    ASSERT_TRUE(std::getline(lines, answer) && answer.starts_with("    ")) << line;
    Case testCase = readCase(line);
    ParseOptions options;
    options.mode = testCase.mode;
    EXPECT_EQ(errorOf(testCase.source, options), answer.substr(4)) << line;
    ++count;
  }
  EXPECT_GT(count, 300u);
}

} // namespace
} // namespace pyc::test
