// Names: which register, cell, global or namespace entry a name stands for where it is used.
#include "compiler/frontend/emit/emitter.h"

#include "runtime/base/check.h"

#include <algorithm>

namespace pyc {

/// The register of a local, cell or free variable that belongs to the unit itself.
Reg Emitter::registerOf(NameId name) {
  auto found = registers_.find(name);
  PYC_CHECK(found != registers_.end());
  return found->second;
}

/// The register of a plain local, made at its first use.
Reg Emitter::localRegister(NameId name) {
  auto [entry, isNew] = registers_.emplace(name, Reg(0));
  if (isNew)
    entry->second = b_.addLocal(name, uop::kLocalPlain);
  return entry->second;
}

Emitter::NameRef Emitter::resolve(NameId name) {
  const Symbol* inner = nullptr; // the innermost comprehension's
  for (auto inlined = inlined_.rbegin(); inlined != inlined_.rend(); ++inlined) {
    const Symbol* symbol = inlined->scope->find(name);
    if (!symbol)
      continue;
    inner = inner ? inner : symbol;
    for (const InlinedLocal& local : inlined->locals)
      if (local.name == name) {
        bool isCell = symbol->binding == Binding::Cell;
        return {isCell ? NameRef::Deref : NameRef::Local, local.reg, name};
      }
  }
  // In a class body, a comprehension does not see the class's own names.
  if (inner && scope_.kind == ScopeKind::Class)
    return resolveSymbol(inner, name, true);
  const Symbol* own = scope_.find(name);
  return resolveSymbol(own ? own : inner, name, false);
}

Emitter::NameRef Emitter::resolveSymbol(const Symbol* symbol, NameId name, bool isInComprehension) {
  Binding binding = symbol ? symbol->binding : Binding::GlobalImplicit;
  bool isFunction = scope_.isFunctionLike() || isInComprehension;
  bool isClass = scope_.kind == ScopeKind::Class && !isInComprehension;
  switch (binding) {
  case Binding::Local:
    if (isFunction)
      return {NameRef::Local, localRegister(name), name};
    return {NameRef::Namespace, 0, name};
  case Binding::Cell:
  case Binding::Free:
    if (isClass && binding == Binding::Free)
      return {NameRef::NamespaceDeref, registerOf(name), name};
    if (scope_.seesClass && binding == Binding::Free && name != NameId::ClassDict &&
        name != NameId::ConditionalAnnotations)
      return {NameRef::ClassDeref, registerOf(name), name};
    return {NameRef::Deref, registerOf(name), name};
  case Binding::GlobalImplicit:
    if (scope_.seesClass)
      return {NameRef::ClassGlobal, 0, name};
    return {isFunction ? NameRef::Global : NameRef::Namespace, 0, name};
  case Binding::GlobalExplicit:
    return {NameRef::Global, 0, name};
  case Binding::Unknown:
    return {NameRef::Namespace, 0, name};
  }
  PYC_UNREACHABLE("Binding");
}

void Emitter::load(const NameRef& ref, Reg want) {
  Reg dst = destination(want);
  uint32_t name = b_.operandOf(ref.name);
  switch (ref.kind) {
  case NameRef::Local:
    b_.checkLocal(ref.reg);
    if (dst != ref.reg)
      b_.move(dst, ref.reg);
    return;
  case NameRef::Deref:
    return b_.loadDeref(dst, ref.reg);
  case NameRef::Global:
    return b_.loadGlobal(dst, name);
  case NameRef::Namespace:
    return b_.loadName(dst, name);
  case NameRef::NamespaceDeref: {
    Reg mapping = destination(kPush);
    b_.loadLocals(mapping);
    return b_.loadFromDictOrDeref(dst, mapping, ref.reg, name);
  }
  case NameRef::ClassGlobal:
  case NameRef::ClassDeref: {
    Reg mapping = destination(kPush);
    b_.loadDeref(mapping, registerOf(NameId::ClassDict));
    if (ref.kind == NameRef::ClassGlobal)
      return b_.loadFromDictOrGlobals(dst, mapping, name);
    return b_.loadFromDictOrDeref(dst, mapping, ref.reg, name);
  }
  }
}

Reg Emitter::loadName(NameId name, Reg want) {
  Reg dst = destination(want);
  load(resolve(name), want);
  return dst;
}

void Emitter::storeName(const NameRef& ref, Reg value) {
  switch (ref.kind) {
  case NameRef::Local:
    if (value != ref.reg)
      b_.move(ref.reg, value);
    return;
  case NameRef::Deref:
  case NameRef::ClassDeref:
    return b_.storeDeref(ref.reg, value);
  case NameRef::NamespaceDeref: // `nonlocal` in a class body
    return b_.storeDeref(ref.reg, value);
  case NameRef::Global:
  case NameRef::ClassGlobal:
    return b_.storeGlobal(value, b_.operandOf(ref.name));
  case NameRef::Namespace:
    return b_.storeName(value, b_.operandOf(ref.name));
  }
}

void Emitter::deleteName(const NameRef& ref) {
  switch (ref.kind) {
  case NameRef::Local:
    return b_.deleteLocal(ref.reg);
  case NameRef::Deref:
  case NameRef::ClassDeref:
  case NameRef::NamespaceDeref:
    return b_.deleteDeref(ref.reg);
  case NameRef::Global:
  case NameRef::ClassGlobal:
    return b_.deleteGlobal(b_.operandOf(ref.name));
  case NameRef::Namespace:
    return b_.deleteName(b_.operandOf(ref.name));
  }
}

void Emitter::forgetName(NameId name) {
  NameRef ref = resolve(name);
  if (ref.kind == NameRef::Local)
    return b_.clearLocal(ref.reg);
  // The program may have deleted the name itself.
  storeName(ref, loadNone());
  deleteName(ref);
}

Reg Emitter::plainLocal(const Expr& node) {
  auto* name = ast::dynCast<ast::Name>(&node);
  if (!name)
    return kPush;
  NameRef ref = resolve(mangled(name->id));
  return ref.kind == NameRef::Local ? ref.reg : kPush;
}

/// The register with the cell that an inner scope takes for its free variable `name`.
Reg Emitter::closureRegister(NameId name) {
  for (auto inlined = inlined_.rbegin(); inlined != inlined_.rend(); ++inlined)
    for (const InlinedLocal& local : inlined->locals)
      if (local.name == name)
        return local.reg;
  auto ofClass = classCells_.find(name);
  return ofClass != classCells_.end() ? ofClass->second : registerOf(name);
}

Reg Emitter::loadConst(ConstantId constant, Reg want) {
  Reg dst = destination(want);
  b_.loadConst(dst, b_.operandOf(constant));
  return dst;
}

ConstantId Emitter::textConstant(NameId name) {
  return c_.constants.intern(Constant::ofStr(c_.names.text(name)));
}

Reg Emitter::loadText(NameId name, Reg want) {
  return loadConst(textConstant(name), want);
}

Reg Emitter::loadText(std::string_view text, Reg want) {
  return loadConst(c_.constants.intern(Constant::ofStr(text)), want);
}

Reg Emitter::loadInt(int64_t value, Reg want) {
  return loadConst(c_.constants.intern(Constant::ofInt(value)), want);
}

} // namespace pyc
