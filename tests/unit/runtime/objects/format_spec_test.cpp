#include "runtime/objects/format_spec.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/runtime.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

class FormatSpecTest : public testing::Test {
protected:
  static void SetUpTestSuite() { initRuntime(); }

  static FormatSpec parse(const char* text) {
    Ref str = makeStr(text);
    FormatSpec spec;
    EXPECT_TRUE(parseFormatSpec(str.as<StrObject>(), Value::fromInt(1), 'd', '>', spec)) << text;
    return spec;
  }
  static bool isRefused(const char* text) {
    Ref str = makeStr(text);
    FormatSpec spec;
    return !parseFormatSpec(str.as<StrObject>(), Value::fromInt(1), 'd', '>', spec) &&
           catchRaised(valueErrorType);
  }
  static std::string layOut(const NumberText& number, const char* specText) {
    return std::string(formatNumber(number, parse(specText)).as<StrObject>()->asciiView());
  }
};

TEST_F(FormatSpecTest, ReadsEveryPart) {
  FormatSpec spec = parse("*^+z#020_.5,f");
  EXPECT_EQ(spec.fill, uint32_t('*'));
  EXPECT_EQ(spec.align, '^');
  EXPECT_EQ(spec.sign, '+');
  EXPECT_TRUE(spec.noNegativeZero);
  EXPECT_TRUE(spec.alternate);
  EXPECT_EQ(spec.width, 20);
  EXPECT_EQ(spec.grouping, Grouping::Underscore);
  EXPECT_EQ(spec.precision, 5);
  EXPECT_EQ(spec.fractionGrouping, Grouping::Comma);
  EXPECT_EQ(spec.type, uint32_t('f'));
}

TEST_F(FormatSpecTest, ZeroBeforeTheWidthPadsInside) {
  FormatSpec spec = parse("08");
  EXPECT_EQ(spec.fill, uint32_t('0'));
  EXPECT_EQ(spec.align, '=');
  EXPECT_EQ(parse("<08").align, '<');
  EXPECT_EQ(parse("_x").grouping, Grouping::UnderscoreFour);
}

TEST_F(FormatSpecTest, RefusesWhatIsWrong) {
  for (const char* text : {",_", "_,", ",x", ",,", ".", "dd", "99999999999999999999", ".3_n"})
    EXPECT_TRUE(isRefused(text)) << text;
}

TEST_F(FormatSpecTest, LaysOutNumbers) {
  NumberText million{.sign = '-', .digits = "1234567"};
  EXPECT_EQ(layOut(million, ""), "-1234567");
  EXPECT_EQ(layOut(million, ","), "-1,234,567");
  EXPECT_EQ(layOut(million, "12"), "    -1234567");
  EXPECT_EQ(layOut(million, "<12"), "-1234567    ");
  EXPECT_EQ(layOut(million, "^12"), "  -1234567  ");
  EXPECT_EQ(layOut(million, "=12"), "-    1234567");
  EXPECT_EQ(layOut(million, "012"), "-00001234567");
  EXPECT_EQ(layOut(million, "012,"), "-001,234,567");
  EXPECT_EQ(layOut(million, "013,"), "-0,001,234,567");
  NumberText fraction{.digits = "12", .point = true, .fraction = "3456789", .suffix = "%"};
  EXPECT_EQ(layOut(fraction, "+.7_f"), "+12.345_678_9%");
  NumberText hex{.prefix = "0x", .digits = "ff"};
  EXPECT_EQ(layOut(hex, "#010x"), "0x000000ff");
}

} // namespace
} // namespace pyc::rt
