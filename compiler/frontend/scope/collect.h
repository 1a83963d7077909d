// The first pass over a tree: opens its scopes and notes what each of them does with each name.
#pragma once

#include "compiler/frontend/parse/ast_visit.h"
#include "compiler/frontend/scope/scope.h"

#include <optional>

namespace pyc {

class ScopeCollector {
public:
  ScopeCollector(const Source& source, const FutureFeatures& future, NameTable& names,
                 DiagnosticSink& sink, ScopeTable& table)
      : source_(source), future_(future), names_(names), sink_(sink), table_(table) {}

  /// False after an error.
  bool collect(const ast::ModNode& root);

private:
  class Enter;
  class Conditional;

  // Names.
  void define(NameId name, uint32_t flags, const SourceSpan& span) {
    if (!(flags & kDefBound) || !isForbidden(name, false, span))
      defineIn(*scope_, name, flags, span);
  }
  void defineIn(Scope& scope, NameId name, uint32_t flags, const SourceSpan& span);
  void use(NameId name, const SourceSpan& span) { define(name, kUse, span); }
  uint32_t flagsOf(NameId name) const;
  void declare(const ast::IdentifierSeq& names, bool isGlobal, const SourceSpan& span);
  bool isForbidden(NameId name, bool isDelete, const SourceSpan& span);
  void error(DiagId id, const SourceSpan& span, std::initializer_list<std::string_view> args = {});

  // Statements.
  void stmts(ast::Seq<ast::StmtNode> body);
  void stmt(const ast::StmtNode& node);
  void function(const ast::StmtNode& node);
  void classDef(const ast::ClassDef& node);
  void typeAlias(const ast::TypeAlias& node);
  void annotatedAssign(const ast::AnnAssign& node);
  template <class T> void tryStatement(const T& node);
  template <class T> void forLoop(const T& node);
  template <class T> void with(const T& node);
  void match(const ast::Match& node);
  void importStatement(const ast::StmtNode& node, ast::Seq<ast::Alias> names, bool isLazy);
  void rejectLazy(const ast::StmtNode& node, ast::Seq<ast::Alias> names);

  // Functions, annotations, type parameters.
  void arguments(const ast::Arguments& args);
  void defaults(const ast::Arguments& args);
  void functionAnnotations(const ast::StmtNode& node, NameId name, const ast::Arguments& args,
                           const ast::ExprNode* returns);
  void parameterAnnotations(ast::Seq<ast::Arg> args);
  void annotation(const ast::ExprNode& node);
  void seeClass(const SourceSpan& span);
  void typeParams(ast::Seq<ast::TypeParamNode> params);
  void typeParam(const ast::TypeParamNode& param);
  void typeParamPart(const ast::ExprNode* value, const void* key, NameId name,
                     const SourceSpan& span, const char* what);
  void enterTypeParams(std::optional<Enter>& enter, const ast::StmtNode& node, NameId name);

  // Expressions and patterns.
  void exprs(ast::Seq<ast::ExprNode> nodes);
  void expr(const ast::ExprNode* node);
  template <class Node> void exprChildren(const Node& node) {
    ast::forEachChild(node, [this](const auto& child) {
      if constexpr (std::is_same_v<std::decay_t<decltype(child)>, ast::ExprNode>)
        expr(&child);
    });
  }
  void name(const ast::Name& node);
  void lambda(const ast::Lambda& node);
  void namedExpr(const ast::NamedExpr& node);
  void bindWalrusOutside(const ast::Name& target);
  void yield(const ast::ExprNode& node, const ast::ExprNode* value);
  void await(const ast::Await& node);
  void comprehension(const ast::ExprNode& node, ComprehensionKind kind, NameId name,
                     ast::Seq<ast::Comprehension> generators, const ast::ExprNode* first,
                     const ast::ExprNode* second);
  void rejectInAnnotation(const char* what, const SourceSpan& span);
  void keyword(const ast::Keyword& node);
  void pattern(const ast::PatternNode& node);

  const Source& source_;
  const FutureFeatures& future_;
  NameTable& names_;
  DiagnosticSink& sink_;
  ScopeTable& table_;

  Scope* scope_ = nullptr;
  /// What the pass needs to know of a scope only while it is inside.
  struct State {
    bool isConditional = false; // inside an `if`, loop, `try`, ...: annotations may not happen
    bool isTry = false;         // inside a `try` statement
    bool isUnevaluated = false; // a local variable's annotation: uses no names
    bool isIterTarget = false;  // the target of a comprehension's `for`
    int iterExpressions = 0;    // inside a comprehension's iterable
    const char* typeVarPart = nullptr; // which part of a type parameter this scope is
  };
  State* state_ = nullptr;
  bool isAsyncDef() const { return scope_->kind == ScopeKind::Function && scope_->isCoroutine; }
  bool failed_ = false;
};

/// The second pass: finds the binding of every name of every scope. False after an error.
bool resolveScopes(const Source& source, NameTable& names, DiagnosticSink& sink, ScopeTable& table);

} // namespace pyc
