// Statements with blocks, except definitions and `match`.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// Parses the compound statement at the cursor; null with `isCompound` false where none is there.
StmtNode* Parser::compoundStatement(bool& isCompound) {
  StmtNode* statement = compoundStatementInner(isCompound);
  if (statement && !isa<FunctionDef>(*statement) && !isa<AsyncFunctionDef>(*statement))
    noteCompound(statement->span.line);
  return statement;
}

StmtNode* Parser::compoundStatementInner(bool& isCompound) {
  isCompound = true;
  switch (peek()) {
  case TokenKind::KwDef:
    return functionDefinition(pos_, /*isAsync=*/false, {});
  case TokenKind::KwIf:
    return ifStatement();
  case TokenKind::KwClass:
    return classDefinition(pos_, {});
  case TokenKind::KwFor:
    return forStatement(pos_, /*isAsync=*/false);
  case TokenKind::KwWith:
    return withStatement(pos_, /*isAsync=*/false);
  case TokenKind::KwTry:
    return tryStatement();
  case TokenKind::KwWhile:
    return whileStatement();
  case TokenKind::At:
    return decorated();
  case TokenKind::KwAsync:
    return asyncStatement();
  case TokenKind::Name:
    isCompound = false;
    return softCompoundStatement();
  default:
    isCompound = false;
    return nullptr;
  }
}

/// `match`, where the name begins one; the cursor stays where it does not.
StmtNode* Parser::softCompoundStatement() {
  Mark first = pos_;
  if (atSoftKeyword("match")) {
    StmtNode* statement = matchStatement();
    if (statement || raised_)
      return statement;
    pos_ = first;
  }
  if (wantsInvalid() && atSoftKeyword("case")) {
    invalidStrayCase(first);
    pos_ = first;
  }
  return nullptr;
}

StmtNode* Parser::asyncStatement() {
  Mark first = pos_;
  switch (peekAt(1)) {
  case TokenKind::KwDef:
    return functionDefinition(first, /*isAsync=*/true, {});
  case TokenKind::KwWith:
    return withStatement(first, /*isAsync=*/true);
  case TokenKind::KwFor:
    return forStatement(first, /*isAsync=*/true);
  default:
    return nullptr;
  }
}

/// if_stmt and its elif chain, which is as deep a tree as it is long.
StmtNode* Parser::ifStatement() {
  struct Link {
    Mark first;
    If* node;
  };
  std::vector<Link> links;
  for (;;) {
    Mark first = pos_;
    if (wantsInvalid()) {
      invalidHeader(first, links.empty() ? "'if' statement" : "'elif' statement");
      if (raised_)
        return nullptr;
      pos_ = first;
    }
    ++pos_;
    auto* node = arena_.create<If>();
    node->test = namedExpression();
    if (!node->test || !accept(TokenKind::Colon) || !block(node->body))
      return nullptr;
    links.push_back({first, node});
    noteCompound(tokens_[links.front().first].line);
    if (links.size() >= kMaxTreeHeight)
      return raiseTooComplex();
    if (!at(TokenKind::KwElif))
      break;
  }
  if (!elseBlock(links.back().node->orelse))
    return nullptr;
  StmtNode* inner = nullptr;
  for (size_t i = links.size(); i-- > 0;) {
    If* node = links[i].node;
    node->span = spanFrom(links[i].first);
    if (inner)
      node->orelse = arena_.copy(Seq<StmtNode>(&inner, 1));
    inner = node;
  }
  return inner;
}

/// ['else' ':' block]; true where there is none.
bool Parser::elseBlock(Seq<StmtNode>& out) {
  if (!at(TokenKind::KwElse))
    return true;
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidElse(first);
    if (raised_)
      return false;
    pos_ = first;
  }
  ++pos_;
  return expectForced(TokenKind::Colon, ":") && block(out);
}

StmtNode* Parser::whileStatement() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidHeader(first, "'while' statement");
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  ++pos_;
  auto* node = arena_.create<While>();
  node->test = namedExpression();
  if (!node->test || !accept(TokenKind::Colon) || !block(node->body))
    return nullptr;
  noteCompound(tokens_[first].line);
  if (!elseBlock(node->orelse))
    return nullptr;
  node->span = spanFrom(first);
  return node;
}

StmtNode* Parser::forStatement(Mark first, bool isAsync) {
  if (wantsInvalid()) {
    invalidFor(first, isAsync);
    if (raised_)
      return nullptr;
  }
  pos_ = first + isAsync + 1;
  ExprNode* target = starTargets();
  if (!target || !accept(TokenKind::KwIn)) {
    if (wantsInvalid())
      invalidForTarget(first);
    return nullptr;
  }
  ExprNode* iter = starExpressions();
  Seq<StmtNode> body, orelse;
  if (!iter || !accept(TokenKind::Colon) || !block(body))
    return nullptr;
  noteCompound(tokens_[first].line);
  if (!elseBlock(orelse))
    return nullptr;
  auto fill = [&](auto* node) {
    node->target = target;
    node->iter = iter;
    node->body = body;
    node->orelse = orelse;
    return node;
  };
  if (isAsync)
    return fill(make<AsyncFor>(first));
  return fill(make<For>(first));
}

// --- with ---

