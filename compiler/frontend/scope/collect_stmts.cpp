// The collector on statements and patterns.
#include "compiler/frontend/scope/collect_enter.h"

namespace pyc {

void ScopeCollector::stmts(ast::Seq<ast::StmtNode> body) {
  for (const ast::StmtNode* node : body)
    if (!failed_)
      stmt(*node);
}

void ScopeCollector::stmt(const ast::StmtNode& node) {
  switch (node.kind) {
  case ast::StmtKind::FunctionDef:
  case ast::StmtKind::AsyncFunctionDef:
    return function(node);
  case ast::StmtKind::ClassDef:
    return classDef(ast::cast<ast::ClassDef>(node));
  case ast::StmtKind::TypeAlias:
    return typeAlias(ast::cast<ast::TypeAlias>(node));
  case ast::StmtKind::AnnAssign:
    return annotatedAssign(ast::cast<ast::AnnAssign>(node));
  case ast::StmtKind::For:
    return forLoop(ast::cast<ast::For>(node));
  case ast::StmtKind::AsyncFor:
    return forLoop(ast::cast<ast::AsyncFor>(node));
  case ast::StmtKind::While: {
    auto& loop = ast::cast<ast::While>(node);
    Conditional conditional(*this);
    expr(loop.test);
    stmts(loop.body);
    return stmts(loop.orelse);
  }
  case ast::StmtKind::If: {
    auto& branch = ast::cast<ast::If>(node);
    Conditional conditional(*this);
    expr(branch.test);
    stmts(branch.body);
    return stmts(branch.orelse);
  }
  case ast::StmtKind::With:
    return with(ast::cast<ast::With>(node));
  case ast::StmtKind::AsyncWith:
    return with(ast::cast<ast::AsyncWith>(node));
  case ast::StmtKind::Match:
    return match(ast::cast<ast::Match>(node));
  case ast::StmtKind::Try:
    return tryStatement(ast::cast<ast::Try>(node));
  case ast::StmtKind::TryStar:
    return tryStatement(ast::cast<ast::TryStar>(node));
  case ast::StmtKind::Import: {
    auto& import = ast::cast<ast::Import>(node);
    return importStatement(node, import.names, import.is_lazy);
  }
  case ast::StmtKind::ImportFrom: {
    auto& import = ast::cast<ast::ImportFrom>(node);
    return importStatement(node, import.names, import.is_lazy);
  }
  case ast::StmtKind::Global:
    return declare(ast::cast<ast::Global>(node).names, true, node.span);
  case ast::StmtKind::Nonlocal:
    return declare(ast::cast<ast::Nonlocal>(node).names, false, node.span);
  case ast::StmtKind::Return:
  case ast::StmtKind::Delete:
  case ast::StmtKind::Assign:
  case ast::StmtKind::AugAssign:
  case ast::StmtKind::Raise:
  case ast::StmtKind::Assert:
  case ast::StmtKind::Expr:
    return exprChildren(node);
  case ast::StmtKind::Pass:
  case ast::StmtKind::Break:
  case ast::StmtKind::Continue:
    return;
  }
}

template <class T> void ScopeCollector::forLoop(const T& node) {
  Conditional conditional(*this);
  expr(node.target);
  expr(node.iter);
  stmts(node.body);
  stmts(node.orelse);
}

template <class T> void ScopeCollector::with(const T& node) {
  Conditional conditional(*this);
  for (const ast::WithItem* item : node.items) {
    expr(item->context_expr);
    expr(item->optional_vars);
  }
  stmts(node.body);
}

template <class T> void ScopeCollector::tryStatement(const T& node) {
  Conditional conditional(*this, true);
  stmts(node.body);
  for (const ast::ExceptHandler* handler : node.handlers) {
    expr(handler->type);
    if (handler->name)
      define(names_.of(handler->name), kDefLocal, handler->span);
    stmts(handler->body);
  }
  stmts(node.orelse);
  stmts(node.finalbody);
}

void ScopeCollector::match(const ast::Match& node) {
  Conditional conditional(*this);
  expr(node.subject);
  for (const ast::MatchCase* matchCase : node.cases) {
    pattern(*matchCase->pattern);
    expr(matchCase->guard);
    stmts(matchCase->body);
  }
}

void ScopeCollector::pattern(const ast::PatternNode& node) {
  if (failed_)
    return;
  switch (node.kind) {
  case ast::PatternKind::MatchValue:
    return expr(ast::cast<ast::MatchValue>(node).value);
  case ast::PatternKind::MatchSingleton:
    return;
  case ast::PatternKind::MatchSequence:
    for (const ast::PatternNode* part : ast::cast<ast::MatchSequence>(node).patterns)
      pattern(*part);
    return;
  case ast::PatternKind::MatchMapping: {
    auto& mapping = ast::cast<ast::MatchMapping>(node);
    exprs(mapping.keys);
    for (const ast::PatternNode* part : mapping.patterns)
      pattern(*part);
    if (mapping.rest)
      define(names_.of(mapping.rest), kDefLocal, node.span);
    return;
  }
  case ast::PatternKind::MatchClass: {
    auto& cls = ast::cast<ast::MatchClass>(node);
    expr(cls.cls);
    for (const ast::PatternNode* part : cls.patterns)
      pattern(*part);
    for (size_t i = 0; i < cls.kwd_attrs.size(); ++i)
      isForbidden(names_.of(cls.kwd_attrs[i]), false, cls.kwd_patterns[i]->span);
    for (const ast::PatternNode* part : cls.kwd_patterns)
      pattern(*part);
    return;
  }
  case ast::PatternKind::MatchStar:
    if (ast::Identifier name = ast::cast<ast::MatchStar>(node).name)
      define(names_.of(name), kDefLocal, node.span);
    return;
  case ast::PatternKind::MatchAs: {
    auto& as = ast::cast<ast::MatchAs>(node);
    if (as.pattern)
      pattern(*as.pattern);
    if (as.name)
      define(names_.of(as.name), kDefLocal, node.span);
    return;
  }
  case ast::PatternKind::MatchOr:
    for (const ast::PatternNode* part : ast::cast<ast::MatchOr>(node).patterns)
      pattern(*part);
    return;
  }
}

void ScopeCollector::rejectLazy(const ast::StmtNode& node, ast::Seq<ast::Alias> names) {
  std::string_view what = ast::isa<ast::ImportFrom>(node) ? "from ... import" : "import";
  if (scope_->kind == ScopeKind::Class)
    return error(DiagId::LazyImportPlace, node.span, {what, "classes"});
  if (scope_->kind != ScopeKind::Module)
    return error(DiagId::LazyImportPlace, node.span, {what, "functions"});
  if (state_->isTry)
    return error(DiagId::LazyImportPlace, node.span, {what, "try/except blocks"});
  if (names[0]->name->text == "*")
    return error(DiagId::LazyImportStar, node.span);
}

void ScopeCollector::importStatement(const ast::StmtNode& node, ast::Seq<ast::Alias> names,
                                     bool isLazy) {
  if (isLazy)
    rejectLazy(node, names);
  for (const ast::Alias* alias : names) {
    std::string_view bound = alias->name->text;
    if (bound == "*") {
      if (scope_->kind != ScopeKind::Module)
        return error(DiagId::ImportStarPlace, alias->span);
      continue;
    }
    if (alias->asname)
      bound = alias->asname->text;
    else
      bound = bound.substr(0, bound.find('.')); // `import a.b` binds a
    define(names_.intern(bound), kDefImport, alias->span);
  }
}

void ScopeCollector::declare(const ast::IdentifierSeq& names, bool isGlobal,
                             const SourceSpan& span) {
  for (ast::Identifier identifier : names) {
    NameId name = names_.of(identifier);
    uint32_t flags = flagsOf(name);
    std::string_view text = identifier->text;
    if (flags & kDefParam)
      return error(isGlobal ? DiagId::GlobalParameter : DiagId::NonlocalParameter, span, {text});
    if (flags & kUse)
      return error(isGlobal ? DiagId::GlobalAfterUse : DiagId::NonlocalAfterUse, span, {text});
    if (flags & kDefAnnot)
      return error(isGlobal ? DiagId::GlobalAnnotated : DiagId::NonlocalAnnotated, span, {text});
    if (flags & kDefLocal)
      return error(isGlobal ? DiagId::GlobalAfterAssignment : DiagId::NonlocalAfterAssignment, span,
                   {text});
    define(name, isGlobal ? kDefGlobal : kDefNonlocal, span);
    scope_->directives.push_back({mangleIn(names_, *scope_, name), span});
  }
}

} // namespace pyc
