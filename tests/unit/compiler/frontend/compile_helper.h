// What the frontend's tests share.
#pragma once

#include "compiler/frontend/compile.h"
#include "dialects/uop/disassemble.h"
#include "dialects/uop/verify.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace pyc {

/// The image of a program that has to compile; verified.
inline CompileResult compileText(std::string_view text, const CompileOptions& options = {}) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(std::string(text), "<test>", SourceForm::Text, sink, source));
  CompileResult result = compileSource(source, options, sink);
  EXPECT_TRUE(result) << text << "\n" << (sink.firstError() ? sink.firstError()->message : "");
  if (result)
    EXPECT_EQ(uop::verifyImage(result.image.data(), result.image.size() * 8), "") << text;
  return result;
}

/// Its uops as text.
inline std::string uopsOf(std::string_view text, const CompileOptions& options = {}) {
  CompileResult result = compileText(text, options);
  return result ? uop::disassemble(uop::ImageView(result.image.data())) : "";
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

} // namespace pyc
