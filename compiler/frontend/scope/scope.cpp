#include "compiler/frontend/scope/scope.h"

#include <algorithm>

namespace pyc {

Symbol* Scope::find(NameId symbol) {
  auto found = index_.find(symbol);
  return found == index_.end() ? nullptr : found->second;
}

Symbol& Scope::findOrAdd(NameId symbol) {
  if (Symbol* found = find(symbol))
    return *found;
  Symbol& added = symbols_.emplace_back(Symbol{symbol});
  index_.emplace(symbol, &added);
  return added;
}

bool Scope::mayRebind(NameId target) const {
  return std::find(walrusTargets.begin(), walrusTargets.end(), target) != walrusTargets.end();
}

Scope* ScopeTable::find(const void* node, ScopeKind kind) const {
  auto found = byNode_.find(key(node, kind));
  return found == byNode_.end() ? nullptr : found->second;
}

Scope* ScopeTable::findDefault(const ast::TypeParamNode& param) const {
  return find(reinterpret_cast<const char*>(&param) + 1, ScopeKind::TypeVar);
}

Scope& ScopeTable::add(const void* node, ScopeKind kind, NameId name, Scope* parent,
                       const SourceSpan& span) {
  Scope& scope = scopes_.emplace_back(kind, name, parent, span);
  if (node)
    byNode_.emplace(key(node, kind), &scope);
  if (!parent)
    return scope;
  parent->children.push_back(&scope);
  scope.isNested = parent->isNested || parent->isFunctionLike();
  scope.isMethod = kind == ScopeKind::Function && parent->kind == ScopeKind::Class;
  scope.mangleClass = parent->mangleClass;
  if (kind != ScopeKind::Class)
    scope.mangledNames = parent->mangledNames;
  return scope;
}

NameId mangleIn(NameTable& names, const Scope& scope, NameId name) {
  if (scope.mangledNames && std::find(scope.mangledNames->begin(), scope.mangledNames->end(),
                                      name) == scope.mangledNames->end())
    return name;
  return names.mangle(name, scope.mangleClass);
}

} // namespace pyc
