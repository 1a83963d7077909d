// Comprehensions. A list, set or dict comprehension runs inside the enclosing code (PEP 709): its
// variables are locals of that code which nothing else can name, unbound again at the end. A
// generator expression is a function of its own, which takes the outermost iterator.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

Reg Emitter::comprehension(const Expr& node, const ComprehensionParts& parts, Reg want) {
  Scope& scope = *c_.scopes.find(&node, ScopeKind::Function);
  if (!scope.isInlined)
    return callComprehension(node, scope, parts, want);
  inlineComprehension(node, scope, parts);
  return settle(want);
}

void Emitter::buildContainer(ComprehensionKind kind) {
  Reg container = destination(kPush);
  switch (kind) {
  case ComprehensionKind::List:
    return b_.buildList(container, container, 0);
  case ComprehensionKind::Set:
    return b_.buildSet(container, container, 0);
  case ComprehensionKind::Dict:
    return b_.buildMap(container, container, 0);
  case ComprehensionKind::None:
  case ComprehensionKind::Generator:
    return;
  }
}

// Variables.

/// A register for a comprehension's variable, which no comprehension around it uses. In a function
/// it is the local that `locals()` shows under this name, if the function has no such local itself.
Reg Emitter::comprehensionLocal(NameId name, bool isCell) {
  for (ComprehensionLocal& local : comprehensionLocals_)
    if (local.name == name && local.isCell == isCell && !local.isInUse) {
      local.isInUse = true;
      return local.reg;
    }
  const Symbol* own = scope_.find(name);
  bool isTaken = own && (own->binding == Binding::Local || own->binding == Binding::Cell ||
                         own->binding == Binding::Free);
  for (const ComprehensionLocal& local : comprehensionLocals_)
    isTaken |= local.name == name;
  bool isHidden = isTaken || !scope_.isFunctionLike();
  uint8_t kind = isCell ? uop::kLocalCell : uop::kLocalPlain;
  Reg reg = b_.addLocal(name, isHidden ? kind | uop::kLocalHidden : kind);
  comprehensionLocals_.push_back({name, reg, isCell, true});
  return reg;
}

void Emitter::enterInlined(Scope& scope, InlinedScope& inlined) {
  inlined.scope = &scope;
  for (const Symbol& symbol : scope.symbols()) {
    bool isOwn = (symbol.flags & kDefLocal) && !(symbol.flags & (kDefNonlocal | kDefGlobal));
    if (!isOwn)
      continue;
    bool isCell = symbol.binding == Binding::Cell;
    Reg reg = comprehensionLocal(symbol.name, isCell);
    if (isCell)
      b_.makeCell(reg);
    inlined.locals.push_back({symbol.name, reg});
  }
}

void Emitter::leaveInlined(const InlinedScope& inlined) {
  b_.atNone();
  for (const InlinedLocal& local : inlined.locals)
    b_.clearLocal(local.reg);
}

void Emitter::inlineComprehension(const Expr& node, Scope& scope, const ComprehensionParts& parts) {
  at(node);
  HandlerId outer = b_.handler();
  HandlerId cleanup = b_.newHandler(b_.newLabel());
  buildContainer(parts.kind);
  const ast::Comprehension& outermost = *parts.generators[0];
  Reg iterable = constantContainer(*outermost.iter, false);
  b_.at(outermost.iter->span);
  Reg iterator = destination(kPush, {iterable});
  if (outermost.is_async)
    b_.getAiter(iterator, iterable);
  else
    b_.getIter(iterator, iterable);

  at(node);
  checkBlocks(1, node.span);
  InlinedScope inlined;
  enterInlined(scope, inlined);
  inlined_.push_back(std::move(inlined));
  b_.setHandler(cleanup);
  comprehensionLoop(node, parts, 0, static_cast<Reg>(iterator - 1));
  b_.setHandler(outer);
  inlined = std::move(inlined_.back());
  inlined_.pop_back();
  leaveInlined(inlined);
  for (ComprehensionLocal& local : comprehensionLocals_)
    for (const InlinedLocal& own : inlined.locals)
      if (own.reg == local.reg)
        local.isInUse = false;

  // What an exception leaves behind is unbound as well.
  LabelId end = b_.newLabel();
  unsigned depth = b_.depth();
  b_.jump(end);
  b_.bindHandler(cleanup);
  leaveInlined(inlined);
  b_.reraise(b_.top());
  b_.setDepth(depth);
  b_.bind(end);
}

// Loops.

void Emitter::comprehensionLoop(const Expr& node, const ComprehensionParts& parts, size_t generator,
                                Reg container) {
  if (parts.generators[generator]->is_async)
    asyncLoop(node, parts, generator, container);
  else
    syncLoop(node, parts, generator, container);
}

/// One `for`, whose iterator is on top; it is gone at the end.
void Emitter::syncLoop(const Expr& node, const ComprehensionParts& parts, size_t generator,
                       Reg container) {
  const ast::Comprehension& part = *parts.generators[generator];
  LabelId header = b_.newLabel(), next = b_.newLabel(), exhausted = b_.newLabel();
  b_.bind(header);
  nextItem(*part.target, exhausted, part.iter->span);
  comprehensionInner(node, parts, generator, container, next);
  b_.bind(next);
  at(node);
  b_.jumpBack(header);
  b_.bind(exhausted);
  b_.atNone();
  b_.drop(b_.top());
}

