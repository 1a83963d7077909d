#include "compiler/frontend/diag/render.h"

#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

std::string python(std::string_view text) {
  Parsed parsed = parseText(text);
  return renderPython(parsed.error(), parsed.source);
}

std::string compiler(std::string_view text) {
  Parsed parsed = parseText(text);
  return renderCompiler(parsed.error(), parsed.source);
}

TEST(RenderPython, ShowsTheLineAndCarets) {
  EXPECT_EQ(python("if x:\n    f(a b)\n"), "  File \"<string>\", line 2\n"
                                           "    f(a b)\n"
                                           "      ^^^\n"
                                           "SyntaxError: invalid syntax. Perhaps you forgot a "
                                           "comma?\n");
}

TEST(RenderPython, HasNoCaretBeforeTheText) {
  EXPECT_EQ(python("  x\n"), "  File \"<string>\", line 1\n"
                             "    x\n"
                             "IndentationError: unexpected indent\n");
}

TEST(RenderPython, CaretsOfSeveralLinesEndWithTheFirst) {
  EXPECT_EQ(python("x = f(1,\n  2 3,\n  4)\n(a +\n b) = c\n"),
            "  File \"<string>\", line 2\n"
            "    2 3,\n"
            "    ^^^\n"
            "SyntaxError: invalid syntax. Perhaps you "
            "forgot a comma?\n");
}

TEST(RenderPython, WideCharactersTakeTwoCarets) {
  EXPECT_EQ(python("x = \"\xE6\xBC\xA2\" 1 2\n"), "  File \"<string>\", line 1\n"
                                                  "    x = \"\xE6\xBC\xA2\" 1 2\n"
                                                  "             ^\n"
                                                  "SyntaxError: invalid syntax\n");
}

TEST(RenderPython, NamesTheKeywordThatIsMeant) {
  EXPECT_EQ(python("x = 1\nfro y in x:\n    pass\n"), "  File \"<string>\", line 2\n"
                                                      "    fro y in x:\n"
                                                      "    ^^^\n"
                                                      "SyntaxError: invalid syntax. Did you mean "
                                                      "'for'?\n");
}

TEST(RenderCompiler, HasPlaceCaretAndHint) {
  EXPECT_EQ(compiler("whlie x:\n    pass\n"), "<string>:1:1: error: invalid syntax\n"
                                              "    whlie x:\n"
                                              "    ^~~~~\n"
                                              "hint: did you mean 'while'?\n");
  EXPECT_EQ(compiler("\tx = $\n"), "<string>:1:1: error: unexpected indent\n"
                                   "    x = $\n");
}

} // namespace
} // namespace pyc::test