StmtNode* Parser::withStatement(Mark first, bool isAsync) {
  if (wantsInvalid()) {
    invalidWithIndent(first, isAsync);
    if (raised_)
      return nullptr;
  }
  Mark start = first + isAsync + 1;
  pos_ = start;
  Collector<WithItem> items(*this);
  Seq<StmtNode> body;
  bool hasHeader =
      at(TokenKind::LeftParen) && withItems(items, /*inParens=*/true) && accept(TokenKind::Colon);
  if (!hasHeader && !raised_) {
    pos_ = start;
    items.clear();
    hasHeader = withItems(items, /*inParens=*/false) && accept(TokenKind::Colon);
  }
  if (!hasHeader || !block(body)) {
    if (wantsInvalid())
      invalidWith(first, isAsync);
    return nullptr;
  }
  auto fill = [&](auto* node) {
    node->items = items.finish();
    node->body = body;
    return node;
  };
  if (isAsync)
    return fill(make<AsyncWith>(first));
  return fill(make<With>(first));
}

/// ','.with_item+, or '(' ','.with_item+ [','] ')'
bool Parser::withItems(Collector<WithItem>& items, bool inParens) {
  if (inParens)
    ++pos_;
  do {
    if (inParens && items.size() > 0 && at(TokenKind::RightParen))
      break;
    Mark back = pos_;
    WithItem* item = withItem();
    if (!item) {
      if (raised_ || items.size() == 0)
        return false;
      pos_ = back - 1;
      break;
    }
    items.push(item);
  } while (accept(TokenKind::Comma));
  return !inParens || accept(TokenKind::RightParen);
}

/// expression ['as' star_target]
WithItem* Parser::withItem() {
  ExprNode* context = expression();
  if (!context)
    return nullptr;
  auto* item = arena_.create<WithItem>();
  item->context_expr = context;
  if (!at(TokenKind::KwAs))
    return item;
  Mark back = pos_++;
  auto atItemEnd = [&] {
    return at(TokenKind::Comma) || at(TokenKind::RightParen) || at(TokenKind::Colon);
  };
  ExprNode* target = starTarget();
  if (target && atItemEnd()) {
    item->optional_vars = target;
    return item;
  }
  if (wantsInvalid()) {
    pos_ = back + 1;
    if (ExprNode* wrong = expression(); wrong && !raised_ && atItemEnd())
      raiseInvalidTarget(wrong, TargetUse::Assign);
  }
  pos_ = back;
  return raised_ ? nullptr : item;
}

// --- try ---

StmtNode* Parser::tryStatement() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidTry(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  ++pos_;
  Seq<StmtNode> body, orelse, finalbody;
  if (!expectForced(TokenKind::Colon, ":") || !block(body))
    return nullptr;
  bool isStar = false;
  Collector<ExceptHandler> handlers(*this);
  if (at(TokenKind::KwExcept)) {
    isStar = peekAt(1) == TokenKind::Star;
    while (at(TokenKind::KwExcept)) {
      Mark back = pos_;
      ExceptHandler* handler = exceptBlock(isStar);
      if (!handler) {
        if (raised_ || handlers.size() == 0)
          return nullptr;
        pos_ = back;
        break;
      }
      handlers.push(handler);
      noteCompound(tokens_[first].line);
    }
    if (!elseBlock(orelse))
      return nullptr;
  } else if (!at(TokenKind::KwFinally)) {
    return nullptr;
  }
  if (at(TokenKind::KwFinally) && !finallyBlock(finalbody))
    return nullptr;
  auto fill = [&](auto* node) {
    node->body = body;
    node->handlers = handlers.finish();
    node->orelse = orelse;
    node->finalbody = finalbody;
    return node;
  };
  if (isStar)
    return fill(make<TryStar>(first));
  return fill(make<Try>(first));
}

/// 'except' ['*'] [expression ['as' NAME] | expressions] ':' block
ExceptHandler* Parser::exceptBlock(bool isStar) {
  Mark first = pos_;
  if (isStar && peekAt(1) != TokenKind::Star)
    return nullptr;
  if (wantsInvalid()) {
    invalidExceptIndent(first, isStar);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  auto failHandler = [&]() -> ExceptHandler* {
    if (wantsInvalid()) {
      pos_ = first;
      invalidExcept(first, isStar);
    }
    return nullptr;
  };
  pos_ += 1 + isStar;
  ExprNode* type = nullptr;
  Identifier name = nullptr;
  if (isStar || !at(TokenKind::Colon)) {
    Mark start = pos_;
    type = expression();
    bool isBareTuple = type && at(TokenKind::Comma);
    if (isBareTuple) {
      pos_ = start;
      type = expressions();
    }
    if (!type)
      return raised_ ? nullptr : failHandler();
    if (!isBareTuple && accept(TokenKind::KwAs)) {
      name = acceptName();
      if (!name)
        return failHandler();
    }
  }
  Seq<StmtNode> body;
  if (!accept(TokenKind::Colon) || !block(body))
    return raised_ ? nullptr : failHandler();
  auto* handler = arena_.create<ExceptHandler>();
  handler->span = spanFrom(first);
  handler->type = type;
  handler->name = name;
  handler->body = body;
  return handler;
}

bool Parser::finallyBlock(Seq<StmtNode>& out) {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidBlockAfter(first, "'finally' statement");
    if (raised_)
      return false;
    pos_ = first;
  }
  ++pos_;
  return expectForced(TokenKind::Colon, ":") && block(out);
}

} // namespace pyc::parsing
