// Where names are bound. The whole library's symbol tables are compared with CPython's by
// tests/tools/compare_symbols.py.
#include "compiler/frontend/scope/scope.h"

#include "compiler/frontend/parse/parser.h"

#include <gtest/gtest.h>

namespace pyc {
namespace {

struct Built {
  Source source;
  ParseResult parsed;
  NameTable names;
  ScopeTable table;

  explicit Built(std::string text) {
    DiagnosticSink sink;
    EXPECT_TRUE(readSource(std::move(text), "<test>", SourceForm::Text, sink, source));
    parsed = parse(source, {}, sink);
    FutureFeatures future;
    EXPECT_TRUE(parsed && readFutureFeatures(*parsed.tree.root, 0, source, sink, future) &&
                buildScopes(parsed.tree, source, future, names, sink, table));
  }

  /// The n-th scope of that name.
  Scope& scope(std::string_view name, int n = 0) {
    for (Scope& scope : table.scopes())
      if (names.text(scope.name) == name && n-- == 0)
        return scope;
    ADD_FAILURE() << "no scope " << name;
    return table.root();
  }
  Binding binding(std::string_view scopeName, std::string_view name) {
    const Symbol* symbol = scope(scopeName).find(names.intern(name));
    return symbol ? symbol->binding : Binding::Unknown;
  }
};

TEST(Scopes, ClosuresMakeCells) {
  Built built("def f(a, b):\n"
              "  c = 1\n"
              "  def g():\n"
              "    nonlocal c\n"
              "    def h(): return a, c, print\n");
  EXPECT_EQ(built.binding("f", "a"), Binding::Cell);
  EXPECT_EQ(built.binding("f", "b"), Binding::Local);
  EXPECT_EQ(built.binding("f", "c"), Binding::Cell);
  EXPECT_EQ(built.binding("g", "a"), Binding::Free);
  EXPECT_EQ(built.binding("g", "c"), Binding::Free);
  EXPECT_EQ(built.binding("h", "print"), Binding::GlobalImplicit);
}

TEST(Scopes, GlobalStatementsStopTheSearch) {
  Built built("def f():\n"
              "  x = 1\n"
              "  def g():\n"
              "    global x\n"
              "    def h(): return x\n");
  EXPECT_EQ(built.binding("f", "x"), Binding::Local);
  EXPECT_EQ(built.binding("g", "x"), Binding::GlobalExplicit);
  EXPECT_EQ(built.binding("h", "x"), Binding::GlobalImplicit);
}

TEST(Scopes, ClassesAreSkipped) {
  Built built("def f(x):\n"
              "  class A:\n"
              "    x = 1\n"
              "    def g(self): return x, super()\n");
  EXPECT_EQ(built.binding("f", "x"), Binding::Cell);
  EXPECT_EQ(built.binding("A", "x"), Binding::Local);
  EXPECT_TRUE(built.scope("A").find(built.names.intern("x"))->flags & kDefFreeClass);
  EXPECT_TRUE(built.scope("A").needsClassClosure);
  EXPECT_EQ(built.binding("g", "__class__"), Binding::Free);
}

TEST(Scopes, InlinedComprehensionsNeedNoCells) {
  Built built("def f(a):\n"
              "  b = [x + a for x in a]\n"
              "  c = (x + b for x in a)\n");
  EXPECT_EQ(built.binding("f", "a"), Binding::Local);
  EXPECT_EQ(built.binding("f", "b"), Binding::Cell);
  EXPECT_TRUE(built.scope("<listcomp>").isInlined);
  EXPECT_FALSE(built.scope("<genexpr>").isInlined);
  EXPECT_EQ(built.binding("<listcomp>", "x"), Binding::Local);
}

TEST(Scopes, WalrusesBindAroundComprehensions) {
  Built built("def f(a):\n"
              "  [y := x for x in a]\n"
              "[z := x for x in a]\n");
  EXPECT_EQ(built.binding("f", "y"), Binding::Local);
  EXPECT_TRUE(built.scope("f").mayRebind(built.names.intern("y")));
  EXPECT_EQ(built.binding("<module>", "z"), Binding::GlobalExplicit);
}

TEST(Scopes, PrivateNamesAreMangled) {
  Built built("class __A:\n"
              "  def f(self, __x): return __x.__y, __z__\n"
              "class B[__T](__T): __q: __T\n");
  EXPECT_EQ(built.binding("f", "_A__x"), Binding::Local);
  EXPECT_EQ(built.binding("f", "__z__"), Binding::GlobalImplicit);
  EXPECT_EQ(built.scope("B").kind, ScopeKind::TypeParams);
  EXPECT_EQ(built.binding("B", "_B__T"), Binding::Cell);
  EXPECT_EQ(built.binding("B", "__T"), Binding::Unknown);
}

TEST(Names, AreInternedAndMangled) {
  NameTable names;
  EXPECT_EQ(names.intern("__class__"), NameId::Class);
  EXPECT_EQ(names.intern("x"), names.intern("x"));
  NameId cls = names.intern("__C");
  EXPECT_EQ(names.text(names.mangle(names.intern("__a"), cls)), "_C__a");
  EXPECT_EQ(names.text(names.mangle(names.intern("__a__"), cls)), "__a__");
  EXPECT_EQ(names.text(names.mangle(names.intern("__a.b"), cls)), "__a.b");
  EXPECT_EQ(names.text(names.mangle(names.intern("__a"), names.intern("__"))), "__a");
  EXPECT_EQ(names.text(names.mangle(names.intern("__a"), NameId::None)), "__a");
}

} // namespace
} // namespace pyc
