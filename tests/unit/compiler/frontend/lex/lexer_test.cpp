#include "compiler/frontend/lex/lexer.h"

#include "compiler/frontend/lex/token_dump.h"
#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

/// The kinds and texts of the tokens, one after another.
std::string kinds(std::string text) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(std::move(text), "", SourceForm::Text, sink, source));
  std::string out;
  for (const Token& token : lex(source).tokens) {
    if (!out.empty())
      out += ' ';
    bool isNamed = token.kind < TokenKind::LeftParen;
    out += tokenText(token.kind);
    if (isNamed && token.kind >= TokenKind::Name && token.kind < TokenKind::Error)
      out += ":" + std::string(source.text().substr(token.start, token.end - token.start));
  }
  return out;
}

TEST(Lexer, IndentationBecomesTokens) {
  EXPECT_EQ(kinds("if x:\n  y\n\n  # comment\n  z\nw\n"),
            "if NAME:x : NEWLINE INDENT NAME:y NEWLINE NAME:z NEWLINE DEDENT NAME:w NEWLINE "
            "ENDMARKER");
  EXPECT_EQ(kinds("if x:\n if y:\n  z"),
            "if NAME:x : NEWLINE INDENT if NAME:y : NEWLINE INDENT NAME:z NEWLINE DEDENT DEDENT "
            "ENDMARKER");
}

TEST(Lexer, BracketsAndBackslashesJoinLines) {
  EXPECT_EQ(kinds("(a,\n  b)\nc \\\n  d\n"),
            "( NAME:a , NAME:b ) NEWLINE NAME:c NAME:d NEWLINE ENDMARKER");
}

TEST(Lexer, TakesTheLongestOperator) {
  EXPECT_EQ(kinds("a**=b//c<<=d->e:=f...g!=h"),
            "NAME:a **= NAME:b // NAME:c <<= NAME:d -> NAME:e := NAME:f ... NAME:g != NAME:h "
            "NEWLINE ENDMARKER");
}

TEST(Lexer, NumbersEndWhereTheyMust) {
  EXPECT_EQ(kinds("1_0.5e-3j 0xFFor 1..real"),
            "NUMBER:1_0.5e-3j NUMBER:0xFF or NUMBER:1. . NAME:real NEWLINE ENDMARKER");
}

TEST(Lexer, FormattedStringsAreTakenApart) {
  EXPECT_EQ(kinds("f'a{b!r:>{w}}}}c'"),
            "FSTRING_START:f' FSTRING_MIDDLE:a { NAME:b ! NAME:r : FSTRING_MIDDLE:> { NAME:w } "
            "FSTRING_MIDDLE: } FSTRING_MIDDLE:}} FSTRING_MIDDLE:c FSTRING_END:' NEWLINE ENDMARKER");
  EXPECT_EQ(
      kinds("t'''{f'{'x'}'}\n'''"),
      "TSTRING_START:t''' { FSTRING_START:f' { STRING:'x' } FSTRING_END:' } TSTRING_MIDDLE:\n "
      "TSTRING_END:''' NEWLINE ENDMARKER");
}

TEST(Lexer, WordsThatAreNoPrefixesAreNames) {
  EXPECT_EQ(kinds("rb'' br'' fr'' rt'' u'' kf'' ff''"),
            "STRING:rb'' STRING:br'' FSTRING_START:fr' FSTRING_END:' TSTRING_START:rt' "
            "TSTRING_END:' STRING:u'' NAME:kf STRING:'' NAME:ff STRING:'' NEWLINE ENDMARKER");
}

TEST(Lexer, EndsWithWhatIsWrong) {
  EXPECT_EQ(kinds("a 'b"), "NAME:a ERRORTOKEN");
  EXPECT_EQ(kinds("(a"), "( NAME:a ERRORTOKEN");
}

TEST(Lexer, DumpShowsPlacesAndTexts) {
  Source source("x.py", "x = '''a\nb''' # c\n");
  DiagnosticSink sink;
  EXPECT_EQ(dumpTokens(source, lex(source)), "1,0-1,1: NAME 'x'\n"
                                             "1,2-1,3: OP '='\n"
                                             "1,4-2,4: STRING \"'''a\\nb'''\"\n"
                                             "2,5-2,9: NEWLINE '# c\\n'\n"
                                             "3,0-3,0: ENDMARKER ''\n");
}

TEST(Lexer, LimitsNesting) {
  EXPECT_EQ(errorOf(std::string(200, '(') + std::string(200, ')')), "ok");
  EXPECT_EQ(errorOf(std::string(201, '(')), "SyntaxError 1:201-1:201 too many nested parentheses");
  std::string blocks;
  for (int depth = 0; depth < 100; ++depth)
    blocks += std::string(size_t(depth), ' ') + "if x:\n";
  blocks += std::string(100, ' ') + "y\n";
  EXPECT_EQ(errorOf(blocks), "IndentationError 101:1-101:0 too many levels of indentation");
  std::string strings;
  for (int depth = 0; depth < 150; ++depth)
    strings += "f'{";
  EXPECT_EQ(errorOf(strings), "SyntaxError 1:449-1:449 too many nested f-strings or t-strings");
}

} // namespace
} // namespace pyc::test
