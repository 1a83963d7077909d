// Anchors in expressions, shown as the carets that result.
#include "runtime/objects/caret_anchors.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

/// The anchors of one line as carets; "" when it has none.
std::string carets(std::u32string_view line) {
  auto anchors = findCaretAnchors({std::u32string(line)});
  if (!anchors)
    return "";
  std::string result(line.size(), '~');
  for (size_t i = anchors->leftColumn; i < anchors->rightColumn; i++)
    result[i] = '^';
  return result;
}

TEST(CaretAnchorsTest, OperatorOfABinaryOperation) {
  EXPECT_EQ(carets(U"a + b"), "~~^~~");
  EXPECT_EQ(carets(U"a+b"), "~^~");
  EXPECT_EQ(carets(U"a // b"), "~~^^~~");
  EXPECT_EQ(carets(U"a + b * c"), "~~^~~~~~~");
  EXPECT_EQ(carets(U"a * b + c"), "~~~~~~^~~");
  EXPECT_EQ(carets(U"a - b - c"), "~~~~~~^~~");
  EXPECT_EQ(carets(U"a ** b ** c"), "~~^^~~~~~~~");
  EXPECT_EQ(carets(U"-a * b"), "~~~^~~");
  EXPECT_EQ(carets(U"f(x)[1] @ g"), "~~~~~~~~^~~");
  EXPECT_EQ(carets(U"1e-5 / 0"), "~~~~~^~~");
  EXPECT_EQ(carets(U"'%d' % x"), "~~~~~^~~");
  EXPECT_EQ(carets(U"(a + b) * c"), "~~~~~~~~^~~");
  EXPECT_EQ(carets(U"((a + b))"), "~~~~^~~~~");
  EXPECT_EQ(carets(U"await f() + 1"), "~~~~~~~~~~^~~");
}

TEST(CaretAnchorsTest, SecondCharacterUnlessTheRightOperands) {
  EXPECT_EQ(carets(U"a+(b)"), "~^^~~");
  EXPECT_EQ(carets(U"a+(1, 2)"), "~^~~~~~~");
  EXPECT_EQ(carets(U"a+-b"), "~^~~");
  EXPECT_EQ(carets(U"x+(a)*b"), "~^~~~~~");
}

TEST(CaretAnchorsTest, BracketsOfSubscriptsAndCalls) {
  EXPECT_EQ(carets(U"a[1]"), "~^^^");
  EXPECT_EQ(carets(U"a[1][2]"), "~~~~^^^");
  EXPECT_EQ(carets(U"f(x, y)"), "~^^^^^^");
  EXPECT_EQ(carets(U"a.b(c).d(e)"), "~~~~~~~~^^^");
  EXPECT_EQ(carets(U"(f)(x)"), "~~~^^^");
  EXPECT_EQ(carets(U"f(\")\", ']')"), "~^^^^^^^^^^");
  EXPECT_EQ(carets(U"f(f'{x[\"a\"]}')"), "~^^^^^^^^^^^^^");
}

TEST(CaretAnchorsTest, OtherExpressionsHaveNone) {
  for (const char32_t* line : {U"a",
                               U"a.b",
                               U"[1, 2]",
                               U"(1, 2)",
                               U"{1: 2}",
                               U"-a",
                               U"-a ** b",
                               U"not a",
                               U"a < b",
                               U"a and b",
                               U"a if b else c",
                               U"lambda: x",
                               U"a, b",
                               U"await f()",
                               U"yield x",
                               U"*a",
                               U"x := 1",
                               U"(x for x in y)",
                               U"raise E(x)",
                               U"x = f(y)",
                               U"x += y",
                               U"assert f(x)",
                               U"for a in b:",
                               U"import a",
                               U"1",
                               U"'a'",
                               U"f(",
                               U"a b)",
                               U""})
    EXPECT_EQ(carets(line), "") << std::string(line, line + std::u32string_view(line).size());
}

TEST(CaretAnchorsTest, SegmentsOfSeveralLines) {
  auto anchors = findCaretAnchors({U"(a", U"  # not + this", U" + \\", U"b)"});
  ASSERT_TRUE(anchors.has_value());
  EXPECT_EQ(anchors->leftLine, 2u);
  EXPECT_EQ(anchors->leftColumn, 1u);
  anchors = findCaretAnchors({U"f(a,", U"  '''x", U"  )''', b)"});
  ASSERT_TRUE(anchors.has_value());
  EXPECT_EQ(anchors->leftColumn, 1u);
  EXPECT_EQ(anchors->rightLine, 2u);
  EXPECT_EQ(anchors->rightColumn, 10u);
  EXPECT_TRUE(anchors->calleeIsName);
}

} // namespace
} // namespace pyc::rt
