// Imports, lazy ones included (PEP 810).
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

/// Imports into `dst`; the list of names to import, or None, is on top.
void Emitter::importName(Reg dst, unsigned level, std::string_view name, bool isLazy,
                         bool mayBeLazy) {
  uint32_t module = b_.operandOf(mangled(c_.names.intern(name)));
  auto depth = static_cast<uint16_t>(level);
  if (isLazy)
    return b_.lazyImportName(dst, b_.top(), depth, module);
  b_.importName(dst, b_.top(), depth,
                mayBeLazy ? uop::ImportLaziness::MaybeLazy : uop::ImportLaziness::Eager, module);
}

/// Whether a plain import here may turn out to be lazy: at module level, outside `try`.
bool Emitter::mayImportLazily() const {
  return scope_.kind == ScopeKind::Module && tryDepth_ == 0;
}

void Emitter::import(const ast::Import& node) {
  for (const ast::Alias* alias : node.names) {
    std::string_view name = alias->name->text;
    size_t dot = name.find('.');
    at(node);
    if (!alias->asname) {
      NameRef target = resolve(mangled(c_.names.intern(name.substr(0, dot))));
      loadNone();
      Reg dst = target.kind == NameRef::Local ? target.reg : b_.top();
      importName(dst, 0, name, node.is_lazy, mayImportLazily());
      storeName(target, dst);
      continue;
    }
    // `import a.b.c as d` binds the innermost module.
    NameRef target = resolve(mangled(alias->asname));
    loadNone();
    bool isDirect = dot == name.npos && target.kind == NameRef::Local;
    Reg module = isDirect ? target.reg : b_.top();
    importName(module, 0, name, node.is_lazy, mayImportLazily());
    while (dot != name.npos) {
      name.remove_prefix(dot + 1);
      dot = name.find('.');
      Reg part = destination(kPush);
      b_.importFrom(part, module, b_.operandOf(c_.names.intern(name.substr(0, dot))));
      dropBelow();
    }
    storeName(target, module);
  }
}

void Emitter::importFrom(const ast::ImportFrom& node) {
  std::string_view module = node.module ? node.module->text : std::string_view();
  if (node.level == 0 && module == "__future__" && node.span.line > c_.future.lastLine)
    return error(DiagId::FutureTooLate, node.span);
  Constant names;
  names.kind = uop::ConstKind::Tuple;
  for (const ast::Alias* alias : node.names)
    names.items.push_back(textConstant(c_.names.of(alias->name)));
  bool isStar = node.names[0]->name->text == "*";
  Reg imported = loadConst(c_.constants.intern(std::move(names)));
  importName(imported, static_cast<unsigned>(node.level), module, node.is_lazy,
             mayImportLazily() && !isStar);
  if (isStar)
    return b_.importStar(imported);
  for (const ast::Alias* alias : node.names) {
    ast::Identifier bound = alias->asname ? alias->asname : alias->name;
    NameRef target = resolve(mangled(bound));
    at(node);
    Reg value = target.kind == NameRef::Local ? target.reg : destination(kPush);
    b_.importFrom(value, imported, b_.operandOf(mangled(alias->name)));
    storeName(target, value);
  }
  b_.drop(imported);
}

} // namespace pyc
