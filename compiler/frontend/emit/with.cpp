// with and async with. On the stack while the body runs: the manager, unless it is a local, and the
// pair that load_special makes of its `__exit__`.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

void Emitter::withItems(const ast::StmtNode& node, ast::Seq<ast::WithItem> items, Stmts body,
                        bool isAsync) {
  const ast::WithItem& item = *items[0];
  const SourceSpan& span = item.context_expr->span;
  LabelId end = b_.newLabel();
  unsigned endDepth = b_.depth();
  bool hasManager = enterManager(*item.context_expr, isAsync);
  HandlerId outer = b_.handler();
  HandlerId handler = b_.newHandler(b_.newLabel(), b_.depth() - 1);
  b_.setHandler(handler);
  enterBlock({.kind = isAsync ? Block::AsyncWith : Block::With,
              .outer = outer,
              .hasManager = hasManager,
              .span = span},
             span);
  if (item.optional_vars)
    store(*item.optional_vars, b_.top());
  else
    b_.drop(b_.top());
  if (items.size() > 1 && !hasFailed())
    withItems(node, items.subspan(1), body, isAsync);
  else
    stmts(body);
  blocks_.pop_back();
  b_.setHandler(outer);
  b_.at(span);
  callExit(isAsync);
  b_.dropTop(b_.depth() - endDepth);
  b_.jump(end);
  handleExit(handler, outer, span, isAsync, end, endDepth);
}

/// Pushes manager and exit pair and the result of `__enter__`. False where the manager is a local
/// and not on the stack.
bool Emitter::enterManager(const Expr& manager, bool isAsync) {
  Reg object = operand(manager);
  at(manager);
  Reg copy = duplicate(object);
  Reg exit = destination(kPush, {copy});
  b_.loadSpecial(exit, copy, isAsync ? uop::SpecialMethod::Aexit : uop::SpecialMethod::Exit);
  if (isAsync)
    beginAwait();
  copy = duplicate(object);
  Reg enter = destination(kPush, {copy});
  b_.loadSpecial(enter, copy, isAsync ? uop::SpecialMethod::Aenter : uop::SpecialMethod::Enter);
  b_.callMethod(enter, enter, 0, 0);
  if (isAsync)
    endAwait(uop::AwaitContext::Aenter);
  return object >= 0;
}

void Emitter::callExit(bool isAsync) {
  auto pair = static_cast<Reg>(b_.top() - 1);
  for (int i = 0; i < 3; ++i)
    loadNone();
  b_.callMethod(pair, pair, 3, 0);
  if (!isAsync)
    return;
  beginAwait();
  b_.swap(static_cast<Reg>(b_.top() - 1), b_.top());
  endAwait(uop::AwaitContext::Aexit);
}

/// The handler around a `with`'s body: the exception goes on unless `__exit__` says otherwise.
void Emitter::handleExit(HandlerId handler, HandlerId outer, const SourceSpan& span, bool isAsync,
                         LabelId end, unsigned endDepth) {
  HandlerId cleanup = beginHandler(handler);
  Reg previous = b_.top();
  auto exception = static_cast<Reg>(previous - 1);
  b_.at(span);
  if (isAsync)
    beginAwait();
  Reg result = destination(kPush);
  b_.withExceptStart(result, static_cast<Reg>(exception - 2), exception);
  if (isAsync)
    endAwait(uop::AwaitContext::Aexit);
  LabelId suppress = b_.newLabel();
  b_.jumpIfTrue(b_.top(), suppress);
  b_.setHandler(outer);
  b_.atNone();
  b_.leaveHandler(b_.top());
  b_.reraise(b_.top());
  b_.setDepth(static_cast<unsigned>(previous) + 1);
  b_.bind(suppress);
  b_.atNone();
  b_.leaveHandler(b_.top());
  b_.dropTop(b_.depth() - endDepth);
  b_.jump(end);
  endHandler(cleanup, outer);
  b_.setDepth(endDepth);
  b_.bind(end);
}

} // namespace pyc
