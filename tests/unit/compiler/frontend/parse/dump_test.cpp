#include "compiler/frontend/parse/dump.h"

#include "compiler/frontend/parse/repr.h"
#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// CPython's own dumps of these files are beside them (update_trees.py).
class SyntaxTree : public testing::TestWithParam<const char*> {};

TEST_P(SyntaxTree, IsWhatCPythonMakes) {
  std::string path = std::string(PYC_TEST_DATA "/trees/") + GetParam();
  DiagnosticSink sink;
  Source source;
  ASSERT_TRUE(readSource(readFile(path + ".py"), path, SourceForm::File, sink, source));
  ParseResult result = parse(source, {}, sink);
  ASSERT_TRUE(result) << summary(sink.firstError());
  bool hasPositions = std::string_view(GetParam()) == "positions";
  EXPECT_EQ(dumpAst(result.tree, {hasPositions}) + "\n", readFile(path + ".tree"));
}

INSTANTIATE_TEST_SUITE_P(Files, SyntaxTree,
                         testing::Values("statements", "expressions", "patterns", "literals",
                                         "formatted_strings", "positions"));

TEST(Repr, StringsAreQuotedAsPythonDoes) {
  EXPECT_EQ(reprOfText("it's"), "\"it's\"");
  EXPECT_EQ(reprOfText("'\""), "'\\'\"'");
  EXPECT_EQ(reprOfText("a\n\x7F\xC2\xA0\xC3\xA9"), "'a\\n\\x7f\\xa0\xC3\xA9'");
  EXPECT_EQ(reprOfText("\xED\xA0\x80"), "'\\ud800'");
}

} // namespace
} // namespace pyc::test
