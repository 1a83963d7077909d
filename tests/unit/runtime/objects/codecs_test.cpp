#include "runtime/objects/codecs.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/runtime.h"

#include <gtest/gtest.h>

#include <random>

namespace pyc::rt {
namespace {

class CodecsTest : public testing::Test {
protected:
  static void SetUpTestSuite() { initRuntime(); }

  static Ref randomStr(std::mt19937& random) {
    constexpr uint32_t kLimits[] = {0x80, 0x100, 0xD800, 0x110000};
    std::u32string text;
    uint32_t limit = kLimits[random() % 4];
    for (unsigned length = random() % 50; length > 0; --length) {
      uint32_t c = random() % limit;
      text += static_cast<char32_t>(isSurrogate(c) ? 'x' : c);
    }
    return makeStrWide(text.data(), static_cast<int64_t>(text.size()), 4);
  }
};

TEST_F(CodecsTest, RoundTripsThroughEveryUnicodeEncoding) {
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    Ref str = randomStr(random);
    for (auto encoding : {Encoding::Utf8, Encoding::Utf16, Encoding::Utf16Le, Encoding::Utf16Be,
                          Encoding::Utf32, Encoding::Utf32Le, Encoding::Utf32Be}) {
      std::string bytes;
      ASSERT_TRUE(encodeText(str.as<StrObject>(), encoding, {}, bytes));
      Ref back = decodeText(bytes, encoding);
      ASSERT_TRUE(back);
      ASSERT_TRUE(strEquals(back.as<StrObject>(), str.as<StrObject>()));
    }
  }
}

TEST_F(CodecsTest, DecodesPiecewise) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    Ref str = randomStr(random);
    std::string bytes;
    ASSERT_TRUE(encodeText(str.as<StrObject>(), Encoding::Utf8, {}, bytes));
    StrBuilder out;
    std::string pending;
    for (size_t at = 0; at < bytes.size();) {
      size_t step = 1 + random() % 7;
      pending += bytes.substr(at, step);
      at += step;
      int64_t consumed;
      Ref piece = decodeText(pending, Encoding::Utf8, {}, &consumed);
      ASSERT_TRUE(piece);
      out.append(piece.get());
      pending.erase(0, static_cast<size_t>(consumed));
    }
    ASSERT_TRUE(pending.empty());
    ASSERT_TRUE(strEquals(out.finish().as<StrObject>(), str.as<StrObject>()));
  }
}

TEST_F(CodecsTest, EscapesUndecodableBytesAndBack) {
  std::mt19937 random(3);
  ErrorHandling escape{ErrorMode::SurrogateEscape, {}};
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 20, '\0');
    for (char& c : bytes)
      c = static_cast<char>(random() % 3 ? random() % 256 : 'a');
    Ref str = decodeText(bytes, Encoding::Utf8, escape);
    ASSERT_TRUE(str);
    std::string back;
    ASSERT_TRUE(encodeText(str.as<StrObject>(), Encoding::Utf8, escape, back));
    ASSERT_EQ(back, bytes);
  }
}

TEST_F(CodecsTest, KnowsItsNames) {
  EXPECT_EQ(findEncoding("utf-8"), Encoding::Utf8);
  EXPECT_EQ(findEncoding("UTF8"), Encoding::Utf8);
  EXPECT_EQ(findEncoding("Latin-1"), Encoding::Latin1);
  EXPECT_EQ(findEncoding("utf 16 le"), Encoding::Utf16Le);
  EXPECT_EQ(findEncoding("cp1252"), Encoding::Other);
  EXPECT_EQ(findEncoding("a name that no encoding has"), Encoding::Other);
}

TEST_F(CodecsTest, RaisesWithTheStretchThatIsWrong) {
  EXPECT_FALSE(decodeText("ab\xe2\x82", Encoding::Utf8));
  EXPECT_TRUE(catchRaised(unicodeDecodeErrorType));
  Ref str = makeStr("a\u20ac\u20ac");
  std::string out;
  EXPECT_FALSE(encodeText(str.as<StrObject>(), Encoding::Ascii, {}, out));
  EXPECT_TRUE(catchRaised(unicodeEncodeErrorType));
}

} // namespace
} // namespace pyc::rt
