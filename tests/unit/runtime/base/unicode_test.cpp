#include "runtime/base/unicode/unicode.h"
#include "runtime/base/unicode/unicode_names.h"

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

TEST(UnicodeNames, KnowsCharactersByName) {
  struct {
    uint32_t codePoint;
    const char* name;
  } cases[] = {{'A', "LATIN CAPITAL LETTER A"},
               {' ', "SPACE"},
               {0x2022, "BULLET"},
               {0x4E00, "CJK UNIFIED IDEOGRAPH-4E00"},
               {0x2A700, "CJK UNIFIED IDEOGRAPH-2A700"},
               {0xAC00, "HANGUL SYLLABLE GA"},
               {0xD7A3, "HANGUL SYLLABLE HIH"},
               {0xC544, "HANGUL SYLLABLE A"},
               {0x1F600, "GRINNING FACE"},
               {0x1180, "HANGUL JUNGSEONG O-E"},
               {0xE01EF, "VARIATION SELECTOR-256"}};
  for (auto& c : cases) {
    std::string name;
    EXPECT_TRUE(unicodeName(c.codePoint, name));
    EXPECT_EQ(name, c.name);
    uint32_t found = 0;
    EXPECT_TRUE(unicodeByName(c.name, found)) << c.name;
    EXPECT_EQ(found, c.codePoint);
  }
}

TEST(UnicodeNames, FindsEveryNameAgain) {
  std::string name;
  unsigned named = 0;
  for (uint32_t c = 0; c < 0x110000; ++c) {
    if (!unicodeName(c, name))
      continue;
    ++named;
    if (c % 97 != 0) // looking all of them up takes seconds
      continue;
    uint32_t found = 0;
    ASSERT_TRUE(unicodeByName(name, found)) << name;
    ASSERT_EQ(found, c);
  }
  EXPECT_EQ(named, 159801u); // Unicode 17
}

TEST(UnicodeNames, KnowsAliasesAndRefusesOthers) {
  uint32_t found = 0;
  EXPECT_TRUE(unicodeByName("line feed", found));
  EXPECT_EQ(found, 10u);
  EXPECT_TRUE(unicodeByName("VS256", found));
  EXPECT_EQ(found, 0xE01EFu);
  std::string name;
  EXPECT_FALSE(unicodeName(10, name));
  EXPECT_FALSE(unicodeName(0xE000, name));
  for (const char* wrong :
       {"", "A", "LATIN CAPITAL LETTER", "LATIN CAPITAL LETTER A ", "CJK UNIFIED IDEOGRAPH-0041",
        "CJK UNIFIED IDEOGRAPH-04E00", "HANGUL SYLLABLE XYZ"})
    EXPECT_FALSE(unicodeByName(wrong, found)) << wrong;
}

} // namespace
} // namespace pyc
