#include "compiler/frontend/diag/keyword_typo.h"

#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// `keyword line:offset`, or "none".
std::string typoIn(std::string_view text) {
  Parsed parsed = parseText(text);
  auto typo = findKeywordTypo(parsed.source, parsed.error());
  if (!typo)
    return "none";
  return std::string(typo->keyword) + " " + std::to_string(typo->location.line) + ":" +
         std::to_string(typo->location.offset);
}

TEST(KeywordTypo, IsFoundWhereReplacingItHelps) {
  EXPECT_EQ(typoIn("fro x in y:\n  pass\n"), "for 1:1");
  EXPECT_EQ(typoIn("for x ni y:\n  pass\n"), "in 1:7");
  EXPECT_EQ(typoIn("improt x\n"), "import 1:1");
  EXPECT_EQ(typoIn("x = 1\nclas A:\n  pass\n"), "class 2:1");
}

TEST(KeywordTypo, IsFoundInBlocks) {
  EXPECT_EQ(typoIn("def f():\n    x = 1\n    if x:\n        retrun x\n"), "return 4:9");
  EXPECT_EQ(typoIn("if x:\n    y\nesle:\n    z\n"), "else 3:1");
}

TEST(KeywordTypo, IsFoundBehindCompoundStatements) {
  EXPECT_EQ(typoIn("while x:\n    y\nelse:\n    retrun x\n"), "none");
  EXPECT_EQ(typoIn("while x:\n    y\nelse:\n    dle x\n"), "del 4:5");
  EXPECT_EQ(typoIn("if x:\n    if y: z\n    w\n    dle x\n"), "del 4:5");
  EXPECT_EQ(typoIn("try:\n    x\nexcept y:\n    z\nfinlaly:\n    w\n"), "finally 5:1");
}

TEST(KeywordTypo, IsNotGuessed) {
  EXPECT_EQ(typoIn("f(a b)\n"), "none");
  EXPECT_EQ(typoIn("x y z\n"), "none");
  EXPECT_EQ(typoIn("whiel x\n"), "none");
}

} // namespace
} // namespace pyc::test
