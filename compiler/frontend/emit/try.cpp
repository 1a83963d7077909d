// try statements. A handler keeps two temporaries: the exception and, while it is the one being
// handled, the one handled before.
#include "compiler/frontend/emit/try_finally.h"

namespace pyc {

HandlerId Emitter::beginHandler(HandlerId handler) {
  b_.bindHandler(handler);
  b_.atNone();
  Reg exception = b_.top();
  b_.enterHandler(destination(kPush), exception);
  HandlerId cleanup = b_.newHandler(b_.newLabel());
  b_.setHandler(cleanup);
  return cleanup;
}

/// What was raised inside a handler goes on, once the handler is left.
void Emitter::endHandler(HandlerId cleanup, HandlerId outer) {
  b_.setHandler(outer);
  b_.bindHandler(cleanup);
  b_.atNone();
  Reg exception = b_.top();
  auto previous = static_cast<Reg>(exception - 1);
  b_.swap(previous, exception);
  b_.leaveHandler(exception);
  b_.reraise(previous);
}

void Emitter::tryStatement(const ast::Try& node) {
  ++tryDepth_;
  if (node.finalbody.empty())
    tryExcept(node);
  else
    tryFinally(node.span, node.finalbody, [&] {
      if (node.handlers.empty())
        stmts(node.body);
      else
        tryExcept(node);
    });
  --tryDepth_;
}

void Emitter::tryExcept(const ast::Try& node) {
  LabelId end = b_.newLabel();
  HandlerId outer = b_.handler();
  HandlerId handler = b_.newHandler(b_.newLabel());
  unsigned depth = b_.depth();
  b_.setHandler(handler);
  enterBlock({.kind = Block::Try, .outer = outer}, node.span);
  stmts(node.body);
  blocks_.pop_back();
  b_.setHandler(outer);
  stmts(node.orelse);
  b_.atNone();
  b_.jump(end);

  HandlerId cleanup = beginHandler(handler);
  bool isLastBare = false;
  for (const ast::ExceptHandler* clause : node.handlers) {
    isLastBare = !clause->type;
    if (isLastBare && clause != node.handlers.back())
      error(DiagId::BareExceptPlace, clause->span);
    exceptClause(*clause, outer, cleanup, end);
  }
  if (!isLastBare) { // no clause took it: the frame is left where the last one was tried
    b_.at(node.handlers.back()->type->span);
    b_.leaveHandler(b_.top());
    b_.setHandler(outer);
    b_.reraise(b_.top());
  }
  endHandler(cleanup, outer);
  b_.setDepth(depth);
  b_.bind(end);
}

/// One `except` clause; falls through where the exception is not its.
void Emitter::exceptClause(const ast::ExceptHandler& clause, HandlerId outer, HandlerId cleanup,
                           LabelId end) {
  LabelId next = b_.newLabel();
  auto exception = static_cast<Reg>(b_.top() - 1);
  unsigned depth = b_.depth();
  if (clause.type) {
    Reg type = operand(*clause.type);
    b_.at(clause.type->span);
    Reg matches = destination(kPush, {type});
    b_.matchException(matches, exception, type);
    b_.jumpIfFalse(matches, next);
  }
  NameId name = NameId::None;
  HandlerId forget = HandlerId::None;
  if (clause.name) {
    b_.at(clause.span);
    name = mangled(clause.name);
    NameRef ref = resolve(name);
    Reg bound = ref.kind == NameRef::Local ? ref.reg : destination(kPush);
    b_.dup(bound, exception);
    storeName(ref, bound);
    forget = b_.newHandler(b_.newLabel());
    b_.setHandler(forget);
  }
  enterBlock({.kind = Block::Handler, .outer = outer, .exceptionName = name}, clause.span);
  stmts(clause.body);
  blocks_.pop_back();
  b_.setHandler(cleanup);
  b_.atNone();
  if (clause.name)
    forgetName(name);
  b_.leaveHandler(b_.top());
  b_.drop(b_.top());
  b_.jump(end);
  if (clause.name) {
    b_.bindHandler(forget);
    b_.atNone();
    forgetName(name);
    b_.reraise(b_.top());
  }
  b_.setDepth(depth);
  b_.bind(next);
}

} // namespace pyc
