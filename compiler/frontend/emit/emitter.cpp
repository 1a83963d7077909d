// An emitter's life: from its scope to a finished code unit.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

CodeUnit* emitModule(Compilation& compilation, const ast::ModNode& root) {
  Emitter emitter(compilation, nullptr, compilation.scopes.root(), NameId::ModuleCode);
  CodeUnit* unit = emitter.moduleCode(root);
  return compilation.hasFailed ? nullptr : unit;
}

Emitter::Emitter(Compilation& compilation, Emitter* parent, Scope& scope, NameId name)
    : c_(compilation), parent_(parent), scope_(scope), unit_(compilation.units.emplace_back()) {
  unit_.name = name;
  unit_.qualifiedName = qualifiedName(name);
  unit_.firstLine = scope.span.line ? scope.span.line : 1;
}

/// Where the code is defined, as `__qualname__` tells it.
std::string Emitter::qualifiedName(NameId name) const {
  std::string own(c_.names.text(name));
  const Emitter* outer = parent_;
  bool isHidden = outer && outer->scope_.kind != ScopeKind::Module &&
                  outer->scope_.kind != ScopeKind::Class &&
                  outer->scope_.kind != ScopeKind::Function;
  if (isHidden) {
    outer = outer->parent_; // what holds annotations or type parameters does not show
    if (!outer->parent_)
      return own;
  }
  if (scope_.functionName != NameId::None)
    own = std::string(c_.names.text(scope_.functionName)) + "." + own;
  if (!outer || !outer->parent_)
    return own;
  bool isDefinition = scope_.kind == ScopeKind::Class ||
                      (scope_.kind == ScopeKind::Function && name != NameId::Lambda &&
                       scope_.comprehension == ComprehensionKind::None);
  if (isDefinition) {
    const Symbol* symbol = outer->scope_.find(mangleIn(c_.names, outer->scope_, name));
    if (symbol && symbol->binding == Binding::GlobalExplicit)
      return own;
  }
  bool isFunction = outer->scope_.kind == ScopeKind::Function &&
                    outer->scope_.comprehension == ComprehensionKind::None;
  return outer->unit_.qualifiedName + (isFunction ? ".<locals>." : ".") + own;
}

uint32_t Emitter::functionFlags() const {
  uint32_t flags = c_.future.codeFlags;
  if (!scope_.isFunctionLike())
    return flags;
  flags |= uop::kCodeOptimized | uop::kCodeNewLocals;
  if (scope_.isNested)
    flags |= uop::kCodeNested;
  if (scope_.isGenerator)
    flags |= scope_.isCoroutine ? uop::kCodeAsyncGenerator : uop::kCodeGenerator;
  else if (scope_.isCoroutine)
    flags |= uop::kCodeCoroutine;
  if (scope_.isMethod)
    flags |= uop::kCodeMethod;
  return flags;
}

CodeUnit* Emitter::finish() {
  if (b_.hasOverflown())
    error(DiagId::TooManyRegisters, scope_.span);
  if (!c_.hasFailed)
    b_.finish(unit_);
  return &unit_;
}

CodeUnit* Emitter::moduleCode(const ast::ModNode& root) {
  unit_.flags = uop::kCodeModule | c_.future.codeFlags;
  if (scope_.isCoroutine)
    unit_.flags |= uop::kCodeCoroutine;
  switch (root.kind) {
  case ast::ModKind::Module: {
    Stmts statements = ast::cast<ast::Module>(root).body;
    setUpAnnotations(statements);
    ConstantId docstring = ConstantId::None;
    if (scope_.hasDocstring && !statements.empty())
      b_.at(statements[0]->span);
    body(statements, docstring);
    break;
  }
  case ast::ModKind::Interactive: {
    isInteractive_ = true;
    Stmts statements = ast::cast<ast::Interactive>(root).body;
    setUpAnnotations(statements);
    stmts(statements);
    break;
  }
  case ast::ModKind::Expression: {
    const Expr& value = *ast::cast<ast::Expression>(root).body;
    Reg reg = operand(value);
    at(value);
    b_.returnValue(reg);
    return finish();
  }
  }
  b_.atNone();
  b_.returnValue(loadNone());
  return finish();
}

/// A unit's statements. The docstring of a module or class is stored; that of a function goes to
/// `docstring`, whose address says that it is one.
void Emitter::body(Stmts statements, ConstantId& docstring) {
  if (!scope_.hasDocstring)
    return stmts(statements);
  if (c_.optimize < 2) {
    auto& text = ast::cast<ast::Constant>(*ast::cast<ast::Expr>(*statements[0]).value);
    docstring = c_.constants.intern(Constant::ofStr(cleanDocstring(text.value.text)));
    if (!scope_.isFunctionLike()) {
      b_.at(text.span);
      storeName(NameId::Doc, loadConst(docstring));
    }
  }
  stmts(statements.subspan(1));
}

} // namespace pyc
