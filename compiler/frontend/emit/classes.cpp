// Classes: the body is a function-like code object that runs in the class's namespace.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

uint32_t firstLineOf(const SourceSpan& span, ast::Seq<ast::ExprNode> decorators) {
  return decorators.empty() ? span.line : decorators[0]->span.line;
}

void Emitter::classDef(const ast::ClassDef& node) {
  for (const Expr* decorator : node.decorator_list)
    push(*decorator);
  at(node);
  Reg value = node.type_params.empty() ? classObject(node) : genericClass(node);
  bindDefinition(resolve(mangled(c_.names.of(node.name))), node.decorator_list, value, node.span);
}

/// Pushes the result of __build_class__(body, name, *bases, **keywords).
Reg Emitter::classObject(const ast::ClassDef& node) {
  checkKeywords(node.keywords);
  NameId name = c_.names.of(node.name);
  Scope& scope = *c_.scopes.find(&node, ScopeKind::Class);
  Reg window = destination(kPush);
  b_.loadBuildClass(window);
  Emitter inner(c_, this, scope, name);
  CodeUnit* code = inner.classCode(node);
  at(node);
  makePlainFunction(code, scope, kPush);
  loadText(name);
  if (node.type_params.empty())
    return callWith(window, 2, node.bases, node.keywords, kPush, node.span);

  // A generic class has one more base, made of its type parameters.
  Reg params = loadName(NameId::DotTypeParams, kPush);
  b_.intrinsic1(params, params, uop::Intrinsic1Kind::SubscriptGeneric);
  storeName(NameId::DotGenericBase, params);
  ast::Name base;
  base.span = node.span;
  base.id = &c_.genericBase;
  std::vector<ast::ExprNode*> bases(node.bases.begin(), node.bases.end());
  bases.push_back(&base);
  return callWith(window, 2, bases, node.keywords, kPush, node.span);
}

CodeUnit* Emitter::classCode(const ast::ClassDef& node) {
  unit_.flags = uop::kCodeClassBody | c_.future.codeFlags;
  unit_.firstLine = firstLineOf(node.span, node.decorator_list);
  SourceSpan start{unit_.firstLine, 0, unit_.firstLine, 0};
  std::vector<NameId> cells;
  if (scope_.needsClassClosure)
    cells.push_back(NameId::Class);
  if (scope_.needsClassDict)
    cells.push_back(NameId::ClassDict);
  if (scope_.hasConditionalAnnotations)
    cells.push_back(NameId::ConditionalAnnotations);
  setUpCells(std::move(cells));
  b_.at(start);
  classProlog(node);
  ConstantId docstring = ConstantId::None;
  body(node.body, docstring);
  b_.at(start);
  classEpilog();
  return finish();
}

void Emitter::classProlog(const ast::ClassDef& node) {
  storeName(NameId::Module, loadName(NameId::Name, kPush));
  storeName(NameId::QualName, loadText(unit_.qualifiedName));
  storeName(NameId::FirstLineNo, loadInt(unit_.firstLine));
  if (!node.type_params.empty())
    storeName(NameId::TypeParams, loadName(NameId::DotTypeParams, kPush));
  if (scope_.needsClassDict) {
    Reg locals = destination(kPush);
    b_.loadLocals(locals);
    b_.storeDeref(classCells_.at(NameId::ClassDict), locals);
  }
  setUpAnnotations(node.body);
}

void Emitter::classEpilog() {
  if (!annotated_.empty() && !c_.future.annotations) {
    pushVariableAnnotate(b_.position());
    storeName(NameId::AnnotateFunc, b_.top());
  }
  Constant attributes;
  attributes.kind = uop::ConstKind::Tuple;
  std::sort(staticAttributes_.begin(), staticAttributes_.end(),
            [&](NameId a, NameId b) { return c_.names.text(a) < c_.names.text(b); });
  for (NameId name : staticAttributes_)
    attributes.items.push_back(textConstant(name));
  storeName(NameId::StaticAttributes, loadConst(c_.constants.intern(std::move(attributes))));
  if (scope_.needsClassDict) {
    Reg cell = destination(kPush);
    b_.move(cell, classCells_.at(NameId::ClassDict));
    storeName(NameId::ClassDictCell, cell);
  }
  if (!scope_.needsClassClosure) {
    b_.returnValue(loadNone());
    return;
  }
  Reg cell = destination(kPush);
  b_.move(cell, classCells_.at(NameId::Class));
  Reg copy = destination(kPush);
  b_.dup(copy, cell);
  storeName(NameId::ClassCell, copy);
  b_.returnValue(cell);
}

/// `self.name = ...` in a method: a hint for the class's layout.
void Emitter::noteStaticAttribute(const ast::Attribute& node) {
  auto* object = ast::dynCast<ast::Name>(node.value);
  if (!object || object->id->text != "self")
    return;
  Emitter* outer = this;
  while (outer && outer->scope_.kind != ScopeKind::Class)
    outer = outer->parent_;
  if (!outer)
    return;
  NameId name = c_.names.of(node.attr);
  auto& known = outer->staticAttributes_;
  if (std::find(known.begin(), known.end(), name) == known.end())
    known.push_back(name);
}

} // namespace pyc
