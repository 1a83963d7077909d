// Operators: boolean ones, comparisons, arithmetic by precedence climbing.
#include "compiler/frontend/parse/parser_impl.h"

#include <string>

namespace pyc::parsing {

// --- Boolean operators and comparisons ---

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

// --- Arithmetic ---

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
        Mark word = pos_++;
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

} // namespace pyc::parsing
