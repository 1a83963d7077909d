#include "compiler/frontend/parse/ast_visit.h"

#include "tests/unit/compiler/frontend/syntax_test.h"

#include <gtest/gtest.h>

namespace pyc::test {
namespace {

using namespace ast;

template <class Node> size_t countNodes(const Node& node) {
  size_t count = 1;
  forEachChild(node, [&](const auto& child) { count += countNodes(child); });
  return count;
}

template <class... F> struct Overloaded : F... {
  using F::operator()...;
};

TEST(Ast, ChildrenAreFoundInEveryNode) {
  // Module; FunctionDef, arguments, arg, Pass; Expr, Call, Name, Dict, Constant
  Parsed parsed = parseText("def f(a): pass\ng({**{}, 1: 2})\n");
  EXPECT_EQ(countNodes(*parsed.result.tree.root), 12u);
}

TEST(Ast, VisitCallsTheOverloadOfTheNode) {
  Parsed parsed = parseText("f(x)\n");
  auto& statement = cast<Expr>(*cast<Module>(*parsed.result.tree.root).body[0]);
  auto name = visit(*statement.value, Overloaded{[](const Call&) { return "call"; },
                                                 [](const auto&) { return "other"; }});
  EXPECT_STREQ(name, "call");
  EXPECT_TRUE(isa<Call>(*statement.value));
  EXPECT_EQ(dynCast<Name>(statement.value), nullptr);
}

TEST(Ast, HeightCountsTheDeepestExpression) {
  Parsed parsed = parseText("f(a, -(b + c))\n");
  auto& statement = cast<Expr>(*cast<Module>(*parsed.result.tree.root).body[0]);
  EXPECT_EQ(statement.value->height, 4u);
}

} // namespace
} // namespace pyc::test