void Emitter::asyncLoop(const Expr& node, const ComprehensionParts& parts, size_t generator,
                        Reg container) {
  const ast::Comprehension& part = *parts.generators[generator];
  LabelId header = b_.newLabel(), next = b_.newLabel(), exhausted = b_.newLabel();
  HandlerId outer = b_.handler();
  HandlerId end = b_.newHandler(b_.newLabel());
  at(node);
  b_.bind(header);
  b_.setHandler(end);
  nextAsyncItem();
  b_.setHandler(outer);
  store(*part.target, b_.top());
  comprehensionInner(node, parts, generator, container, next);
  b_.bind(next);
  at(node);
  b_.jumpBack(header);
  b_.bindHandler(end);
  b_.endAsyncFor(b_.top(), exhausted);
  b_.bind(exhausted);
  b_.drop(b_.top());
}

/// The conditions of a `for` and what is done for each item that passes them.
void Emitter::comprehensionInner(const Expr& node, const ComprehensionParts& parts,
                                 size_t generator, Reg container, LabelId next) {
  for (const Expr* test : parts.generators[generator]->ifs)
    condition(*test, false, next);
  if (++generator == parts.generators.size())
    return comprehensionElement(node, parts, container);
  const ast::Comprehension& inner = *parts.generators[generator];
  if (const Expr* only = onlyElement(*inner.iter); only && !inner.is_async) {
    // `for y in [f(x)]` names a value.
    store(*inner.target, push(*only));
    return comprehensionInner(node, parts, generator, container, next);
  }
  Reg iterable = constantContainer(*inner.iter, false);
  b_.at(inner.iter->span);
  Reg iterator = destination(kPush, {iterable});
  if (inner.is_async)
    b_.getAiter(iterator, iterable);
  else
    b_.getIter(iterator, iterable);
  comprehensionLoop(node, parts, generator, container);
}

void Emitter::comprehensionElement(const Expr& node, const ComprehensionParts& parts,
                                   Reg container) {
  const Expr& element = *parts.element;
  auto* starred = ast::dynCast<ast::Starred>(&element);
  switch (parts.kind) {
  case ComprehensionKind::List: {
    Reg item = operand(starred ? *starred->value : element);
    at(element);
    return starred ? b_.listExtend(container, item) : b_.listAppend(container, item);
  }
  case ComprehensionKind::Set: {
    Reg item = operand(starred ? *starred->value : element);
    at(element);
    return starred ? b_.setUpdate(container, item) : b_.setAdd(container, item);
  }
  case ComprehensionKind::Dict: {
    if (!parts.value) { // {**mapping for ...}
      Reg mapping = operand(element);
      at(element);
      return b_.dictUpdate(container, mapping);
    }
    Reg key = operand(element, parts.value);
    Reg value = operand(*parts.value);
    b_.at(SourceSpan::join(element.span, parts.value->span));
    return b_.mapAdd(container, key, value);
  }
  case ComprehensionKind::Generator:
    return yieldElement(starred ? *starred->value : element, starred);
  case ComprehensionKind::None:
    return;
  }
}

void Emitter::yieldElement(const Expr& element, bool isUnpacked) {
  LabelId header = b_.newLabel(), exhausted = b_.newLabel();
  if (isUnpacked) {
    Reg iterable = operand(element);
    at(element);
    b_.getIter(destination(kPush, {iterable}), iterable);
    b_.bind(header);
    Reg iterator = b_.top();
    b_.forIter(destination(kPush), iterator, exhausted);
  }
  Reg value = isUnpacked ? b_.top() : operand(element);
  at(element);
  if (scope_.isCoroutine) {
    Reg wrapped = destination(kPush, {value});
    b_.asyncGenWrap(wrapped, value);
    value = wrapped;
  }
  Reg sent = destination(kPush, {value});
  b_.yieldValue(sent, value);
  b_.drop(sent);
  if (!isUnpacked)
    return;
  b_.jumpBack(header);
  b_.bind(exhausted);
  b_.drop(b_.top());
}

// Comprehensions that are functions.

Reg Emitter::callComprehension(const Expr& node, Scope& scope, const ComprehensionParts& parts,
                               Reg want) {
  Emitter inner(c_, this, scope, scope.name);
  const ast::Comprehension& outermost = *parts.generators[0];
  CodeUnit* code = inner.comprehensionCode(node, parts);
  at(node);
  Reg window = makePlainFunction(code, scope, kPush);
  Reg iterable = operand(*outermost.iter);
  at(node);
  Reg iterator = destination(kPush, {iterable});
  if (outermost.is_async)
    b_.getAiter(iterator, iterable);
  else
    b_.getIter(iterator, iterable);
  at(node);
  bool isAwaited = scope.isCoroutine && !scope.isGenerator;
  Reg dst = want == kPush || isAwaited ? window : want;
  b_.call(dst, window, 1, 0);
  if (!isAwaited)
    return dst;
  beginAwait();
  b_.swap(static_cast<Reg>(b_.top() - 1), b_.top());
  endAwait(uop::AwaitContext::Plain);
  return settle(want);
}

CodeUnit* Emitter::comprehensionCode(const Expr& node, const ComprehensionParts& parts) {
  unit_.flags = functionFlags();
  unit_.argumentCount = 1;
  registers_.emplace(NameId::DotIterator, b_.addLocal(NameId::DotIterator, uop::kLocalPlain));
  b_.setParameterCount(1);
  setUpFunction();
  at(node);
  bool isGenerator = parts.kind == ComprehensionKind::Generator;
  buildContainer(parts.kind);
  Reg container = isGenerator ? Reg(0) : b_.top();
  Reg iterator = destination(kPush);
  b_.move(iterator, registerOf(NameId::DotIterator));
  comprehensionLoop(node, parts, 0, container);
  if (isGenerator)
    loadNone();
  at(node);
  b_.returnValue(b_.top());
  endGenerator();
  return finish();
}

} // namespace pyc
