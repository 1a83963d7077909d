#include "dialects/uop/disassemble.h"

#include "compiler/frontend/compile.h"

#include <gtest/gtest.h>

namespace pyc::uop {
namespace {

std::string textOf(const char* program, const DisassembleOptions& options = {}) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(program, "<test>", SourceForm::Text, sink, source));
  CompileResult result = compileSource(source, {}, sink);
  return disassemble(ImageView(result.image.data()), options);
}

TEST(Disassemble, ShowsEachCodeObject) {
  EXPECT_EQ(textOf("def f(a, n):\n"
                   "    for a in a:\n"
                   "        n += a\n"
                   "    return n, 'x'\n"),
            "module <module> (code 0, line 1)\n"
            "     1  load_const t0, None\n"
            "        load_const t1, None\n"
            "        load_const t2, None\n"
            "        load_const t3, None\n"
            "        make_function t0, [t0..t3], <code 1 f>\n"
            "        store_name t0, f\n"
            "        load_const t0, None\n"
            "        return_value t0\n"
            "\n"
            "function f (code 1, line 1)\n"
            "  parameters: a, n\n"
            "     2  get_iter t0, a\n"
            " L1:\n"
            "        for_iter a, t0, L2\n"
            "     3  inplace_add n, n, a\n"
            "        jump_back L1\n"
            " L2:\n"
            "        drop t0\n"
            "     4  move t0, n\n"
            "        load_const t1, 'x'\n"
            "        build_tuple t0, [t0..t1]\n"
            "        return_value t0\n");
}

TEST(Disassemble, OptionsAddColumns) {
  DisassembleOptions options;
  options.offsets = options.positions = options.depths = true;
  std::string text = textOf("x = a +\\\n  b", options);
  EXPECT_NE(text.find("     1      0    0  load_name t0, a  ; 1:4-1:5\n"), text.npos) << text;
  EXPECT_NE(text.find("add t0, t0, t1  ; 1:4-2:3\n"), text.npos) << text;
}

TEST(Disassemble, LocalsOfOneNameAreTold) {
  std::string text = textOf("def f(x): return [x for x in x]");
  EXPECT_NE(text.find("locals: x#1 (hidden)"), text.npos) << text;
  EXPECT_NE(text.find("get_iter t1, x#0"), text.npos) << text;
}

} // namespace
} // namespace pyc::uop
