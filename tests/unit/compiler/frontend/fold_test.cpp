// Constant folding against Python's results.
#include "compile_helper.h"

namespace pyc {
namespace {

/// The constant that `x = EXPRESSION` stores; "" when it is computed at run time.
std::string folded(std::string_view expression) {
  std::string uops = uopsOf("x = " + std::string(expression));
  size_t load = uops.find("load_const t0, ");
  size_t end = uops.find('\n', load);
  bool isStored = uops.compare(end + 1, 22, "        store_name t0,") == 0;
  return isStored ? uops.substr(load + 15, end - load - 15) : "";
}

TEST(Fold, Integers) {
  EXPECT_EQ(folded("7 // -2"), "-4");
  EXPECT_EQ(folded("-7 % 3"), "2");
  EXPECT_EQ(folded("-7 % -3"), "-1");
  EXPECT_EQ(folded("2 ** 10 - 1"), "1023");
  EXPECT_EQ(folded("(-2) ** 3"), "-8");
  EXPECT_EQ(folded("0 ** 0"), "1");
  EXPECT_EQ(folded("1 << 64"), "0x10000000000000000");
  EXPECT_EQ(folded("(1 << 64) - (1 << 64)"), "0");
  EXPECT_EQ(folded("-1 >> 200"), "-1");
  EXPECT_EQ(folded("~5 & 0xFF | 1 ^ 2"), "251");
  EXPECT_EQ(folded("7 / 2"), "3.5");
  EXPECT_EQ(folded("True + True"), "2");
  EXPECT_EQ(folded("True & False"), "False");
  EXPECT_EQ(folded("not 1"), "False");
}

TEST(Fold, Floats) {
  EXPECT_EQ(folded("1.5 * 2"), "3.0");
  EXPECT_EQ(folded("-7.5 // 2"), "-4.0");
  EXPECT_EQ(folded("-7.5 % 2"), "0.5");
  EXPECT_EQ(folded("7.5 % -2"), "-0.5");
  EXPECT_EQ(folded("-0.0 + 0"), "0.0");
  EXPECT_EQ(folded("-0.0"), "-0.0");
  EXPECT_EQ(folded("2 ** 0.5"), "1.4142135623730951");
  EXPECT_EQ(folded("4.0 % 2"), "0.0");
  EXPECT_EQ(folded("-4.0 % 2"), "0.0");
  EXPECT_EQ(folded("4.0 % -2"), "-0.0");
}

TEST(Fold, ComplexAndTexts) {
  EXPECT_EQ(folded("1 + 2j"), "complex(1.0, 2.0)");
  EXPECT_EQ(folded("1 - 2j"), "complex(1.0, -2.0)");
  EXPECT_EQ(folded("2j - 1"), "complex(-1.0, 2.0)");
  EXPECT_EQ(folded("-1j"), "complex(-0.0, -1.0)");
  EXPECT_EQ(folded("'a' 'b' + 'c' * 2"), "'abcc'");
  EXPECT_EQ(folded("b'a' * -1"), "b''");
  EXPECT_EQ(folded("(1, ('a', 2))[1]"), "('a', 2)");
  EXPECT_EQ(folded("(1, 2)[-2]"), "1");
}

TEST(Fold, WhatRaisesOrGrowsIsLeftAlone) {
  for (const char* expression :
       {"1 / 0", "1 // 0", "1 % 0", "1.0 / 0", "0 ** -1", "(-8) ** 0.5", "0.0 ** -1", "1 << 200",
        "1 << -1", "2 ** 200", "'a' * 5000", "(1, 2)[2]", "'a' + 1", "-'a'", "~1.5", "2 ** -1",
        "1 @ 2", "~True", "10 ** 400 + 0.5"})
    EXPECT_EQ(folded(expression), "") << expression;
}

} // namespace
} // namespace pyc
