// The second pass: for each name of each scope, the block that binds it.
//
// A use looks outwards through the enclosing function-like scopes. Where it crosses the border of a
// function on the way to the binding, the binding becomes a cell and every scope in between gets a
// free variable. An inlined comprehension is no such border.
#include "compiler/frontend/scope/collect.h"

namespace pyc {

namespace {

class Resolver {
public:
  Resolver(const Source& source, NameTable& names, DiagnosticSink& sink, ScopeTable& table)
      : source_(source), names_(names), sink_(sink), table_(table) {}

  bool run();

private:
  bool resolve(Scope& scope, Symbol& symbol);
  bool resolveNonlocal(Scope& scope, Symbol& symbol);
  bool fail(DiagId id, const Scope& scope, const Symbol& symbol);
  Scope* binder(Scope& scope, NameId name);
  void capture(Scope& user, Scope& owner, NameId name);
  bool bindInClass(Scope& scope, Symbol& symbol);

  const Source& source_;
  NameTable& names_;
  DiagnosticSink& sink_;
  ScopeTable& table_;
};

bool isInlinedComprehension(const Scope& scope) {
  return scope.comprehension != ComprehensionKind::None &&
         scope.comprehension != ComprehensionKind::Generator && !scope.parent->seesClass;
}

/// Names that a class offers to its methods, as if it were a function.
bool isClassName(NameId name) {
  return name == NameId::Class || name == NameId::ClassDict ||
         name == NameId::ConditionalAnnotations;
}

bool Resolver::run() {
  for (Scope& scope : table_.scopes())
    scope.isInlined = isInlinedComprehension(scope);
  for (Scope& scope : table_.scopes()) {
    // Free variables of inner scopes are added behind the scope's own names meanwhile.
    size_t own = scope.symbols().size();
    for (size_t i = 0; i < own; ++i)
      if (scope.symbols()[i].binding == Binding::Unknown && !resolve(scope, scope.symbols()[i]))
        return false;
  }
  return true;
}

bool Resolver::fail(DiagId id, const Scope& scope, const Symbol& symbol) {
  SourceSpan span = scope.span;
  for (const NameDirective& directive : scope.directives)
    if (directive.name == symbol.name) {
      span = directive.span;
      break;
    }
  sink_.report(id, source_, span, {names_.text(symbol.name)});
  return false;
}

/// The function-like scope around `scope` (or class, for the names that a class offers) that binds
/// `name`; null when none does.
Scope* Resolver::binder(Scope& scope, NameId name) {
  for (Scope* outer = scope.parent; outer; outer = outer->parent) {
    if (outer->kind == ScopeKind::Class && isClassName(name))
      return outer;
    const Symbol* symbol = outer->isFunctionLike() ? outer->find(name) : nullptr;
    if (!symbol)
      continue;
    if (symbol->flags & kDefGlobal)
      return nullptr;
    if ((symbol->flags & kDefBound) && !(symbol->flags & kDefNonlocal))
      return outer;
  }
  return nullptr;
}

/// `user` uses `name` of `owner`: makes closures of what lies in between.
void Resolver::capture(Scope& user, Scope& owner, NameId name) {
  bool isCaptured = false;
  for (Scope* scope = &user; scope != &owner; scope = scope->parent) {
    isCaptured |= !scope->isInlined;
    if (scope == &user)
      continue;
    Symbol& symbol = scope->findOrAdd(name);
    bool hasOwn = scope->kind == ScopeKind::Class || scope->seesClass;
    if (hasOwn && symbol.flags != 0)
      symbol.flags |= kDefFreeClass;
    else if (symbol.binding != Binding::GlobalImplicit) // a comprehension in a class body
      symbol.binding = Binding::Free;
  }
  if (owner.kind == ScopeKind::Class) {
    if (name == NameId::Class)
      owner.needsClassClosure = true;
    else if (name == NameId::ClassDict)
      owner.needsClassDict = true;
    else
      owner.hasConditionalAnnotations = true;
  } else if (isCaptured) {
    owner.find(name)->binding = Binding::Cell;
  }
}

bool Resolver::resolveNonlocal(Scope& scope, Symbol& symbol) {
  if (scope.kind == ScopeKind::Module)
    return fail(DiagId::NonlocalAtModule, scope, symbol);
  Scope* owner = binder(scope, symbol.name);
  if (!owner)
    return fail(DiagId::NonlocalUnbound, scope, symbol);
  const Symbol* bound = owner->find(symbol.name);
  if (bound && (bound->flags & kDefTypeParam))
    return fail(DiagId::NonlocalTypeParameter, scope, symbol);
  symbol.binding = Binding::Free;
  capture(scope, *owner, symbol.name);
  return true;
}

/// An annotation scope right inside a class sees the class's names before those of functions.
bool Resolver::bindInClass(Scope& scope, Symbol& symbol) {
  if (symbol.name == NameId::ClassDict || symbol.name == NameId::ConditionalAnnotations)
    return false; // the compiler's own
  Scope* cls = &scope;
  while (cls->seesClass)
    cls = cls->parent;
  if (cls == &scope || cls->kind != ScopeKind::Class)
    return false;
  const Symbol* inClass = cls->find(symbol.name);
  if (!inClass)
    return false;
  if (inClass->flags & kDefGlobal)
    symbol.binding = Binding::GlobalExplicit;
  else if ((inClass->flags & kDefBound) && !(inClass->flags & kDefNonlocal))
    symbol.binding = Binding::GlobalImplicit;
  return symbol.binding != Binding::Unknown;
}

bool Resolver::resolve(Scope& scope, Symbol& symbol) {
  if (symbol.flags & kDefGlobal) {
    if (symbol.flags & kDefNonlocal)
      return fail(DiagId::NonlocalAndGlobal, scope, symbol);
    symbol.binding = Binding::GlobalExplicit;
    return true;
  }
  if (symbol.flags & kDefNonlocal)
    return resolveNonlocal(scope, symbol);
  if (symbol.flags & kDefBound) {
    symbol.binding = Binding::Local;
    return true;
  }
  if (bindInClass(scope, symbol))
    return true;
  Scope* owner = binder(scope, symbol.name);
  // A comprehension in a class body runs in it, where `__class__` does not exist yet.
  bool isUnborn = owner && owner->kind == ScopeKind::Class && scope.isInlined;
  for (Scope* outer = scope.parent; isUnborn && outer != owner; outer = outer->parent)
    isUnborn = outer->isInlined;
  if (!owner || isUnborn) {
    symbol.binding = Binding::GlobalImplicit;
    return true;
  }
  symbol.binding = Binding::Free;
  capture(scope, *owner, symbol.name);
  return true;
}

} // namespace

bool resolveScopes(const Source& source, NameTable& names, DiagnosticSink& sink,
                   ScopeTable& table) {
  return Resolver(source, names, sink, table).run();
}

} // namespace pyc
