// while, for, async for. Every way back to a loop's header is a jump_back.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

void Emitter::whileLoop(const ast::While& node) {
  LabelId header = b_.newLabel(), otherwise = b_.newLabel(), end = b_.newLabel();
  b_.bind(header);
  condition(*node.test, false, otherwise);
  enterBlock(
      {.kind = Block::While, .outer = b_.handler(), .breakTarget = end, .continueTarget = header},
      node.span);
  stmts(node.body);
  blocks_.pop_back();
  b_.jumpBack(header); // an interrupt there is shown at the body's last instruction
  b_.atNone();
  b_.bind(otherwise);
  stmts(node.orelse);
  b_.bind(end);
}

void Emitter::nextItem(const Expr& target, LabelId exhausted, const SourceSpan& span) {
  Reg iterator = b_.top();
  b_.at(span);
  Reg local = plainLocal(target);
  if (local != kPush)
    return b_.forIter(local, iterator, exhausted);
  Reg item = destination(kPush);
  b_.forIter(item, iterator, exhausted);
  store(target, item);
}

void Emitter::forLoop(const ast::For& node) {
  LabelId header = b_.newLabel(), exhausted = b_.newLabel(), end = b_.newLabel();
  Reg iterable = constantContainer(*node.iter, false);
  b_.at(node.iter->span);
  b_.getIter(destination(kPush, {iterable}), iterable);
  b_.bind(header);
  nextItem(*node.target, exhausted, node.iter->span);
  enterBlock(
      {.kind = Block::For, .outer = b_.handler(), .breakTarget = end, .continueTarget = header},
      node.span);
  stmts(node.body);
  blocks_.pop_back();
  b_.jumpBack(header); // an interrupt there is shown at the body's last instruction
  b_.atNone();
  b_.bind(exhausted);
  b_.drop(b_.top());
  stmts(node.orelse);
  b_.bind(end);
}

void Emitter::nextAsyncItem() {
  Reg iterator = b_.top();
  beginAwait();
  Reg awaited = destination(kPush);
  b_.getAnext(awaited, iterator);
  b_.yieldFrom(static_cast<Reg>(awaited - 1), awaited);
  b_.drop(awaited);
}

void Emitter::asyncFor(const ast::AsyncFor& node) {
  if (!scope_.isCoroutine && !isTopLevelAwait())
    return error(DiagId::AsyncForOutsideAsync, node.span);
  LabelId header = b_.newLabel(), exhausted = b_.newLabel(), end = b_.newLabel();
  Reg iterable = operand(*node.iter);
  b_.at(node.iter->span);
  b_.getAiter(destination(kPush, {iterable}), iterable);
  HandlerId outer = b_.handler();
  HandlerId stop = b_.newHandler(b_.newLabel());
  b_.bind(header);
  b_.setHandler(stop);
  at(node);
  nextAsyncItem();
  b_.setHandler(outer);
  store(*node.target, b_.top());
  enterBlock({.kind = Block::For, .outer = outer, .breakTarget = end, .continueTarget = header},
             node.span);
  stmts(node.body);
  blocks_.pop_back();
  b_.jumpBack(header); // an interrupt there is shown at the body's last instruction
  b_.atNone();
  b_.bindHandler(stop);
  b_.at(node.iter->span);
  b_.endAsyncFor(b_.top(), exhausted);
  b_.bind(exhausted);
  b_.drop(b_.top());
  stmts(node.orelse);
  b_.bind(end);
}

} // namespace pyc
