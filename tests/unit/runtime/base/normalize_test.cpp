#include "runtime/base/unicode/normalize.h"

#include <gtest/gtest.h>

#include <string>

namespace pyc {
namespace {

std::u32string normalized(NormalForm form, std::u32string_view text, Ucd ucd = Ucd::Latest) {
  std::vector<uint32_t> codes(text.begin(), text.end());
  normalize(ucd, form, codes);
  return {codes.begin(), codes.end()};
}

TEST(Normalize, ComposesAndDecomposes) {
  EXPECT_EQ(normalized(NormalForm::C, U"e\u0301"), U"\u00e9");
  EXPECT_EQ(normalized(NormalForm::D, U"\u1e69"), U"s\u0323\u0307");
  EXPECT_EQ(normalized(NormalForm::C, U"s\u0307\u0323"), U"\u1e69");
  EXPECT_EQ(normalized(NormalForm::KC, U"\ufb01\u00b2"), U"fi2");
  EXPECT_EQ(normalized(NormalForm::C, U"\u212b\u0344"), U"\u00c5\u0308\u0301");
}

TEST(Normalize, ComputesHangulSyllables) {
  EXPECT_EQ(normalized(NormalForm::D, U"\uac01"), U"\u1100\u1161\u11a8");
  EXPECT_EQ(normalized(NormalForm::C, U"\u1100\u1161\u11a8"), U"\uac01");
  EXPECT_EQ(normalized(NormalForm::C, U"\u1100\u1161\u11a7"), U"\uac00\u11a7");
}

TEST(Normalize, KnowsTheErrorsOfVersion32) {
  EXPECT_EQ(normalized(NormalForm::C, U"\U0002f868"), U"\u36fc");
  EXPECT_EQ(normalized(NormalForm::C, U"\U0002f868", Ucd::Version32), U"\U0002136a");
  EXPECT_EQ(normalized(NormalForm::D, U"\u1b06", Ucd::Version32), U"\u1b06");
}

TEST(Normalize, IsSureOfWhatCannotChange) {
  const char32_t composed[] = U"na\u00efve", marks[] = U"a\u0323\u0301";
  EXPECT_TRUE(isSurelyNormalized(NormalForm::C, composed, 5));
  EXPECT_FALSE(isSurelyNormalized(NormalForm::D, composed, 5));
  EXPECT_FALSE(isSurelyNormalized(NormalForm::C, marks, 3));
  EXPECT_TRUE(isSurelyNormalized(NormalForm::D, marks, 3));
}

std::string boundaries(std::u32string_view text) {
  GraphemeBreaks breaks;
  std::string result;
  for (char32_t c : text)
    result += breaks.startsAt(c) ? '|' : '.';
  return result;
}

TEST(GraphemeBreaks, KeepClustersTogether) {
  EXPECT_EQ(boundaries(U"ab\u0301\r\nc"), "||.|.|");
  EXPECT_EQ(boundaries(U"\U0001f468\u200d\U0001f469\U0001f469"), "|..|");
  EXPECT_EQ(boundaries(U"\U0001f1e6\U0001f1e7\U0001f1e8x"), "|.||");
  EXPECT_EQ(boundaries(U"\u0915\u094d\u200d\u0937\u0915"), "|...|");
  EXPECT_EQ(boundaries(U"\u1100\u1161\u11a8\u1100"), "|..|");
}

} // namespace
} // namespace pyc
