// Annotations as text. The table's texts are CPython's.
#include "compiler/frontend/emit/unparse.h"

#include "compiler/frontend/parse/parser.h"

#include <gtest/gtest.h>

namespace pyc {
namespace {

std::string unparsed(std::string text) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(text, "<test>", SourceForm::Text, sink, source));
  ParseResult result = parse(source, {.mode = ParseMode::Expression}, sink);
  EXPECT_TRUE(result) << text;
  return result ? unparse(*ast::cast<ast::Expression>(*result.tree.root).body) : "";
}

TEST(Unparse, IsCPythons) {
  static constexpr const char* kCases[][2] = {
      {"a+b*c", "a + b * c"},
      {"(a+b)*c", "(a + b) * c"},
      {"a-(b-c)", "a - (b - c)"},
      {"(a**b)**c", "(a ** b) ** c"},
      {"a**-b", "a ** (-b)"},
      {"-a**b", "-a ** b"},
      {"not(a and b)or c", "not (a and b) or c"},
      {"a if b else(c if d else e)", "a if b else c if d else e"},
      {"lambda a,/,b=1,*c,d,**e:0", "lambda a, /, b=1, *c, d, **e: 0"},
      {"lambda:(yield)", "lambda: (yield)"},
      {"{**a,'b':c}", "{**a, 'b': c}"},
      {"{a,b}", "{a, b}"},
      {"[a for b,c in d if e if f]", "[a for b, c in d if e if f]"},
      {"{a:b for c in d}", "{a: b for c in d}"},
      {"f(a for b in c)", "f(a for b in c)"},
      {"f(a,*b,c=d,**e)", "f(a, *b, c=d, **e)"},
      {"a<b<=c is not d", "a < b <= c is not d"},
      {"a[b:c,::d]", "a[b:c, ::d]"},
      {"a[(b,)]", "a[b,]"},
      {"a[()]", "a[()]"},
      {"(a,)", "(a,)"},
      {"1 .real", "1 .real"},
      {"'it\\'s'", "\"it's\""},
      {"u'a'", "u'a'"},
      {"1e400", "1e309"},
      {"...", "..."},
      {"f'{a!r:>{b}}c{{'", "f'{a!r:>{b}}c{{'"},
      {"t'{a}'", "t'{a}'"},
      {"t'{a+1!r:x{y}}'", "t'{a+1!r:x{y}}'"},
      {"a[*b]", "a[*b,]"},
      {"a[b,*c]", "a[b, *c]"},
      {"-1", "-1"},
      {"~-a", "~-a"},
      {"1j", "1j"},
      {"1e400j", "1e309j"},
      {"[*a for b in c]", "[*a for b in c]"},
      {"{**a for b in c}", "{**a for b in c}"},
      {"f''", "f''"},
      {"f'a'f'b'", "f'ab'"},
      {"f'{a}' 'b'", "f'{a}b'"},
      {"a@b", "a @ b"},
      {"not a", "not a"},
      {"not not a", "not not a"},
      {"a and (b or c)", "a and (b or c)"},
      {"(a and b) and c", "(a and b) and c"},
      {"{}", "{}"},
      {"[]", "[]"},
      {"lambda *,a:0", "lambda*, a: 0"},
      {"lambda *a:0", "lambda*a: 0"},
      {"f'{ {1} }'", "f'{ {1}}'"},
      {"a.b.c", "a.b.c"},
      {"(a+b).c", "(a + b).c"},
      {"(lambda:0)()", "(lambda: 0)()"},
      {"f'{a=}'", "f'a={a!r}'"},
      {"b'x'", "b'x'"},
      {"f(**a)", "f(**a)"},
      {"(a for b in c)", "(a for b in c)"},
      {"a[lambda: 0]", "a[lambda: 0]"},
      {"a if b else lambda: c", "a if b else lambda: c"},
      {"(a if b else c) if d else e", "(a if b else c) if d else e"},
      {"f'{(lambda x: 1)}'", "f'{(lambda x: 1)}'"},
      {"f'{x:{y:z}}'", "f'{x:{y:z}}'"},
  };
  for (const auto& [text, expected] : kCases)
    EXPECT_EQ(unparsed(text), expected);
}

} // namespace
} // namespace pyc
