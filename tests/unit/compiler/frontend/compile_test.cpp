// compileSource as a whole: modes, options, determinism, limits.
#include "compile_helper.h"

#include <cstring>

namespace pyc {
namespace {

uop::ImageView viewOf(const CompileResult& result) {
  return uop::ImageView(result.image.data());
}

TEST(Compile, GivesEqualBytesForEqualSources) {
  std::string text =
      "def f(a, *b, c=(1, 'x'), **d):\n  return [a for a in b if a] + [0.5, 1 << 70]\n";
  EXPECT_EQ(compileText(text).image, compileText(text).image);
  EXPECT_NE(compileText(text).image, compileText("x").image);
}

TEST(Compile, HeaderDescribesTheImage) {
  CompileResult result = compileText("def f(): pass\nclass A:\n  def g(self): pass\n");
  const uop::ImageHeader& header = viewOf(result).header();
  EXPECT_EQ(header.size, result.image.size() * 8);
  EXPECT_EQ(header.codeCount, 4u);
  EXPECT_EQ(header.hash, uop::hashImage(&header + 1, header.size - sizeof header));
  EXPECT_EQ(viewOf(result).root().index, 0u);
  EXPECT_EQ(viewOf(result).string(viewOf(result).code(3).qualifiedName), "A.g");
}

TEST(Compile, ExpressionModeReturnsItsValue) {
  CompileOptions options;
  options.mode = ParseMode::Expression;
  EXPECT_TRUE(contains(uopsOf("x + 1", options), "return_value t0"));
  DiagnosticSink sink;
  Source source;
  ASSERT_TRUE(readSource("x = 1", "<test>", SourceForm::Text, sink, source));
  EXPECT_FALSE(compileSource(source, options, sink));
  EXPECT_TRUE(sink.firstError());
}

TEST(Compile, InteractiveModePrints) {
  CompileOptions options;
  options.mode = ParseMode::Interactive;
  EXPECT_TRUE(contains(uopsOf("x\n", options), "intrinsic1 t0, t0, print"));
  EXPECT_FALSE(contains(uopsOf("def f(): x\n\n", options), "print"));
}

TEST(Compile, OptimisationLeavesOutAssertsAndDocstrings) {
  std::string text = "def f():\n  'doc'\n  assert x\n  if __debug__: y\n";
  CompileOptions options;
  EXPECT_TRUE(contains(uopsOf(text, options), "assertion_error"));
  options.optimize = 1;
  EXPECT_FALSE(contains(uopsOf(text, options), "assertion_error"));
  EXPECT_FALSE(contains(uopsOf(text, options), "load_global t0, y"));
  auto hasDocstring = [&] {
    CompileResult result = compileText(text, options);
    return (viewOf(result).code(1).flags & uop::kCodeHasDocstring) != 0;
  };
  EXPECT_TRUE(hasDocstring());
  options.optimize = 2;
  EXPECT_FALSE(hasDocstring());
}

TEST(Compile, FlagsBringFutureFeatures) {
  CompileOptions options;
  EXPECT_FALSE(contains(uopsOf("x: int", options), "setup_annotations"));
  options.futureFlags = 0x1000000;
  EXPECT_TRUE(contains(uopsOf("x: int", options), "setup_annotations"));
}

TEST(Compile, TopLevelAwaitMakesACoroutine) {
  CompileOptions options;
  options.allowTopLevelAwait = true;
  CompileResult result = compileText("await x\nasync with y: [z async for z in w]\n", options);
  EXPECT_TRUE(viewOf(result).root().flags & uop::kCodeCoroutine);
  EXPECT_FALSE(viewOf(compileText("x", options)).root().flags & uop::kCodeCoroutine);
}

TEST(Compile, FileNameIsTheOptionOrTheSource) {
  CompileOptions options;
  auto fileName = [&] {
    CompileResult result = compileText("x", options);
    return std::string(viewOf(result).string(viewOf(result).root().fileName));
  };
  EXPECT_EQ(fileName(), "<test>");
  options.fileName = "other.py";
  EXPECT_EQ(fileName(), "other.py");
}

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i)
    result += text;
  return result;
}

TEST(Compile, DeepTreesAreNoTrouble) {
  compileText("x = " + repeat("-", 2000) + "a\n");
  compileText("x = a" + repeat(" + a", 5000) + "\n");
  compileText("x = a" + repeat(".b(c)", 2000) + "\n");
  compileText("x = " + repeat("[", 150) + "a" + repeat("]", 150) + "\n");
  compileText("x = a" + repeat(" if b else c", 1500) + "\n");
  std::string nested;
  for (int i = 0; i < 90; ++i)
    nested += std::string(static_cast<size_t>(i), ' ') + "if a:\n";
  compileText(nested + std::string(90, ' ') + "b\n");
}

TEST(Compile, LongDisplaysNeedFewTemporaries) {
  CompileResult result =
      compileText("x = [" + repeat("a, ", 50000) + "]\n" + "y = {" + repeat("a: b, ", 30000) +
                  "}\n" + "f(" + repeat("a, ", 40000) + ")\n" + "f(" + repeat("a, ", 400) + "*b" +
                  ")\n" + "z = f'" + repeat("{a}b", 3000) + "'\n");
  EXPECT_LT(viewOf(result).root().temporaryCount, 1000u);
}

TEST(Compile, ConstantsAreSharedByTypeAndValue) {
  CompileResult result = compileText("x = (1, True, 1.0, 0.0, -0.0, 'a', b'a', 1, 'a', (1, 'a'))");
  const uop::CodeRecord& code = viewOf(result).root();
  std::string constants;
  for (uint32_t i = 0; i < code.constantCount; ++i)
    constants += uop::constantText(viewOf(result),
                                   viewOf(result).array<uop::ConstRecord>(code.constants)[i]) +
                 ";";
  EXPECT_EQ(constants, "(1, True, 1.0, 0.0, -0.0, 'a', b'a', 1, 'a', (1, 'a'));None;");
  result = compileText("f(1); f(1); f(1.0); f(True); f(0.0); f(-0.0); f(0.0)");
  EXPECT_EQ(viewOf(result).root().constantCount, 6u); // and None
}

TEST(Compile, LargeIntegersAreHexadecimal) {
  EXPECT_TRUE(contains(uopsOf("123456789012345678901234567890123456789012345678901234567890"), ""));
  EXPECT_TRUE(contains(uopsOf("x = 12345678901234567890123456789012345678901234567890"),
                       "load_const t0, 0x8727f6369aaf83ca15026747af8c7f196ce3f0ad2"));
  EXPECT_TRUE(contains(uopsOf("x = -0xFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FF"),
                       "load_const t0, -0xffffffffffffffffffffffffffffffffff"));
  EXPECT_TRUE(contains(uopsOf("x = 9223372036854775808"), "load_const t0, 0x8000000000000000"));
  EXPECT_TRUE(contains(uopsOf("x = -9223372036854775808"), "load_const t0, -9223372036854775808"));
}

} // namespace
} // namespace pyc
