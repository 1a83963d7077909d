// The collector's entry point, names and expressions.
#include "compiler/frontend/scope/collect.h"

#include "compiler/frontend/scope/collect_enter.h"

namespace pyc {

bool buildScopes(const ast::Tree& tree, const Source& source, const FutureFeatures& future,
                 NameTable& names, DiagnosticSink& sink, ScopeTable& table) {
  return ScopeCollector(source, future, names, sink, table).collect(*tree.root) &&
         resolveScopes(source, names, sink, table);
}

bool ScopeCollector::collect(const ast::ModNode& root) {
  Scope& module = table_.add(&root, ScopeKind::Module, NameId::ModuleCode, nullptr, root.span);
  Enter enter(*this, module);
  switch (root.kind) {
  case ast::ModKind::Module: {
    auto& node = ast::cast<ast::Module>(root);
    module.hasDocstring = hasDocstring(node.body);
    stmts(node.body);
    break;
  }
  case ast::ModKind::Interactive:
    stmts(ast::cast<ast::Interactive>(root).body);
    break;
  case ast::ModKind::Expression:
    expr(ast::cast<ast::Expression>(root).body);
    break;
  }
  return !failed_;
}

void ScopeCollector::error(DiagId id, const SourceSpan& span,
                           std::initializer_list<std::string_view> args) {
  if (!failed_)
    sink_.report(id, source_, span, args);
  failed_ = true;
}

bool ScopeCollector::isForbidden(NameId name, bool isDelete, const SourceSpan& span) {
  if (name != NameId::Debug)
    return false;
  error(isDelete ? DiagId::DeleteDebug : DiagId::AssignDebug, span);
  return true;
}

void ScopeCollector::defineIn(Scope& scope, NameId name, uint32_t flags, const SourceSpan& span) {
  if ((flags & kDefTypeParam) && scope_->mangledNames)
    const_cast<std::vector<NameId>*>(scope_->mangledNames)->push_back(name);
  NameId mangled = mangleIn(names_, *scope_, name);
  Symbol& symbol = scope.findOrAdd(mangled);
  if ((flags & kDefParam) && (symbol.flags & kDefParam))
    return error(DiagId::DuplicateParameter, span, {names_.text(name)});
  if ((flags & kDefTypeParam) && (symbol.flags & kDefTypeParam))
    return error(DiagId::DuplicateTypeParameter, span, {names_.text(name)});
  symbol.flags |= flags;
  if (&scope == scope_ && state_->isIterTarget) {
    // A walrus of the same comprehension has bound the name outside already.
    if (symbol.flags & (kDefGlobal | kDefNonlocal))
      return error(DiagId::WalrusInnerLoop, span, {names_.text(name)});
    symbol.flags |= kDefCompIter;
  }
  if (flags & kDefParam)
    scope.parameters.push_back(mangled);
  else if (flags & kDefGlobal)
    table_.root().findOrAdd(mangled).flags |= flags;
}

uint32_t ScopeCollector::flagsOf(NameId name) const {
  const Symbol* symbol = scope_->find(mangleIn(names_, *scope_, name));
  return symbol ? symbol->flags : 0;
}

void ScopeCollector::exprs(ast::Seq<ast::ExprNode> nodes) {
  for (const ast::ExprNode* node : nodes)
    expr(node);
}

void ScopeCollector::expr(const ast::ExprNode* node) {
  if (!node || failed_)
    return;
  switch (node->kind) {
  case ast::ExprKind::Name:
    return name(ast::cast<ast::Name>(*node));
  case ast::ExprKind::NamedExpr:
    return namedExpr(ast::cast<ast::NamedExpr>(*node));
  case ast::ExprKind::Lambda:
    return lambda(ast::cast<ast::Lambda>(*node));
  case ast::ExprKind::ListComp: {
    auto& comp = ast::cast<ast::ListComp>(*node);
    return comprehension(*node, ComprehensionKind::List, NameId::ListComp, comp.generators,
                         comp.elt, nullptr);
  }
  case ast::ExprKind::SetComp: {
    auto& comp = ast::cast<ast::SetComp>(*node);
    return comprehension(*node, ComprehensionKind::Set, NameId::SetComp, comp.generators, comp.elt,
                         nullptr);
  }
  case ast::ExprKind::DictComp: {
    auto& comp = ast::cast<ast::DictComp>(*node);
    return comprehension(*node, ComprehensionKind::Dict, NameId::DictComp, comp.generators,
                         comp.key, comp.value);
  }
  case ast::ExprKind::GeneratorExp: {
    auto& comp = ast::cast<ast::GeneratorExp>(*node);
    return comprehension(*node, ComprehensionKind::Generator, NameId::GenExpr, comp.generators,
                         comp.elt, nullptr);
  }
  case ast::ExprKind::Yield:
    return yield(*node, ast::cast<ast::Yield>(*node).value);
  case ast::ExprKind::YieldFrom:
    return yield(*node, ast::cast<ast::YieldFrom>(*node).value);
  case ast::ExprKind::Await:
    return await(ast::cast<ast::Await>(*node));
  case ast::ExprKind::Attribute: {
    auto& attribute = ast::cast<ast::Attribute>(*node);
    if (attribute.ctx != ast::ExprContext::Load &&
        isForbidden(names_.of(attribute.attr), attribute.ctx == ast::ExprContext::Del, node->span))
      return;
    return expr(attribute.value);
  }
  case ast::ExprKind::Call: {
    auto& call = ast::cast<ast::Call>(*node);
    expr(call.func);
    exprs(call.args);
    for (const ast::Keyword* argument : call.keywords)
      keyword(*argument);
    return;
  }
  case ast::ExprKind::Dict: {
    auto& dict = ast::cast<ast::Dict>(*node);
    exprs(dict.keys);
    return exprs(dict.values);
  }
  case ast::ExprKind::BoolOp:
  case ast::ExprKind::BinOp:
  case ast::ExprKind::UnaryOp:
  case ast::ExprKind::IfExp:
  case ast::ExprKind::Set:
  case ast::ExprKind::Compare:
  case ast::ExprKind::FormattedValue:
  case ast::ExprKind::Interpolation:
  case ast::ExprKind::JoinedStr:
  case ast::ExprKind::TemplateStr:
  case ast::ExprKind::Constant:
  case ast::ExprKind::Subscript:
  case ast::ExprKind::Starred:
  case ast::ExprKind::List:
  case ast::ExprKind::Tuple:
  case ast::ExprKind::Slice:
    return exprChildren(*node);
  }
}

void ScopeCollector::name(const ast::Name& node) {
  NameId id = names_.of(node.id);
  if (node.ctx != ast::ExprContext::Load) {
    if (!isForbidden(id, node.ctx == ast::ExprContext::Del, node.span) && !state_->isUnevaluated)
      define(id, kDefLocal, node.span);
    return;
  }
  if (state_->isUnevaluated)
    return;
  use(id, node.span);
  // `super` needs the class that it is used in.
  if (id == NameId::Super && scope_->isFunctionLike())
    use(NameId::Class, node.span);
}

void ScopeCollector::keyword(const ast::Keyword& node) {
  if (node.arg && isForbidden(names_.of(node.arg), false, node.span))
    return;
  expr(node.value);
}

void ScopeCollector::namedExpr(const ast::NamedExpr& node) {
  rejectInAnnotation("named expression", node.span);
  if (state_->iterExpressions > 0)
    return error(DiagId::WalrusInIterable, node.span);
  auto& target = ast::cast<ast::Name>(*node.target);
  if (scope_->comprehension != ComprehensionKind::None)
    bindWalrusOutside(target);
  else
    scope_->walrusTargets.push_back(mangleIn(names_, *scope_, names_.of(target.id)));
  expr(node.value);
  expr(node.target);
}

/// A walrus in a comprehension binds its target in the scope around all comprehensions.
void ScopeCollector::bindWalrusOutside(const ast::Name& target) {
  NameId name = names_.of(target.id);
  NameId mangled = mangleIn(names_, *scope_, name);
  for (Scope* outer = scope_; outer; outer = outer->parent) {
    const Symbol* symbol = outer->find(mangled);
    uint32_t flags = symbol ? symbol->flags : 0;
    if (outer->comprehension != ComprehensionKind::None) {
      if ((flags & kDefCompIter) && (flags & kDefLocal))
        return error(DiagId::WalrusIterationVariable, target.span, {names_.text(name)});
      continue;
    }
    switch (outer->kind) {
    case ScopeKind::Function:
      define(name, flags & kDefGlobal ? kDefGlobal : kDefNonlocal, target.span);
      scope_->directives.push_back({mangled, target.span});
      outer->walrusTargets.push_back(mangled);
      return defineIn(*outer, name, kDefLocal, target.span);
    case ScopeKind::Module:
      define(name, kDefGlobal, target.span);
      scope_->directives.push_back({mangled, target.span});
      return defineIn(*outer, name, kDefGlobal, target.span);
    case ScopeKind::Class:
      return error(DiagId::WalrusInClass, target.span);
    case ScopeKind::TypeParams:
      return error(DiagId::WalrusInGeneric, target.span);
    case ScopeKind::TypeAlias:
      return error(DiagId::WalrusInTypeAlias, target.span);
    case ScopeKind::TypeVar:
      return error(DiagId::WalrusInTypeVar, target.span);
    case ScopeKind::Annotation:
      continue; // bound around the annotated block
    }
  }
}

void ScopeCollector::yield(const ast::ExprNode& node, const ast::ExprNode* value) {
  rejectInAnnotation("yield expression", node.span);
  expr(value);
  scope_->isGenerator = true;
  switch (scope_->comprehension) {
  case ComprehensionKind::None:
    return;
  case ComprehensionKind::List:
    return error(DiagId::YieldInComprehension, node.span, {"list comprehension"});
  case ComprehensionKind::Set:
    return error(DiagId::YieldInComprehension, node.span, {"set comprehension"});
  case ComprehensionKind::Dict:
    return error(DiagId::YieldInComprehension, node.span, {"dict comprehension"});
  case ComprehensionKind::Generator:
    return error(DiagId::YieldInComprehension, node.span, {"generator expression"});
  }
}

void ScopeCollector::await(const ast::Await& node) {
  rejectInAnnotation("await expression", node.span);
  if (!future_.allowTopLevelAwait || scope_->kind != ScopeKind::Module) {
    if (!scope_->isFunctionLike())
      return error(DiagId::AwaitOutsideFunction, node.span);
    if (!isAsyncDef() && scope_->comprehension == ComprehensionKind::None)
      return error(DiagId::AwaitOutsideAsync, node.span);
  }
  expr(node.value);
  scope_->isCoroutine = true;
}

void ScopeCollector::comprehension(const ast::ExprNode& node, ComprehensionKind kind, NameId name,
                                   ast::Seq<ast::Comprehension> generators,
                                   const ast::ExprNode* first, const ast::ExprNode* second) {
  // The outermost iterable belongs to the enclosing scope.
  const ast::Comprehension& outermost = *generators[0];
  ++state_->iterExpressions;
  expr(outermost.iter);
  --state_->iterExpressions;

  Scope& scope = table_.add(&node, ScopeKind::Function, name, scope_, node.span);
  bool isAsync = false;
  {
    Enter enter(*this, scope);
    scope.comprehension = kind;
    scope.isCoroutine = outermost.is_async;
    define(NameId::DotIterator, kDefParam, node.span);
    for (const ast::Comprehension* generator : generators) {
      state_->isIterTarget = true;
      expr(generator->target);
      state_->isIterTarget = false;
      if (generator != &outermost) {
        ++state_->iterExpressions;
        expr(generator->iter);
        --state_->iterExpressions;
      }
      exprs(generator->ifs);
      scope.isCoroutine |= generator->is_async != 0;
    }
    expr(second);
    expr(first);
    scope.isGenerator = kind == ComprehensionKind::Generator;
    isAsync = scope.isCoroutine && !scope.isGenerator;
  }
  if (!isAsync || failed_)
    return;
  bool isTopLevel = future_.allowTopLevelAwait && scope_->kind == ScopeKind::Module;
  if (!isAsyncDef() && scope_->comprehension == ComprehensionKind::None && !isTopLevel)
    return error(DiagId::AsyncComprehensionOutsideAsync, node.span);
  scope_->isCoroutine = true;
}

void ScopeCollector::rejectInAnnotation(const char* what, const SourceSpan& span) {
  switch (scope_->kind) {
  case ScopeKind::Annotation:
    return error(DiagId::NotInAnnotation, span, {what});
  case ScopeKind::TypeVar:
    return error(DiagId::NotInTypeVar, span, {what, state_->typeVarPart});
  case ScopeKind::TypeAlias:
    return error(DiagId::NotInTypeAlias, span, {what});
  case ScopeKind::TypeParams:
    return error(DiagId::NotInGeneric, span, {what});
  case ScopeKind::Module:
  case ScopeKind::Class:
  case ScopeKind::Function:
    return;
  }
}

} // namespace pyc
