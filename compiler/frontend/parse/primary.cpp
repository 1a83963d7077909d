// What follows an atom: attributes, calls and subscripts.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

ExprNode* Parser::primary() {
  return memoized<ExprNode>(Rule::Primary, [&]() -> ExprNode* {
    Mark first = pos_;
    ExprNode* node = atom();
    return node ? primaryTail(first, node) : nullptr;
  });
}

/// The attributes, calls and subscripts that follow `node`.
ExprNode* Parser::primaryTail(Mark first, ExprNode* node) {
  for (;;) {
    Mark back = pos_;
    switch (peek()) {
    case TokenKind::Dot: {
      ++pos_;
      Identifier attr = acceptName();
      if (!attr) {
        pos_ = back;
        return node;
      }
      auto* attribute = make<Attribute>(first);
      attribute->value = node;
      attribute->attr = attr;
      cover(attribute, node);
      node = attribute;
      break;
    }
    case TokenKind::LeftParen: {
      ExprNode* result = call(first, node);
      if (!result) {
        pos_ = back;
        return raised_ ? nullptr : node;
      }
      node = result;
      break;
    }
    case TokenKind::LeftBrace:
      return tryBracketAsArgument() ? node : nullptr;
    case TokenKind::LeftSquare: {
      if (!tryBracketAsArgument())
        return nullptr;
      ++pos_;
      ExprNode* index = slices();
      if (!index || !accept(TokenKind::RightSquare)) {
        pos_ = back;
        return raised_ ? nullptr : node;
      }
      auto* subscript = make<Subscript>(first);
      subscript->value = node;
      subscript->slice = index;
      cover(subscript, node);
      cover(subscript, index);
      node = subscript;
      break;
    }
    default:
      return raised_ ? nullptr : node;
    }
  }
}

/// CPython tries the rules for wrong comprehensions behind every primary expression, as these are
/// part of what it looks for there: an argument that is a generator expression. False where one of
/// them raises.
bool Parser::tryBracketAsArgument() {
  if (!wantsInvalid())
    return true;
  Mark first = pos_;
  invalidDictUnpackComprehension(first);
  if (!raised_)
    invalidComprehension(first);
  pos_ = first;
  return !raised_;
}

/// What stands in a subscript's brackets.
ExprNode* Parser::slices() {
  Mark first = pos_;
  bool isStarred = at(TokenKind::Star);
  ExprNode* element = isStarred ? starredExpression() : slice();
  if (!element || (!isStarred && !at(TokenKind::Comma)))
    return element;
  Collector<ExprNode> elements(*this);
  elements.push(element);
  while (accept(TokenKind::Comma)) {
    Mark back = pos_;
    element = at(TokenKind::Star) ? starredExpression() : slice();
    if (!element) {
      pos_ = back;
      break;
    }
    elements.push(element);
  }
  return raised_ ? nullptr : makeTuple(first, elements.finish());
}

ExprNode* Parser::slice() {
  Mark first = pos_;
  ExprNode* lower = nullptr;
  if (!at(TokenKind::Colon)) {
    if (at(TokenKind::Name) && peekAt(1) == TokenKind::ColonEqual)
      return assignmentExpression();
    lower = expression();
    if (raised_)
      return nullptr;
    if (!lower || !at(TokenKind::Colon)) {
      if (diagnosing_) {
        pos_ = first;
        return namedExpression();
      }
      return lower && !at(TokenKind::ColonEqual) ? lower : nullptr;
    }
  }
  ++pos_;
  auto optionalExpression = [&]() -> ExprNode* {
    Mark back = pos_;
    ExprNode* value = expression();
    if (!value)
      pos_ = back;
    return value;
  };
  ExprNode* upper = optionalExpression();
  ExprNode* step = !raised_ && accept(TokenKind::Colon) ? optionalExpression() : nullptr;
  if (raised_)
    return nullptr;
  auto* node = make<Slice>(first);
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  cover(node, lower);
  cover(node, upper);
  cover(node, step);
  return node;
}

} // namespace pyc::parsing
