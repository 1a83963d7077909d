// try ... except*. While the clauses run, the stack holds: the exception, the one handled before,
// the list of what the clauses raised and of what no clause took, and what is left of the group.
#include "compiler/frontend/emit/try_finally.h"

namespace pyc {

void Emitter::tryStar(const ast::TryStar& node) {
  ++tryDepth_;
  if (node.finalbody.empty())
    tryStarExcept(node);
  else
    tryFinally(node.span, node.finalbody, [&] { tryStarExcept(node); });
  --tryDepth_;
}

void Emitter::tryStarExcept(const ast::TryStar& node) {
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
  auto exception = static_cast<Reg>(b_.top() - 1);
  Reg list = destination(kPush);
  b_.buildList(list, list, 0);
  Reg rest = destination(kPush);
  b_.dup(rest, exception);
  for (const ast::ExceptHandler* clause : node.handlers)
    starClause(*clause, cleanup);
  b_.atNone();
  b_.listAppend(list, rest);
  Reg original = destination(kPush);
  b_.dup(original, exception);
  b_.swap(list, original);
  b_.prepReraiseStar(list, list, original);
  LabelId raise = b_.newLabel();
  Reg test = destination(kPush);
  b_.dup(test, list);
  b_.jumpIfNotNone(test, raise);
  b_.drop(list);
  b_.leaveHandler(b_.top());
  b_.drop(b_.top());
  b_.jump(end);
  b_.setDepth(static_cast<unsigned>(list) + 1);
  b_.bind(raise);
  Reg result = b_.top();
  b_.swap(static_cast<Reg>(result - 1), result);
  b_.setHandler(outer);
  b_.leaveHandler(result);
  b_.reraise(b_.top());
  endHandler(cleanup, outer);
  b_.setDepth(depth);
  b_.bind(end);
}

/// One `except*` clause. On top before and after it: what is left of the group, or None.
void Emitter::starClause(const ast::ExceptHandler& clause, HandlerId cleanup) {
  Reg rest = b_.top();
  auto list = static_cast<Reg>(rest - 1);
  LabelId next = b_.newLabel(), noMatch = b_.newLabel();
  Reg type = operand(*clause.type);
  b_.at(clause.type->span);
  b_.matchExceptionGroup(destination(kPush, {rest, type}), rest, type);
  Reg match = b_.top();
  Reg test = destination(kPush);
  b_.dup(test, match);
  b_.jumpIfNone(test, noMatch);

  // The matching part is the exception being handled in the clause.
  Reg previous = destination(kPush);
  b_.atNone();
  b_.enterHandler(previous, match);
  HandlerId failed = b_.newHandler(b_.newLabel());
  NameId name = NameId::None;
  if (clause.name) {
    b_.at(clause.span);
    name = mangled(clause.name);
    NameRef ref = resolve(name);
    Reg bound = ref.kind == NameRef::Local ? ref.reg : destination(kPush);
    b_.dup(bound, match);
    storeName(ref, bound);
  }
  b_.setHandler(failed);
  enterBlock({.kind = Block::StarHandler, .outer = cleanup, .exceptionName = name}, clause.span);
  stmts(clause.body);
  blocks_.pop_back();
  b_.setHandler(cleanup);
  b_.atNone();
  if (clause.name)
    forgetName(name);
  b_.leaveHandler(b_.top());
  b_.drop(match);
  b_.jump(next);

  // What the clause raises is collected.
  b_.bindHandler(failed);
  b_.atNone();
  if (clause.name)
    forgetName(name);
  Reg raised = b_.top();
  b_.listAppend(list, raised);
  b_.leaveHandler(b_.top());
  b_.drop(match);
  b_.jump(next);

  b_.setDepth(static_cast<unsigned>(match) + 1);
  b_.bind(noMatch);
  b_.drop(match);
  b_.bind(next);
}

} // namespace pyc
