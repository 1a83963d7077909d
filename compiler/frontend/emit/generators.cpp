// yield, yield from, await.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

Reg Emitter::yieldExpr(const ast::Yield& node, Reg want) {
  if (!scope_.isFunctionLike())
    error(DiagId::YieldOutsideFunction, node.span, {"yield"});
  Reg value;
  if (node.value) {
    value = operand(*node.value);
  } else {
    at(node);
    value = loadNone();
  }
  at(node);
  if (scope_.isCoroutine) {
    Reg wrapped = destination(kPush, {value});
    b_.asyncGenWrap(wrapped, value);
    value = wrapped;
  }
  Reg dst = destination(want, {value});
  b_.yieldValue(dst, value);
  return dst;
}

Reg Emitter::yieldFrom(const ast::YieldFrom& node, Reg want) {
  if (!scope_.isFunctionLike())
    error(DiagId::YieldOutsideFunction, node.span, {"yield from"});
  else if (scope_.isCoroutine)
    error(DiagId::YieldFromInAsync, node.span);
  at(node);
  Reg value = loadNone();
  Reg iterable = operand(*node.value);
  at(node);
  Reg iterator = destination(kPush, {iterable});
  b_.getYieldFromIter(iterator, iterable);
  b_.yieldFrom(value, iterator);
  b_.drop(iterator);
  return settle(want);
}

void Emitter::beginAwait() {
  loadNone();
}

void Emitter::endAwait(uop::AwaitContext context) {
  Reg iterator = b_.top();
  b_.getAwaitable(iterator, iterator, context);
  b_.yieldFrom(static_cast<Reg>(iterator - 1), iterator);
  b_.drop(iterator);
}

Reg Emitter::awaitExpr(const ast::Await& node, Reg want) {
  at(node);
  beginAwait();
  push(*node.value);
  at(node);
  endAwait(uop::AwaitContext::Plain);
  return settle(want);
}

} // namespace pyc
