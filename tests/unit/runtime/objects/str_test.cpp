#include "runtime/objects/str.h"

#include "runtime/objects/protocol.h"
#include "runtime/objects/runtime.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace pyc::rt {
namespace {

// Before any test of the program starts the runtime.
const bool kSeeded = setenv("PYTHONHASHSEED", "42", 1) == 0;

class StrTest : public testing::Test {
protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(kSeeded);
    initRuntime();
  }
  static std::string text(Value str) {
    std::string storage;
    return std::string(utf8View(str, storage));
  }
  static int64_t hashOf(const char* utf8) {
    Ref str = makeStr(utf8);
    return strHash(str.as<StrObject>());
  }
};

TEST_F(StrTest, TakesTheNarrowestKind) {
  struct {
    const char* utf8;
    StrKind kind;
    int64_t length;
  } cases[] = {{"hello", StrKind::Ascii, 5},
               {"h\u00e4llo", StrKind::Latin1, 5},
               {"\u20acx", StrKind::Ucs2, 2},
               {"\U0001F600 smile", StrKind::Ucs4, 7}};
  for (auto& c : cases) {
    Ref str = makeStr(c.utf8);
    EXPECT_EQ(str.as<StrObject>()->kind(), c.kind);
    EXPECT_EQ(str.as<StrObject>()->length, c.length);
    EXPECT_EQ(text(str), c.utf8);
  }
}

TEST_F(StrTest, NarrowsSlices) {
  Ref str = makeStr("abc\u20ac\u00e4");
  EXPECT_EQ(strSlice(str.as<StrObject>(), 0, 3).as<StrObject>()->kind(), StrKind::Ascii);
  EXPECT_EQ(strSlice(str.as<StrObject>(), 4, 5).get(), Value(latin1Char(0xE4)));
  EXPECT_EQ(strSlice(str.as<StrObject>(), 2, 2).get(), Value(names::empty));
  EXPECT_EQ(strSlice(str.as<StrObject>(), 0, 99).get(), str.get());
}

// The values are CPython 3.15's.
TEST_F(StrTest, HashesAsCPythonDoesForTheSameSeed) {
  EXPECT_EQ(hashOf(""), 0);
  EXPECT_EQ(hashOf("hello world"), -3893157060480277979);
  EXPECT_EQ(hashOf("h\u00e4llo"), -7015841386082741444);
  EXPECT_EQ(hashOf("\u20acx"), 5570975265233553142);
  EXPECT_EQ(hashOf("\U0001F600"), 6601963133753205906);
  const int64_t ofPrefixes[] = {-123207753977932514,  -8834603240454725574, 3869580338025362921,
                                -4689723836515493960, -879317507806713150,  2094780435334052225,
                                1375323160596907757,  -5457871895989710762, -5970266004662334337};
  const std::string text = "abcdefghi";
  for (size_t i = 0; i < text.size(); ++i)
    EXPECT_EQ(hashOf(text.substr(0, i + 1).c_str()), ofPrefixes[i]);
}

TEST_F(StrTest, InternsOnce) {
  EXPECT_EQ(internLiteral("__init__"), names::__init__);
  Ref copy = makeStr("__iter__");
  EXPECT_EQ(internStr(copy.as<StrObject>()), names::__iter__);
  EXPECT_EQ(internLiteral("x"), latin1Char('x'));
  EXPECT_EQ(internLiteral(""), names::empty);
  for (int i = 0; i < 3000; ++i) {
    std::string name = "name" + std::to_string(i);
    StrObject* interned = internLiteral(name);
    Ref same = makeStr(name);
    EXPECT_EQ(internStr(same.as<StrObject>()), interned);
    EXPECT_TRUE(interned->isInterned());
  }
}

TEST_F(StrTest, AppendsInPlaceOnlyWhenUnshared) {
  Ref str = makeStr("ab");
  Ref other = Ref::copy(str);
  Ref piece = makeStr("cd");
  str = strAppend(std::move(str), piece);
  EXPECT_EQ(text(str), "abcd");
  EXPECT_EQ(text(other), "ab");
  for (int i = 0; i < 1000; ++i)
    str = strAppend(std::move(str), piece);
  EXPECT_EQ(str.as<StrObject>()->length, 2004);
  Ref wide = makeStr("\u20ac");
  str = strAppend(std::move(str), wide);
  EXPECT_EQ(str.as<StrObject>()->kind(), StrKind::Ucs2);
  EXPECT_EQ(str.as<StrObject>()->length, 2005);
}

TEST_F(StrTest, AppendForgetsTheHash) {
  Ref str = makeStr("hello");
  strHash(str.as<StrObject>());
  Ref rest = makeStr(" world");
  str = strAppend(std::move(str), rest);
  EXPECT_EQ(strHash(str.as<StrObject>()), -3893157060480277979);
}

TEST_F(StrTest, BuildsInAnyKind) {
  StrBuilder builder;
  builder.append("abc");
  builder.appendChar(0xE4);
  builder.appendRepeated('-', 3);
  builder.append("\u20ac");
  builder.appendChar(0x1F600);
  Ref str = builder.finish();
  EXPECT_EQ(text(str), "abc\u00e4---\u20ac\U0001F600");
  EXPECT_EQ(str.as<StrObject>()->kind(), StrKind::Ucs4);
  builder.append("x");
  EXPECT_EQ(builder.finish().get(), Value(latin1Char('x')));
  EXPECT_EQ(builder.finish().get(), Value(names::empty));
}

TEST_F(StrTest, ReprEscapesWhatCannotBePrinted) {
  auto reprOf = [&](const char* utf8) {
    Ref str = makeStr(utf8);
    return text(strRepr(str.as<StrObject>()));
  };
  EXPECT_EQ(reprOf("it's"), "\"it's\"");
  EXPECT_EQ(reprOf("'\""), "'\\'\"'");
  EXPECT_EQ(reprOf("\t\x01\x7f\u00ad"), "'\\t\\x01\\x7f\\xad'");
  EXPECT_EQ(reprOf("\u20ac\u2028"), "'\u20ac\\u2028'");
  EXPECT_EQ(reprOf("\xed\xa0\x80"), "'\\ud800'");
  Ref smile = makeStr("\u00e4\U0001F600");
  EXPECT_EQ(text(strAscii(smile.as<StrObject>())), "'\\xe4\\U0001f600'");
}

} // namespace
} // namespace pyc::rt
