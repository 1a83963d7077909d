// Leaving blocks by return, break and continue: final bodies and __exit__ run on the way, and what
// the blocks keep on the stack goes.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

namespace {
constexpr size_t kMostBlocks = 21;

/// How many blocks it is to CPython.
size_t weight(bool isHandler) {
  return isHandler ? 2 : 1;
}
} // namespace

void Emitter::checkBlocks(size_t added, const SourceSpan& span) {
  // What generators and coroutines wrap their code in counts too.
  size_t count = added + inlined_.size() + (scope_.isGenerator || scope_.isCoroutine);
  for (const Block& outer : blocks_)
    count += weight(outer.kind == Block::Handler || outer.kind == Block::StarHandler);
  if (count > kMostBlocks)
    error(DiagId::TooManyBlocks, span);
}

void Emitter::enterBlock(Block block, const SourceSpan& span) {
  checkBlocks(weight(block.kind == Block::Handler || block.kind == Block::StarHandler), span);
  blocks_.push_back(std::move(block));
}

/// Whether a return has more to do than to return.
bool Emitter::needsLeaving() const {
  for (const Block& block : blocks_)
    if (block.kind != Block::While && block.kind != Block::Try)
      return true;
  return false;
}

/// Leaves all blocks from the innermost one to `blocks_[downTo]`. With `keepTop`, the value on top
/// stays on top. The blocks stay noted: code behind the jump is still inside of them.
void Emitter::leaveBlocks(size_t downTo, bool keepTop) {
  std::vector<Block> saved = blocks_;
  while (blocks_.size() > downTo) {
    Block block = std::move(blocks_.back());
    blocks_.pop_back();
    leaveBlock(block, keepTop);
  }
  blocks_ = std::move(saved);
}

void Emitter::leaveBlock(const Block& block, bool keepTop) {
  switch (block.kind) {
  case Block::While:
    return;
  case Block::Try:
    return b_.setHandler(block.outer);
  case Block::For:
  case Block::PendingValue:
    return keepTop ? dropBelow() : b_.drop(b_.top());
  case Block::Finally: {
    b_.setHandler(block.outer);
    if (keepTop)
      blocks_.push_back({.kind = Block::PendingValue, .outer = block.outer});
    stmts(block.finalBody);
    if (keepTop)
      blocks_.pop_back();
    return;
  }
  case Block::FinallyHandler:
  case Block::Handler:
  case Block::StarHandler:
    b_.setHandler(block.outer);
    if (keepTop) { // exception, previous, value
      Reg value = b_.top();
      b_.swap(static_cast<Reg>(value - 1), value);
      b_.leaveHandler(value);
      dropBelow();
    } else {
      b_.leaveHandler(b_.top());
      b_.drop(b_.top());
    }
    if (block.exceptionName != NameId::None)
      forgetName(block.exceptionName);
    return;
  case Block::With:
  case Block::AsyncWith: {
    b_.setHandler(block.outer);
    b_.at(block.span);
    if (keepTop)
      raiseExit(block.hasManager);
    callExit(block.kind == Block::AsyncWith);
    b_.drop(b_.top());
    if (block.hasManager && !keepTop)
      b_.drop(b_.top());
    return;
  }
  }
}

/// Moves the value on top below the `__exit__` pair of a `with`; the manager goes.
void Emitter::raiseExit(bool hasManager) {
  Reg value = b_.top();
  if (hasManager) { // manager, function, self, value
    b_.swap(static_cast<Reg>(value - 3), value);
    return b_.drop(value);
  }
  b_.swap(static_cast<Reg>(value - 2), value); // value, self, function
  b_.swap(static_cast<Reg>(value - 1), value);
}

/// The index of the loop that a break or continue is about; all blocks when there is none.
size_t Emitter::innermostLoop() const {
  for (size_t i = blocks_.size(); i-- > 0;)
    if (blocks_[i].kind == Block::While || blocks_[i].kind == Block::For)
      return i;
  return blocks_.size();
}

/// A jump out of an `except*` block would lose the other exceptions of the group.
bool Emitter::checkStarBlocks(const SourceSpan& span, size_t downTo) {
  for (size_t i = blocks_.size(); i-- > downTo;)
    if (blocks_[i].kind == Block::StarHandler) {
      error(DiagId::JumpInExceptStar, span);
      return false;
    }
  return true;
}

void Emitter::breakStatement(const ast::StmtNode& node) {
  size_t loop = innermostLoop();
  bool isFine = checkStarBlocks(node.span, loop == blocks_.size() ? 0 : loop);
  if (loop == blocks_.size())
    return error(DiagId::BreakOutsideLoop, node.span);
  if (!isFine)
    return;
  unsigned depth = b_.depth();
  HandlerId handler = b_.handler();
  LabelId target = blocks_[loop].breakTarget;
  leaveBlocks(loop, false);
  at(node);
  b_.jump(target);
  b_.setHandler(handler);
  b_.setDepth(depth);
}

void Emitter::continueStatement(const ast::StmtNode& node) {
  size_t loop = innermostLoop();
  bool isFine = checkStarBlocks(node.span, loop == blocks_.size() ? 0 : loop);
  if (loop == blocks_.size())
    return error(DiagId::ContinueOutsideLoop, node.span);
  if (!isFine)
    return;
  unsigned depth = b_.depth();
  HandlerId handler = b_.handler();
  LabelId target = blocks_[loop].continueTarget;
  leaveBlocks(loop + 1, false);
  at(node);
  b_.jumpBack(target);
  b_.setHandler(handler);
  b_.setDepth(depth);
}

} // namespace pyc
