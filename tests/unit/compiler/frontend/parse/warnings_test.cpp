#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// The warnings of `text`, each on a line.
std::string warningsOf(std::string_view text) {
  Parsed parsed = parseText(text);
  EXPECT_TRUE(parsed.result) << text;
  std::string out;
  for (const Diagnostic& diagnostic : parsed.sink.diagnostics())
    out += summary(&diagnostic) + "\n";
  return out;
}

TEST(Warnings, UnknownEscapes) {
  EXPECT_EQ(warningsOf("x = 'a\\d\\e'\n"),
            "SyntaxWarning 1:7-1:9 \"\\d\" is an invalid escape sequence. Such sequences will not "
            "work in the future. Did you mean \"\\\\d\"? A raw string is also an option.\n");
  EXPECT_EQ(warningsOf("'''\n\n \xC3\xA9\\\xC3\xA9'''\n").substr(0, 24),
            "SyntaxWarning 3:3-3:5 \"\\");
  EXPECT_EQ(warningsOf("f'\\{a}'\n").substr(0, 47),
            "SyntaxWarning 1:3-1:5 \"\\{\" is an invalid escape");
  EXPECT_EQ(warningsOf("b'\\777'\n"),
            "SyntaxWarning 1:3-1:7 \"\\777\" is an invalid octal escape sequence. Such sequences "
            "will not work in the future. Did you mean \"\\\\777\"? A raw string is also an "
            "option.\n");
}

TEST(Warnings, AreGivenOnce) {
  // `match` is tried as a statement first.
  EXPECT_EQ(warningsOf("match('\\d')\n").find("SyntaxWarning", 1), std::string::npos);
}

TEST(Warnings, NumbersBeforeKeywords) {
  EXPECT_EQ(warningsOf("1if 2else 3\n"), "SyntaxWarning 1:1-1:2 invalid decimal literal\n"
                                         "SyntaxWarning 1:5-1:6 invalid decimal literal\n");
}

TEST(Warnings, LazyModules) {
  EXPECT_EQ(warningsOf("from . lazy import x\n"),
            "SyntaxWarning 1:8-1:12 'from . lazy import' is the same as 'from .lazy import'; did "
            "you mean 'lazy from . import'?\n");
  EXPECT_EQ(warningsOf("from .lazy import x\nfrom lazy import y\n"), "");
}

} // namespace
} // namespace pyc::test
