#include "compiler/frontend/lex/identifier.h"

#include <gtest/gtest.h>

namespace pyc {
namespace {

TEST(Identifier, KeywordsAreReserved) {
  EXPECT_EQ(keywordKind("for"), TokenKind::KwFor);
  EXPECT_EQ(keywordKind("False"), TokenKind::KwFalse);
  EXPECT_EQ(keywordKind("nonlocal"), TokenKind::KwNonlocal);
  for (std::string_view name : {"false", "fork", "match", "lazy", "type", "_", "f", "print"})
    EXPECT_EQ(keywordKind(name), TokenKind::Name) << name;
}

TEST(Identifier, UnicodeLettersAndMarksCount) {
  size_t badAt;
  EXPECT_TRUE(isIdentifier("\xC3\xA9t\xC3\xA9", badAt)); // été
  EXPECT_TRUE(isIdentifier("a\xCC\x81", badAt));         // a combining mark
  EXPECT_FALSE(isIdentifier("\xCC\x81"
                            "a",
                            badAt)); // ... cannot begin a name
  EXPECT_EQ(badAt, 0u);
  EXPECT_FALSE(isIdentifier("a\xE2\x82\xAC", badAt)); // a€
  EXPECT_EQ(badAt, 1u);
}

TEST(Identifier, NormalisesToNfkc) {
  EXPECT_EQ(normaliseIdentifier("\xEF\xAC\x81"), "fi");    // the ligature
  EXPECT_EQ(normaliseIdentifier("e\xCC\x81"), "\xC3\xA9"); // composed
  EXPECT_EQ(normaliseIdentifier("\xF0\x9D\x94\x98"), "U"); // a letter of fraktur
}

} // namespace
} // namespace pyc
