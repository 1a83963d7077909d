// Expressions above the operators: lists of them, conditionals, lambda, yield, named ones.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

// --- Lists of expressions ---

/// expression (',' expression)* [','], a tuple where there is a comma.
ExprNode* Parser::expressions() {
  Mark first = pos_;
  ExprNode* element = expression();
  if (!element || !at(TokenKind::Comma))
    return element;
  Collector<ExprNode> elements(*this);
  elements.push(element);
  while (accept(TokenKind::Comma)) {
    Mark back = pos_;
    element = expression();
    if (!element) {
      pos_ = back;
      break;
    }
    elements.push(element);
  }
  return raised_ ? nullptr : makeTuple(first, elements.finish());
}

ExprNode* Parser::starExpressions() {
  Mark first = pos_;
  ExprNode* element = starExpression();
  if (!element || !at(TokenKind::Comma))
    return element;
  Collector<ExprNode> elements(*this);
  elements.push(element);
  while (accept(TokenKind::Comma)) {
    Mark back = pos_;
    element = starExpression();
    if (!element) {
      pos_ = back;
      break;
    }
    elements.push(element);
  }
  return raised_ ? nullptr : makeTuple(first, elements.finish());
}

ExprNode* Parser::starExpression() {
  return memoized<ExprNode>(Rule::StarExpression, [&] { return starExpressionUncached(); });
}

ExprNode* Parser::starExpressionUncached() {
  if (!at(TokenKind::Star))
    return expression();
  Mark first = pos_++;
  ExprNode* value = bitwiseOr();
  if (!value)
    return nullptr;
  auto* starred = make<Starred>(first);
  starred->value = value;
  cover(starred, value);
  return starred;
}

ExprNode* Parser::starNamedExpression() {
  return at(TokenKind::Star) ? starExpression() : namedExpression();
}

/// A star_named_expression in brackets.
ExprNode* Parser::bracketElement() {
  if (wantsInvalid() && (at(TokenKind::Star) || at(TokenKind::DoubleStar))) {
    Mark star = pos_;
    invalidStarredElement(star);
    if (raised_)
      return nullptr;
    pos_ = star;
  }
  return starNamedExpression();
}

/// Appends ','.star_named_expression+ [','] up to where that ends; false where not one is there.
/// `isDisplay` for the elements of a list, a set or a tuple in parentheses.
bool Parser::starNamedExpressions(Collector<ExprNode>& out, TokenKind closer, bool isDisplay) {
  do {
    if (out.size() > 0 && at(closer))
      return true;
    Mark back = pos_;
    ExprNode* element = isDisplay ? bracketElement() : starNamedExpression();
    if (!element) {
      pos_ = back;
      return !raised_ && out.size() > 0;
    }
    out.push(element);
  } while (accept(TokenKind::Comma));
  return true;
}

ExprNode* Parser::assignmentExpression() {
  Mark first = pos_;
  auto* target = makeAt<Name>(spanOf(first));
  target->id = nameAt(first);
  target->ctx = ExprContext::Store;
  pos_ += 2;
  ExprNode* value = expression();
  if (!value)
    return nullptr;
  auto* named = make<NamedExpr>(first);
  named->target = target;
  named->value = value;
  cover(named, value);
  return named;
}

ExprNode* Parser::namedExpression() {
  Mark first = pos_;
  if (at(TokenKind::Name) && peekAt(1) == TokenKind::ColonEqual)
    return assignmentExpression();
  if (wantsInvalid()) {
    memoized<void>(Rule::InvalidNamedExpression, [&]() -> void* {
      invalidNamedExpression(first);
      return nullptr;
    });
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  ExprNode* value = expression();
  return value && !at(TokenKind::ColonEqual) ? value : nullptr;
}

// --- Conditionals, lambda, yield ---

ExprNode* Parser::expression() {
  if (!diagnosing_)
    return conditional();
  return memoized<ExprNode>(Rule::Expression, [&] { return expressionUncached(); });
}

ExprNode* Parser::expressionUncached() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidExpression(first);
    if (raised_)
      return nullptr;
    pos_ = first;
    invalidLegacyExpression(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  return conditional();
}

ExprNode* Parser::conditional() {
  Mark first = pos_;
  DepthGuard guard(*this);
  if (guard.isTooDeep())
    return raiseTooComplex();
  if (at(TokenKind::KwLambda))
    return lambda();
  ExprNode* body = disjunction();
  if (!body || !at(TokenKind::KwIf))
    return body;
  Mark back = pos_++;
  ExprNode* test = disjunction();
  ExprNode* orelse = test && accept(TokenKind::KwElse) ? expression() : nullptr;
  if (!orelse) {
    pos_ = back;
    return raised_ ? nullptr : body;
  }
  auto* node = make<IfExp>(first);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  cover(node, test);
  cover(node, body);
  cover(node, orelse);
  return node;
}

ExprNode* Parser::lambda() {
  Mark first = pos_++;
  Arguments* args = parameters(/*isLambda=*/true);
  if (!args || !accept(TokenKind::Colon))
    return nullptr;
  ExprNode* body = expression();
  if (!body)
    return nullptr;
  auto* node = make<Lambda>(first);
  node->args = args;
  node->body = body;
  cover(node, body);
  cover(node, args->defaults);
  cover(node, args->kw_defaults);
  return node;
}

ExprNode* Parser::yieldExpression() {
  Mark first = pos_++;
  Mark back = pos_;
  if (accept(TokenKind::KwFrom)) {
    if (ExprNode* value = expression()) {
      auto* node = make<YieldFrom>(first);
      node->value = value;
      cover(node, value);
      return node;
    }
    if (raised_)
      return nullptr;
    pos_ = back;
  }
  ExprNode* value = starExpressions();
  if (raised_)
    return nullptr;
  if (!value)
    pos_ = back;
  auto* node = make<Yield>(first);
  node->value = value;
  cover(node, value);
  return node;
}

} // namespace pyc::parsing
