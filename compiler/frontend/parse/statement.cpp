// Modules, lists of statements, and going on after an error.
#include "compiler/frontend/parse/parser_impl.h"
#include "runtime/base/check.h"

namespace pyc::parsing {

// --- Roots ---

ModNode* Parser::parseModule() {
  Collector<StmtNode> body(*this);
  while (!at(TokenKind::EndMarker))
    if (recovering_ ? !recoveringStatement(body) : !topLevelStatement(body))
      return nullptr;
  auto* module = arena_.create<Module>();
  module->body = body.finish();
  return module;
}

/// Runs `parseRoot` and, where that fails, once more to find the error.
template <class F> ModNode* Parser::parseOnce(F&& parseRoot) {
  if (ModNode* root = parseRoot(); root && !raised_)
    return root;
  Mark last = furthest_;
  beginDiagnosing(0);
  parseRoot();
  reportStatementError(last);
  return nullptr;
}

ModNode* Parser::parseExpressionMode() {
  return parseOnce([&]() -> ModNode* {
    auto* root = arena_.create<Expression>();
    root->body = expressions();
    while (root->body && accept(TokenKind::Newline))
      continue;
    return root->body && at(TokenKind::EndMarker) ? root : nullptr;
  });
}

ModNode* Parser::parseInteractive() {
  ModNode* root = parseOnce([&]() -> ModNode* {
    Collector<StmtNode> body(*this);
    bool isCompound = false;
    if (StmtNode* statement = compoundStatement(isCompound)) {
      body.push(statement);
      if (!accept(TokenKind::Newline))
        return nullptr;
    } else if (isCompound || raised_) {
      return nullptr;
    } else if (at(TokenKind::Newline)) {
      body.push(make<Pass>(pos_++));
    } else if (!simpleStatements(body)) {
      return nullptr;
    }
    auto* interactive = arena_.create<Interactive>();
    interactive->body = body.finish();
    return interactive;
  });
  if (!root)
    return nullptr;
  Mark end = pos_;
  while (isImplied(end) || tokens_[end].kind == TokenKind::Dedent)
    ++end;
  if (tokens_[end].kind == TokenKind::EndMarker)
    return root;
  reportPending({DiagId::SeveralStatements, locationOf(furthest_), {}});
  return nullptr;
}

// --- Statements ---

void Parser::beginDiagnosing(Mark start) {
  diagnosing_ = true;
  triesInvalid_ = true;
  raised_ = false;
  pending_.reset();
  memo_.clear();
  depth_ = 0;
  furthestBefore_ = std::max(furthestBefore_, furthest_);
  furthest_ = start;
  pos_ = start;
}

/// Remembers the last line with an error that has been reported.
void Parser::noteReported() {
  const DiagLocation& location = sink_.diagnostics().back().location;
  reportedLine_ = static_cast<uint32_t>(std::max({location.line, location.endLine, 0}));
}

/// Parses a statement of the module. False where there is no going on after an error.
bool Parser::topLevelStatement(Collector<StmtNode>& out) {
  Mark start = pos_;
  if (statementInto(out) && !raised_) {
    previousStatement_ = start;
    return true;
  }
  Mark last = furthest_;
  if (!raised_ || pending_->id != DiagId::TooComplex) {
    // The statement before it may be what is wrong: an `else` that an `elif` follows.
    beginDiagnosing(previousStatement_);
    while (pos_ <= start && !raised_ && statementInto(out))
      continue;
  }
  reportStatementError(last);
  if (--errorsLeft_ == 0 || last >= errorToken_ || furthest_ >= errorToken_)
    return false;
  recovering_ = true;
  noteReported();
  beginDiagnosing(start);
  furthestBefore_ = 0;
  return recoveringStatement(out);
}

/// Parses a statement after the first error has been reported, and goes on behind it where it is
/// wrong too. False where that makes no sense any more.
bool Parser::recoveringStatement(Collector<StmtNode>& out) {
  Mark start = pos_;
  if (statementInto(out) && !raised_)
    return true;
  // One error a line: what is wrong behind another is mostly its consequence.
  if (tokens_[std::min(furthest_, errorToken_ - 1)].line > reportedLine_) {
    reportStatementError(furthest_);
    noteReported();
    if (--errorsLeft_ == 0)
      return false;
  }
  if (furthest_ >= errorToken_)
    return false;
  raised_ = false;
  pending_.reset();
  pos_ = start;
  furthest_ = start;
  return skipLine();
}

/// Moves behind the line at the cursor. The statements of a block that follows it are parsed on
/// their own.
bool Parser::skipLine() {
  while (tokens_[pos_].kind != TokenKind::Newline && tokens_[pos_].kind != TokenKind::Indent) {
    if (tokens_[pos_].kind == TokenKind::EndMarker || pos_ >= errorToken_)
      return pos_ < errorToken_;
    ++pos_;
  }
  accept(TokenKind::Newline);
  if (!accept(TokenKind::Indent))
    return true;
  Collector<StmtNode> ignored(*this);
  if (!statementsUntilDedent(ignored))
    return false;
  accept(TokenKind::Dedent);
  return true;
}

/// Parses one statement, or the several of a line; false where they are wrong.
bool Parser::statementInto(Collector<StmtNode>& out) {
  bool isCompound = false;
  if (StmtNode* statement = compoundStatement(isCompound)) {
    out.push(statement);
    return true;
  }
  return !raised_ && !isCompound && simpleStatements(out);
}

/// Appends the statements of a block, up to its Dedent.
bool Parser::statementsUntilDedent(Collector<StmtNode>& out) {
  do {
    if (recovering_ ? !recoveringStatement(out) : !statementInto(out))
      return false;
  } while (!at(TokenKind::Dedent) && !at(TokenKind::EndMarker));
  return true;
}

/// simple_stmt (';' simple_stmt)* [';'] NEWLINE
bool Parser::simpleStatements(Collector<StmtNode>& out) {
  do {
    StmtNode* statement = simpleStatement();
    if (!statement)
      return false;
    out.push(statement);
    if (accept(TokenKind::Newline))
      return true;
  } while (accept(TokenKind::Semicolon) && !at(TokenKind::Newline));
  return accept(TokenKind::Newline);
}

StmtNode* Parser::simpleStatement() {
  return memoized<StmtNode>(Rule::SimpleStatement, [&] { return simpleStatementUncached(); });
}

StmtNode* Parser::simpleStatementUncached() {
  Mark first = pos_;
  switch (peek()) {
  case TokenKind::KwReturn:
    return returnStatement();
  case TokenKind::KwImport:
  case TokenKind::KwFrom:
    return importStatement(/*isLazy=*/false);
  case TokenKind::KwRaise:
    return raiseStatement();
  case TokenKind::KwPass:
    return wordStatement<Pass>();
  case TokenKind::KwBreak:
    return wordStatement<Break>();
  case TokenKind::KwContinue:
    return wordStatement<Continue>();
  case TokenKind::KwDel:
    return deleteStatement();
  case TokenKind::KwAssert:
    return assertStatement();
  case TokenKind::KwGlobal:
  case TokenKind::KwNonlocal:
    return scopeStatement();
  case TokenKind::Name:
    if (atSoftKeyword("lazy") &&
        (peekAt(1) == TokenKind::KwImport || tokens_[pos_ + 1].kind == TokenKind::KwFrom))
      return importStatement(/*isLazy=*/true);
    if (atSoftKeyword("type") && peekAt(1) == TokenKind::Name) {
      if (StmtNode* alias = typeAlias())
        return alias;
      if (raised_)
        return nullptr;
      pos_ = first;
    }
    return assignmentOrExpression();
  default:
    return assignmentOrExpression();
  }
}

/// NEWLINE INDENT statements DEDENT, or simple statements on the same line.
bool Parser::block(Seq<StmtNode>& out) {
  Seq<StmtNode>* found = memoized<Seq<StmtNode>>(Rule::Block, [&]() -> Seq<StmtNode>* {
    Collector<StmtNode> body(*this);
    if (accept(TokenKind::Newline)) {
      if (!accept(TokenKind::Indent)) {
        if (wantsInvalid())
          raiseAtFurthest(DiagId::ExpectedBlock);
        return nullptr;
      }
      if (!statementsUntilDedent(body) || !accept(TokenKind::Dedent))
        return nullptr;
    } else if (!simpleStatements(body)) {
      return nullptr;
    }
    return raised_ ? nullptr : arena_.create<Seq<StmtNode>>(body.finish());
  });
  if (found)
    out = *found;
  return found != nullptr;
}

} // namespace pyc::parsing
