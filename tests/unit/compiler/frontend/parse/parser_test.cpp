#include "tests/unit/compiler/frontend/syntax_test.h"

#include "compiler/frontend/parse/ast.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

using namespace ast;

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i)
    out += text;
  return out;
}

constexpr char kTooComplex[] =
    "MemoryError 0:0-0:0 Parser stack overflowed - Python source too complex to parse";

TEST(Parser, DeepNestingIsAnError) {
  for (std::string_view prefix : {"-", "not ", "lambda: ", "1 if 2 else ", "1 ** ", "~"}) {
    EXPECT_EQ(errorOf(repeated(prefix, 500) + "1"), "ok") << prefix;
    EXPECT_EQ(errorOf(repeated(prefix, 10000) + "1"), kTooComplex) << prefix;
  }
  for (std::string_view suffix : {".a", "()", "[0]", " + 1", " * 2"}) {
    EXPECT_EQ(errorOf("x" + repeated(suffix, 5000)), "ok") << suffix;
    EXPECT_EQ(errorOf("x" + repeated(suffix, 10000)), kTooComplex) << suffix;
  }
  EXPECT_EQ(errorOf("if a: b\n" + repeated("elif a: b\n", 5000)), "ok");
  EXPECT_EQ(errorOf("if a: b\n" + repeated("elif a: b\n", 10000)), kTooComplex);
  EXPECT_EQ(errorOf("x" + repeated(" and x", 10000)), "ok");
  EXPECT_EQ(errorOf("x" + repeated(", x", 100000)), "ok");
}

TEST(Parser, WrongNestedCodeTakesNoExponentialTime) {
  for (std::string_view opener :
       {"(", "[", "{", "f(", "a[", "{a: ", "{**a, b: ", "(a, ", "lambda: (", "[*", "-("})
    EXPECT_NE(errorOf(repeated(opener, 60) + "1 2"), "ok") << opener;
  for (std::string_view opener :
       {"try:", "if a:", "with (a, b):", "with (a as b):", "for (a) in b:", "class A(b):"}) {
    std::string blocks;
    for (size_t depth = 0; depth < 60; ++depth)
      blocks += repeated(" ", depth) + std::string(opener) + "\n";
    EXPECT_NE(errorOf(blocks + repeated(" ", 60) + "x y\n"), "ok") << opener;
  }
}

TEST(Parser, ModesTakeWhatTheyShould) {
  ParseOptions options;
  options.mode = ParseMode::Expression;
  EXPECT_EQ(parseText("a, b\n\n", options).result.tree.root->kind, ModKind::Expression);
  EXPECT_NE(errorOf("a = b", options), "ok");
  options.mode = ParseMode::Interactive;
  EXPECT_EQ(parseText("if a:\n  b\n", options).result.tree.root->kind, ModKind::Interactive);
  EXPECT_EQ(errorOf("a; b  # c\n\n# d", options), "ok");
}

TEST(Parser, SaysWhatIsOnlyUnfinished) {
  ParseOptions options;
  options.mode = ParseMode::Interactive;
  options.allowIncompleteInput = true;
  options.dontImplyDedent = true;
  for (std::string_view text : {"if a:", "if a:\n  b", "(", "'''a\n", "x = (1,\n", "@a\n",
                                "def f():\n", "class A", "x \\\n", "try:\n  a\n"})
    EXPECT_EQ(errorOf(text, options).substr(0, 21), "_IncompleteInputError") << text;
  for (std::string_view text : {"a b\n", "if a:\nb\n", "'a\n", ")", "x = \n"})
    EXPECT_EQ(errorOf(text, options).substr(0, 11),
              text == "if a:\nb\n" ? "Indentation" : "SyntaxError")
        << text;
  EXPECT_EQ(errorOf("if a:\n  b\n\n", options), "ok");
}

TEST(Parser, ReadsTheOldInequalityForItsFriends) {
  ParseOptions options;
  options.barryAsFlufl = true;
  EXPECT_EQ(errorOf("a <> b\n", options), "ok");
  EXPECT_EQ(errorOf("a != b\n", options),
            "SyntaxError 1:3-1:5 with Barry as BDFL, use '<>' instead of '!='");
  EXPECT_EQ(errorOf("from __future__ import barry_as_FLUFL\na <> b\n"), "ok");
}

TEST(Parser, LimitsDecimalDigits) {
  ParseOptions options;
  options.maxIntDigits = 20;
  EXPECT_EQ(errorOf("x = " + std::string(20, '9'), options), "ok");
  EXPECT_EQ(errorOf("x = 0x" + std::string(30, 'f'), options), "ok");
  EXPECT_EQ(errorOf("\nx = " + std::string(21, '9'), options).substr(0, 62),
            "SyntaxError 2:0-2:0 Exceeds the limit (20 digits) for integer ");
}

TEST(Parser, AsksForCharacterNames) {
  EXPECT_EQ(errorOf("'\\N{BULLET}'"), "ok");
  ParseOptions options;
  options.characterLookup = nullptr;
  EXPECT_NE(errorOf("'\\N{BULLET}'", options).find("can't load unicodedata"), std::string::npos);
  options.characterLookup = [](std::string_view name, uint32_t& codePoint) {
    codePoint = 0x2022;
    return name == "a bullet";
  };
  Parsed parsed = parseText("'\\N{a bullet}'", options);
  auto& module = cast<Module>(*parsed.result.tree.root);
  auto& statement = cast<Expr>(*module.body[0]);
  EXPECT_EQ(cast<Constant>(*statement.value).value.text, "\xE2\x80\xA2");
}

TEST(Parser, NamesAreInterned) {
  Parsed parsed = parseText("a = b\na.c(b)\n");
  auto& body = cast<Module>(*parsed.result.tree.root).body;
  auto& assign = cast<Assign>(*body[0]);
  auto& call = cast<Call>(*cast<Expr>(*body[1]).value);
  Identifier a = cast<Name>(*assign.targets[0]).id;
  Identifier b = cast<Name>(*assign.value).id;
  EXPECT_EQ(cast<Name>(*cast<Attribute>(*call.func).value).id, a);
  EXPECT_EQ(cast<Name>(*call.args[0]).id, b);
  EXPECT_EQ(a->id, 0u);
  EXPECT_EQ(parsed.result.tree.nameCount, 3u);
}

} // namespace
} // namespace pyc::test
