#include "runtime/base/unicode/unicode.h"

#include <gtest/gtest.h>

namespace pyc {
namespace {

TEST(Unicode, TellsProperties) {
  EXPECT_TRUE(hasUnicodeFlag('a', kUnicodeAlpha));
  EXPECT_TRUE(hasUnicodeFlag(0x3A3, kUnicodeUpper));
  EXPECT_TRUE(hasUnicodeFlag(0x1C5, kUnicodeTitle));
  EXPECT_TRUE(hasUnicodeFlag(0x2028, kUnicodeLineBreak));
  EXPECT_TRUE(isUnicodeSpace(0x3000));
  EXPECT_FALSE(isUnicodePrintable(0xAD));
  EXPECT_FALSE(isUnicodePrintable(0x10FFFF));
  EXPECT_TRUE(hasUnicodeFlag('_', kUnicodeIdStart));
  EXPECT_FALSE(hasUnicodeFlag('1', kUnicodeIdStart));
  EXPECT_TRUE(hasUnicodeFlag('1', kUnicodeIdContinue));
}

TEST(Unicode, NarrowFlagsAreThoseOfTheTable) {
  for (uint32_t c = 0; c < 256; ++c)
    EXPECT_EQ(kUnicodeLatin1Flags[c], unicodeRecord(c).flags) << c;
}

TEST(Unicode, MapsCase) {
  EXPECT_EQ(unicodeLower('A').codes[0], uint32_t('a'));
  CaseMapping sharp = unicodeUpper(0xDF);
  ASSERT_EQ(sharp.count, 2u);
  EXPECT_EQ(sharp.codes[0], uint32_t('S'));
  EXPECT_EQ(sharp.codes[1], uint32_t('S'));
  EXPECT_EQ(unicodeUpper(0xFF).codes[0], 0x178u);
  EXPECT_EQ(unicodeTitle(0x1C6).codes[0], 0x1C5u);
  EXPECT_EQ(unicodeFold(0x1E9E).count, 2u);
  EXPECT_EQ(unicodeUpper(0x390).count, 3u);
  EXPECT_EQ(unicodeSimpleLower(0x130), uint32_t('i'));
}

TEST(Unicode, ReadsDigitsOfAllScripts) {
  EXPECT_EQ(unicodeDecimal('7'), 7);
  EXPECT_EQ(unicodeDecimal('a'), -1);
  EXPECT_EQ(unicodeDecimal(0x0664), 4);
  EXPECT_EQ(unicodeDecimal(0x1D7FF), 9);
  EXPECT_EQ(unicodeDecimal(0xB2), -1);
  EXPECT_EQ(unicodeRecord(0xB2).digit, 2);
}

} // namespace
} // namespace pyc
