// The `finally` part of both kinds of try statement. Its body is emitted for each way out: the
// normal one, the exceptional one, and every jump (blocks.cpp).
#pragma once

#include "compiler/frontend/emit/emitter.h"

namespace pyc {

template <class Body>
void Emitter::tryFinally(const SourceSpan& span, Stmts finalBody, Body&& body) {
  HandlerId outer = b_.handler();
  HandlerId handler = b_.newHandler(b_.newLabel());
  LabelId end = b_.newLabel();
  unsigned depth = b_.depth();
  b_.setHandler(handler);
  enterBlock({.kind = Block::Finally, .outer = outer, .finalBody = finalBody}, span);
  body();
  blocks_.pop_back();
  b_.setHandler(outer);
  stmts(finalBody);
  b_.atNone();
  b_.jump(end);

  HandlerId cleanup = beginHandler(handler);
  enterBlock({.kind = Block::FinallyHandler, .outer = outer}, span);
  stmts(finalBody);
  blocks_.pop_back();
  b_.setHandler(outer);
  b_.at(finalBody.back()->span); // here the frame is left
  b_.leaveHandler(b_.top());
  b_.reraise(b_.top());
  endHandler(cleanup, outer);
  b_.setDepth(depth);
  b_.bind(end);
}

} // namespace pyc
