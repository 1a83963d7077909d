// Expressions above the atoms: conditionals, operators, calls and subscripts in a chain.
#include "compiler/frontend/parse/parser_impl.h"
#include "runtime/base/check.h"

#include <string>

namespace pyc::parsing {

//===--- Lists of expressions
//---------------------------------------------------------------------===

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

//===--- Conditionals, lambda, yield
//--------------------------------------------------------------===

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

//===--- Boolean operators and comparisons
//--------------------------------------------------------===

ExprNode* Parser::boolOperation(BoolOperator op, TokenKind word, ExprNode* (Parser::*operand)()) {
  Mark first = pos_;
  ExprNode* value = (this->*operand)();
  if (!value || !at(word))
    return value;
  Collector<ExprNode> values(*this);
  values.push(value);
  while (at(word)) {
    Mark back = pos_++;
    value = (this->*operand)();
    if (!value) {
      pos_ = back;
      break;
    }
    values.push(value);
  }
  if (raised_)
    return nullptr;
  if (values.size() == 1)
    return values.back();
  auto* node = make<BoolOp>(first);
  node->op = op;
  node->values = values.finish();
  cover(node, node->values);
  return node;
}

ExprNode* Parser::disjunction() {
  return memoized<ExprNode>(Rule::Disjunction, [&] {
    return boolOperation(BoolOperator::Or, TokenKind::KwOr, &Parser::conjunction);
  });
}

ExprNode* Parser::conjunction() {
  return memoized<ExprNode>(Rule::Conjunction, [&] {
    return boolOperation(BoolOperator::And, TokenKind::KwAnd, &Parser::inversion);
  });
}

ExprNode* Parser::inversion() {
  return memoized<ExprNode>(Rule::Inversion, [&] { return inversionUncached(); });
}

ExprNode* Parser::inversionUncached() {
  if (!at(TokenKind::KwNot))
    return comparison();
  Mark first = pos_++;
  DepthGuard guard(*this);
  if (guard.isTooDeep())
    return raiseTooComplex();
  ExprNode* operand = inversion();
  if (!operand)
    return nullptr;
  auto* node = make<UnaryOp>(first);
  node->op = UnaryOperator::Not;
  node->operand = operand;
  cover(node, operand);
  return node;
}

bool Parser::acceptComparison(CmpOp& op) {
  switch (peek()) {
  case TokenKind::EqualEqual:
    op = CmpOp::Eq;
    break;
  case TokenKind::NotEqual:
    if (isBarry_) {
      raiseAtFurthest(DiagId::UseOldInequality);
      return false;
    }
    op = CmpOp::NotEq;
    break;
  case TokenKind::Less:
    op = CmpOp::Lt;
    if (peekAt(1) == TokenKind::Greater && tokens_[pos_].end == tokens_[pos_ + 1].start) {
      if (isBarry_) {
        ++pos_;
        op = CmpOp::NotEq;
      } else if (wantsInvalid()) {
        raiseRange(DiagId::UseInequality, spanOf(pos_), spanOf(pos_ + 1));
        return false;
      }
    }
    break;
  case TokenKind::LessEqual:
    op = CmpOp::LtE;
    break;
  case TokenKind::Greater:
    op = CmpOp::Gt;
    break;
  case TokenKind::GreaterEqual:
    op = CmpOp::GtE;
    break;
  case TokenKind::KwIn:
    op = CmpOp::In;
    break;
  case TokenKind::KwNot:
    if (peekAt(1) != TokenKind::KwIn)
      return false;
    ++pos_;
    op = CmpOp::NotIn;
    break;
  case TokenKind::KwIs:
    op = peekAt(1) == TokenKind::KwNot ? CmpOp::IsNot : CmpOp::Is;
    pos_ += op == CmpOp::IsNot;
    break;
  default:
    return false;
  }
  ++pos_;
  return true;
}

ExprNode* Parser::comparison() {
  Mark first = pos_;
  ExprNode* left = bitwiseOr();
  if (!left)
    return nullptr;
  Mark back = pos_;
  CmpOp op;
  if (!acceptComparison(op))
    return raised_ ? nullptr : left;
  std::string ops; // short chains need no allocation in it
  Collector<ExprNode> operands(*this);
  do {
    ExprNode* operand = bitwiseOr();
    // `is not x` may also be `is` and the start of `not x`, which no operand begins with.
    if (!operand) {
      pos_ = back;
      break;
    }
    ops += static_cast<char>(op);
    operands.push(operand);
    back = pos_;
  } while (acceptComparison(op));
  if (raised_)
    return nullptr;
  if (operands.size() == 0)
    return left;
  auto* node = make<Compare>(first);
  node->left = left;
  node->ops = arena_.copy(CmpOpSeq(reinterpret_cast<const CmpOp*>(ops.data()), ops.size()));
  node->comparators = operands.finish();
  cover(node, left);
  cover(node, node->comparators);
  return node;
}

//===--- Arithmetic
//-------------------------------------------------------------------------------===

namespace {

struct BinaryOperator {
  int8_t precedence = 0;
  Operator op = Operator::Add;
};

constexpr int kLowestPrecedence = 1;
constexpr int kSumPrecedence = 5;
constexpr int kTermPrecedence = 6;

BinaryOperator binaryOperator(TokenKind kind) {
  switch (kind) {
  case TokenKind::VBar:
    return {1, Operator::BitOr};
  case TokenKind::Circumflex:
    return {2, Operator::BitXor};
  case TokenKind::Amper:
    return {3, Operator::BitAnd};
  case TokenKind::LeftShift:
    return {4, Operator::LShift};
  case TokenKind::RightShift:
    return {4, Operator::RShift};
  case TokenKind::Plus:
    return {kSumPrecedence, Operator::Add};
  case TokenKind::Minus:
    return {kSumPrecedence, Operator::Sub};
  case TokenKind::Star:
    return {kTermPrecedence, Operator::Mult};
  case TokenKind::Slash:
    return {kTermPrecedence, Operator::Div};
  case TokenKind::DoubleSlash:
    return {kTermPrecedence, Operator::FloorDiv};
  case TokenKind::Percent:
    return {kTermPrecedence, Operator::Mod};
  case TokenKind::At:
    return {kTermPrecedence, Operator::MatMult};
  default:
    return {};
  }
}

} // namespace

ExprNode* Parser::bitwiseOr() {
  return memoized<ExprNode>(Rule::BitwiseOr, [&] { return binary(kLowestPrecedence); });
}

/// A sign and `not`, where a term begins.
void Parser::invalidFactor() {
  if (!at(TokenKind::Plus) && !at(TokenKind::Minus) && !at(TokenKind::Tilde))
    return;
  Mark word = ++pos_;
  if (!accept(TokenKind::KwNot))
    return;
  ExprNode* operand = unary();
  if (operand && !raised_)
    raiseRange(DiagId::NotAfterOperator, spanOf(word), operand->span);
}

/// Operators of `minPrecedence` and above, by precedence climbing.
ExprNode* Parser::binary(int minPrecedence) {
  Mark first = pos_;
  if (wantsInvalid() && minPrecedence <= kTermPrecedence) {
    invalidFactor();
    pos_ = first;
  }
  ExprNode* left = unary();
  while (left) {
    BinaryOperator found = binaryOperator(peek());
    if (found.precedence == 0 || found.precedence < minPrecedence)
      break;
    Mark back = pos_++;
    ExprNode* right = binary(found.precedence + 1);
    if (!right) {
      pos_ = back + 1;
      if (wantsInvalid() && found.precedence >= kSumPrecedence && at(TokenKind::KwNot)) {
        Mark word = pos_;
        if (ExprNode* operand = inversion())
          return raiseRange(DiagId::NotAfterOperator, spanOf(word), operand->span);
      }
      pos_ = back;
      break;
    }
    left = makeBinary(first, left, found.op, right);
  }
  return raised_ ? nullptr : left;
}

ExprNode* Parser::unary() {
  return memoized<ExprNode>(Rule::Unary, [&] { return unaryUncached(); });
}

ExprNode* Parser::unaryUncached() {
  UnaryOperator op;
  switch (peek()) {
  case TokenKind::Plus:
    op = UnaryOperator::UAdd;
    break;
  case TokenKind::Minus:
    op = UnaryOperator::USub;
    break;
  case TokenKind::Tilde:
    op = UnaryOperator::Invert;
    break;
  default:
    return power();
  }
  DepthGuard guard(*this);
  if (guard.isTooDeep())
    return raiseTooComplex();
  Mark first = pos_++;
  ExprNode* operand = unary();
  if (!operand)
    return nullptr;
  auto* node = make<UnaryOp>(first);
  node->op = op;
  node->operand = operand;
  cover(node, operand);
  return node;
}

ExprNode* Parser::power() {
  Mark first = pos_;
  ExprNode* base;
  if (accept(TokenKind::KwAwait)) {
    ExprNode* value = primary();
    if (!value)
      return nullptr;
    auto* node = make<Await>(first);
    node->value = value;
    cover(node, value);
    base = node;
  } else {
    base = primary();
  }
  if (!base || !at(TokenKind::DoubleStar))
    return base;
  DepthGuard guard(*this, 2);
  if (guard.isTooDeep())
    return raiseTooComplex();
  Mark back = pos_++;
  ExprNode* exponent = unary();
  if (!exponent) {
    pos_ = back;
    return raised_ ? nullptr : base;
  }
  return makeBinary(first, base, Operator::Pow, exponent);
}

//===--- Attributes, calls, subscripts
//------------------------------------------------------------===

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
