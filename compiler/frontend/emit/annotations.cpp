// Annotations (PEP 649, 749). They are not evaluated where they stand, but in an `__annotate__`
// function made for each function, class and module that has any.
#include "compiler/frontend/emit/emitter.h"
#include "compiler/frontend/emit/unparse.h"

namespace pyc {

namespace {
constexpr int64_t kLargestFormat = 2; // annotationlib's VALUE_WITH_FAKE_GLOBALS
}

/// The start of a function that evaluates annotations: it takes the format wanted and refuses
/// those that only `annotationlib` knows how to make.
void Emitter::beginFormatFunction(const SourceSpan& span) {
  unit_.flags = functionFlags();
  unit_.firstLine = span.line;
  unit_.argumentCount = unit_.positionalOnlyCount = 1;
  bool isAnnotate = scope_.kind == ScopeKind::Annotation;
  Reg format = b_.addLocal(isAnnotate ? NameId::Format : NameId::DotFormat, uop::kLocalPlain);
  registers_.emplace(NameId::DotFormat, format);
  b_.setParameterCount(1);
  setUpFunction();
  b_.at(span);
  LabelId accepted = b_.newLabel();
  b_.jumpUnlessGt(format, loadInt(kLargestFormat), accepted);
  Reg error = destination(kPush);
  b_.loadCommon(error, uop::CommonConstant::NotImplementedError);
  b_.raise(error);
  b_.bind(accepted);
}

CodeUnit* Emitter::endFormatFunction() {
  b_.returnValue(b_.top());
  return finish();
}

/// Pushes an annotation's value, or its text under `from __future__ import annotations`.
void Emitter::annotationValue(const Expr& annotation) {
  if (c_.future.annotations) {
    at(annotation);
    loadText(unparse(annotation));
    return;
  }
  auto* starred = ast::dynCast<ast::Starred>(&annotation);
  if (!starred) {
    push(annotation);
    return;
  }
  // `*args: *Ts`
  Reg value = push(*starred->value);
  at(annotation);
  b_.unpackSequence(value, value, 1);
}

uint16_t Emitter::pushParameterAnnotation(const ast::Arg* arg) {
  if (!arg || !arg->annotation)
    return 0;
  loadText(mangled(arg->arg));
  annotationValue(*arg->annotation);
  return 1;
}

/// Pushes the `__annotate__` function of a function, or None.
void Emitter::pushFunctionAnnotate(const ast::StmtNode& node, const FunctionParts& parts) {
  const ast::Arguments& args = *parts.args;
  bool hasAny = parts.returns || (args.vararg && args.vararg->annotation) ||
                (args.kwarg && args.kwarg->annotation);
  for (const ast::Seq<ast::Arg>& list : {args.posonlyargs, args.args, args.kwonlyargs})
    for (const ast::Arg* arg : list)
      hasAny |= arg->annotation != nullptr;
  if (!hasAny) {
    loadNone();
    return;
  }
  SourceSpan span = b_.position();
  Scope& scope = *c_.scopes.find(&node, ScopeKind::Annotation);
  Emitter inner(c_, this, scope, NameId::Annotate);
  inner.beginFormatFunction(span);
  Reg map = inner.destination(kPush);
  unsigned count = 0;
  for (const ast::Arg* arg : args.posonlyargs)
    count += inner.pushParameterAnnotation(arg);
  for (const ast::Arg* arg : args.args)
    count += inner.pushParameterAnnotation(arg);
  count += inner.pushParameterAnnotation(args.vararg);
  for (const ast::Arg* arg : args.kwonlyargs)
    count += inner.pushParameterAnnotation(arg);
  count += inner.pushParameterAnnotation(args.kwarg);
  if (parts.returns) {
    inner.loadText(NameId::Return);
    inner.annotationValue(*parts.returns);
    ++count;
  }
  inner.b_.at(span);
  inner.b_.buildMap(map, map, static_cast<uint16_t>(count));
  CodeUnit* code = inner.endFormatFunction();
  b_.at(span);
  makePlainFunction(code, scope, kPush);
}

/// Notes the annotated names of a module or class body, in the order of their places.
void Emitter::findAnnotations(Stmts body, bool isConditional) {
  auto nested = [this](Stmts inner) { findAnnotations(inner, true); };
  for (const ast::StmtNode* stmt : body) {
    switch (stmt->kind) {
    case ast::StmtKind::AnnAssign: {
      auto& node = ast::cast<ast::AnnAssign>(*stmt);
      if (node.simple)
        annotated_.push_back({&node, isConditional ? conditionCount_++ : -1});
      break;
    }
    case ast::StmtKind::If: {
      auto& node = ast::cast<ast::If>(*stmt);
      nested(node.body);
      nested(node.orelse);
      break;
    }
    case ast::StmtKind::For: {
      auto& node = ast::cast<ast::For>(*stmt);
      nested(node.body);
      nested(node.orelse);
      break;
    }
    case ast::StmtKind::AsyncFor: {
      auto& node = ast::cast<ast::AsyncFor>(*stmt);
      nested(node.body);
      nested(node.orelse);
      break;
    }
    case ast::StmtKind::While: {
      auto& node = ast::cast<ast::While>(*stmt);
      nested(node.body);
      nested(node.orelse);
      break;
    }
    case ast::StmtKind::With:
      nested(ast::cast<ast::With>(*stmt).body);
      break;
    case ast::StmtKind::AsyncWith:
      nested(ast::cast<ast::AsyncWith>(*stmt).body);
      break;
    case ast::StmtKind::Match:
      for (const ast::MatchCase* matchCase : ast::cast<ast::Match>(*stmt).cases)
        nested(matchCase->body);
      break;
    case ast::StmtKind::Try: {
      auto& node = ast::cast<ast::Try>(*stmt);
      nested(node.body);
      nested(node.orelse);
      for (const ast::ExceptHandler* handler : node.handlers)
        nested(handler->body);
      nested(node.finalbody);
      break;
    }
    case ast::StmtKind::TryStar: {
      auto& node = ast::cast<ast::TryStar>(*stmt);
      nested(node.body);
      nested(node.orelse);
      for (const ast::ExceptHandler* handler : node.handlers)
        nested(handler->body);
      nested(node.finalbody);
      break;
    }
    default: // has no statements of the same scope
      break;
    }
  }
}

/// Emits what a module's or class's annotations need before its first statement.
void Emitter::setUpAnnotations(Stmts body) {
  bool isModule = scope_.kind == ScopeKind::Module;
  findAnnotations(body, isModule);
  if (isModule && !body.empty())
    b_.at(body[0]->span);
  if (isModule && !annotated_.empty() && !c_.future.annotations) {
    pushVariableAnnotate(b_.position());
    storeName(NameId::Annotate, b_.top());
  }
  if (scope_.hasConditionalAnnotations) {
    Reg set = destination(kPush);
    b_.buildSet(set, set, 0);
    if (isModule)
      storeName(NameId::ConditionalAnnotations, set);
    else
      b_.storeDeref(classCells_.at(NameId::ConditionalAnnotations), set);
  }
  if (c_.future.annotations && !annotated_.empty())
    b_.setupAnnotations();
}

/// Pushes the `__annotate__` function of a module or class.
void Emitter::pushVariableAnnotate(const SourceSpan& span) {
  Emitter inner(c_, this, *scope_.annotations, NameId::Annotate);
  inner.beginFormatFunction(span);
  inner.variableAnnotations(*this);
  CodeUnit* code = inner.endFormatFunction();
  b_.at(span);
  makePlainFunction(code, *scope_.annotations, kPush);
}

void Emitter::variableAnnotations(const Emitter& owner) {
  SourceSpan span = b_.position();
  Reg map = destination(kPush);
  b_.buildMap(map, map, 0);
  for (const Annotated& annotated : owner.annotated_) {
    const ast::AnnAssign& node = *annotated.node;
    LabelId next = b_.newLabel();
    if (annotated.condition >= 0) {
      // Only if the statement has run.
      at(node);
      Reg index = loadInt(annotated.condition);
      Reg reached = loadName(NameId::ConditionalAnnotations, kPush);
      b_.contains(index, index, reached);
      b_.jumpIfFalse(index, next);
    }
    annotationValue(*node.annotation);
    at(node);
    Reg value = b_.top();
    Reg key = loadText(mangled(ast::cast<ast::Name>(*node.target).id));
    b_.at(span);
    b_.mapAdd(map, key, value);
    b_.bind(next);
  }
}

void Emitter::annotatedAssign(const ast::AnnAssign& node) {
  const Expr& target = *node.target;
  if (node.value) {
    Reg local = plainLocal(target);
    if (local != kPush) {
      hintLocal(local, node.annotation);
      expr(*node.value, local);
    } else {
      Reg value = operand(*node.value, &target);
      store(target, value);
    }
  }
  if (auto* name = ast::dynCast<ast::Name>(&target)) {
    if (node.simple && !scope_.isFunctionLike())
      noteAnnotation(node, *name);
    return;
  }
  if (node.value)
    return;
  // Without a value only the parts of the target are evaluated.
  if (auto* attribute = ast::dynCast<ast::Attribute>(&target))
    return effect(*attribute->value);
  auto& subscript = ast::cast<ast::Subscript>(target);
  effect(*subscript.value);
  effectOfKey(*subscript.slice);
}

/// Evaluates a subscript's key, without making slices of its parts.
void Emitter::effectOfKey(const Expr& key) {
  if (auto* slice = ast::dynCast<ast::Slice>(&key)) {
    for (const Expr* part : {slice->lower, slice->upper, slice->step})
      if (part)
        effect(*part);
  } else if (auto* tuple = ast::dynCast<ast::Tuple>(&key)) {
    for (const Expr* element : tuple->elts)
      effectOfKey(*element);
  } else {
    effect(key);
  }
}

void Emitter::noteAnnotation(const ast::AnnAssign& node, const ast::Name& target) {
  at(node);
  if (c_.future.annotations) {
    Reg text = loadText(unparse(*node.annotation));
    Reg map = loadName(NameId::Annotations, kPush);
    Reg key = loadText(mangled(target.id));
    return b_.storeItem(map, key, text);
  }
  for (const Annotated& annotated : annotated_) {
    if (annotated.node != &node || annotated.condition < 0)
      continue;
    Reg set = destination(kPush);
    if (scope_.kind == ScopeKind::Class)
      b_.loadDeref(set, classCells_.at(NameId::ConditionalAnnotations));
    else
      loadName(NameId::ConditionalAnnotations, kPush);
    Reg index = loadInt(annotated.condition);
    b_.setAdd(set, index);
    return b_.drop(set);
  }
}

} // namespace pyc
