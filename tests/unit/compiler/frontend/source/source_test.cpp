#include "compiler/frontend/source/source.h"

#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

struct Read {
  Source source;
  std::string error;
};

Read read(std::string bytes, SourceForm form = SourceForm::File, size_t maxBytes = 1000) {
  Read result;
  DiagnosticSink sink;
  readSource(std::move(bytes), "x.py", form, sink, result.source, maxBytes);
  noteExercised(sink);
  result.error = summary(sink.firstError());
  return result;
}

TEST(Source, LineEndsBecomeNewlines) {
  Read result = read("a\r\nb\rc\n\r\nd");
  EXPECT_EQ(result.source.text(), "a\nb\nc\n\nd\n");
  EXPECT_FALSE(result.source.hasFinalNewline());
  EXPECT_EQ(result.source.lineCount(), 5u);
  EXPECT_EQ(result.source.line(3), "c");
  EXPECT_EQ(result.source.line(0), "");
  EXPECT_EQ(result.source.line(6), "");
  EXPECT_EQ(result.source.lineOf(2), 2u);
  EXPECT_TRUE(read("a\n").source.hasFinalNewline());
}

TEST(Source, ColumnsCountCharacters) {
  Read result = read("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x\n");
  EXPECT_EQ(result.source.charColumn(1, 9), 3u);
  EXPECT_EQ(result.source.charColumn(1, 99), 4u);
}

TEST(Source, KnowsTheCommonEncodings) {
  EXPECT_EQ(read("# coding: latin-1\n'\xE9'").source.line(2), "'\xC3\xA9'");
  EXPECT_EQ(read("#!x\n# -*- coding: ISO-8859-1 -*-\n\xE9").source.line(3), "\xC3\xA9");
  EXPECT_EQ(read("# vim: set fileencoding=cp1252 :\n\x80").source.line(2), "\xE2\x82\xAC");
  EXPECT_EQ(read("# coding: KOI8_R\n\xD2").source.line(2), "\xD1\x80");
  EXPECT_EQ(read("# coding: iso-8859-15\n\xA4").source.line(2), "\xE2\x82\xAC");
  EXPECT_EQ(read("# coding: ascii\nx").error, "ok");
  EXPECT_EQ(read("\xEF\xBB\xBF# coding: utf-8\nx").source.line(2), "x");
}

TEST(Source, OnlyTheFirstTwoLinesNameAnEncoding) {
  EXPECT_EQ(read("x\n# coding: foo\n").error, "ok");
  EXPECT_EQ(read("\n\n# coding: foo\n").error, "ok");
  EXPECT_EQ(read("# coding foo, x coding:\n").error, "ok");
  EXPECT_EQ(read("# coding: foo\n", SourceForm::Text).error, "ok");
}

TEST(Source, RejectsWhatIsNotInItsEncoding) {
  EXPECT_EQ(read("# coding: foo\n").error, "SyntaxError 0:-1-0:-1 unknown encoding: foo");
  EXPECT_EQ(read("\xEF\xBB\xBF# coding: latin-1\n").error,
            "SyntaxError 1:0-1:17 encoding problem: iso-8859-1 with BOM");
  EXPECT_EQ(read("x = '\xC3\xA9 \xE9"
                 "abc'\n",
                 SourceForm::Bytes)
                .error,
            "SyntaxError 1:8-1:8 Non-UTF-8 code starting with '\\xe9' on line 1, but no encoding "
            "declared; see https://peps.python.org/pep-0263/ for details");
  EXPECT_EQ(read("\xED\xA0\x80\n").error.substr(0, 68),
            "SyntaxError 1:1-1:1 Non-UTF-8 code starting with '\\xed' in file x.py");
  EXPECT_EQ(
      read("# coding: ascii\n\xC3\xA9").error,
      "SyntaxError 0:-1-0:-1 'ascii' codec can't decode byte 0xc3 in position 16: ordinal not "
      "in range(128)");
  EXPECT_EQ(
      read("# coding: cp1252\n\x81").error,
      "SyntaxError 0:-1-0:-1 'charmap' codec can't decode byte 0x81 in position 17: character "
      "maps to <undefined>");
}

TEST(Source, RejectsNullBytesAndTooMuch) {
  EXPECT_EQ(read(std::string("a\nb\0c", 5)).error,
            "SyntaxError 2:2-2:2 source code cannot contain null bytes");
  EXPECT_EQ(read(std::string("\0", 1), SourceForm::Text).error,
            "SyntaxError 0:0-0:0 source code string cannot contain null bytes");
  EXPECT_EQ(read(std::string(1001, 'x')).error, "SyntaxError 1:0-1:0 source code is too large");
}

} // namespace
} // namespace pyc::test
