// Wrong expressions, as CPython's grammar tells them apart. Each rule here is tried where that
// grammar tries its counterpart; the order of the alternatives decides which error is reported.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

std::string_view expressionName(const ExprNode& node) {
  switch (node.kind) {
  case ExprKind::Attribute:
    return "attribute";
  case ExprKind::Subscript:
    return "subscript";
  case ExprKind::Starred:
    return "starred";
  case ExprKind::Name:
    return "name";
  case ExprKind::List:
    return "list";
  case ExprKind::Tuple:
    return "tuple";
  case ExprKind::Lambda:
    return "lambda";
  case ExprKind::Call:
    return "function call";
  case ExprKind::BoolOp:
  case ExprKind::BinOp:
  case ExprKind::UnaryOp:
    return "expression";
  case ExprKind::GeneratorExp:
    return "generator expression";
  case ExprKind::Yield:
  case ExprKind::YieldFrom:
    return "yield expression";
  case ExprKind::Await:
    return "await expression";
  case ExprKind::ListComp:
    return "list comprehension";
  case ExprKind::SetComp:
    return "set comprehension";
  case ExprKind::DictComp:
    return "dict comprehension";
  case ExprKind::Dict:
    return "dict literal";
  case ExprKind::Set:
    return "set display";
  case ExprKind::JoinedStr:
  case ExprKind::FormattedValue:
    return "f-string expression";
  case ExprKind::TemplateStr:
  case ExprKind::Interpolation:
    return "t-string expression";
  case ExprKind::Compare:
    return "comparison";
  case ExprKind::IfExp:
    return "conditional expression";
  case ExprKind::NamedExpr:
    return "named expression";
  case ExprKind::Slice:
    return "slice";
  case ExprKind::Constant:
    switch (cast<Constant>(node).value.kind) {
    case ConstantKind::None:
      return "None";
    case ConstantKind::True:
      return "True";
    case ConstantKind::False:
      return "False";
    case ConstantKind::Ellipsis:
      return "ellipsis";
    default:
      return "literal";
    }
  }
  PYC_UNREACHABLE("ExprKind");
}

bool Parser::isSoftKeyword(Mark token) const {
  std::string_view text = textOf(token);
  for (std::string_view word : {"_", "case", "lazy", "match", "type"})
    if (text == word)
      return true;
  return false;
}

bool Parser::isLegacyStatement(const ExprNode* node) const {
  auto* name = dynCast<Name>(node);
  return name && (name->id->text == "print" || name->id->text == "exec");
}

/// An expression under which no rule for wrong code is tried.
ExprNode* Parser::expressionWithoutInvalid() {
  bool saved = triesInvalid_;
  triesInvalid_ = false;
  ExprNode* node = conditional();
  triesInvalid_ = saved;
  return node;
}

void Parser::invalidExpression(Mark first) {
  invalidConditionalStar();
  if (raised_)
    return;
  pos_ = first;
  if (at(TokenKind::String)) {
    invalidStringSplit(first);
    if (raised_)
      return;
    pos_ = first;
  }
  bool isPrefixOrSoft =
      at(TokenKind::Name) && (peekAt(1) == TokenKind::String || isSoftKeyword(first));
  if (!isPrefixOrSoft) {
    ExprNode* left = disjunction();
    ExprNode* right = left && !raised_ ? expressionWithoutInvalid() : nullptr;
    if (raised_)
      return;
    if (right && !isLegacyStatement(left) && tokens_[pos_ - 1].level != 0) {
      raiseMissingComma(left->span, right->span);
      return;
    }
    pos_ = first;
  }
  invalidConditional(first);
  if (raised_)
    return;
  pos_ = first;
  if (at(TokenKind::KwPass) || at(TokenKind::KwBreak) || at(TokenKind::KwContinue)) {
    invalidStatementExpression(first);
    return;
  }
  if (at(TokenKind::KwLambda))
    invalidFieldLambda(first);
}

/// Where `left` takes several lines, CPython shows the last of them, from the column of the first.
void Parser::raiseMissingComma(const SourceSpan& left, const SourceSpan& right) {
  if (left.line == left.endLine) {
    raiseRange(DiagId::MissingComma, left, right);
    return;
  }
  DiagLocation location =
      locationOf(SourceSpan{left.endLine, left.column, left.endLine, left.endColumn});
  // In a shorter line CPython counts the newline too, while it has read no further.
  bool isLastLine = spanOf(furthestSeen()).endLine == left.endLine;
  location.offset += isLastLine && left.column > source_.line(left.endLine).size();
  raiseAt(DiagId::MissingComma, location);
}

/// STRING and STRING with other things between them: quotes within a string.
void Parser::invalidStringSplit(Mark first) {
  ++pos_;
  ExprNode* firstBetween = nullptr;
  ExprNode* lastBetween = nullptr;
  while (!at(TokenKind::String)) {
    Mark back = pos_;
    ExprNode* between = expressionWithoutInvalid();
    if (!between) {
      pos_ = back;
      break;
    }
    firstBetween = firstBetween ? firstBetween : between;
    lastBetween = between;
  }
  if (firstBetween && at(TokenKind::String))
    raiseRange(DiagId::PartOfString, firstBetween->span, lastBetween->span);
}

/// A conditional expression with a star after its `else`.
void Parser::invalidConditionalStar() {
  if (!disjunction() || !accept(TokenKind::KwIf) || !disjunction() || !accept(TokenKind::KwElse))
    return;
  bool isDouble = at(TokenKind::DoubleStar);
  if (!isDouble && !at(TokenKind::Star))
    return;
  Mark star = pos_++;
  if (bitwiseOr() && !raised_)
    raise(isDouble ? DiagId::DictUnpackBranch : DiagId::UnpackBranch, spanOf(star));
}

/// Conditional expressions that lack a part, or have one that is no expression.
void Parser::invalidConditional(Mark first) {
  ExprNode* body = disjunction();
  if (!body || !accept(TokenKind::KwIf))
    return;
  ExprNode* test = disjunction();
  if (!test)
    return;
  if (!at(TokenKind::KwElse)) {
    if (!at(TokenKind::Colon))
      raiseRange(DiagId::ExpectedElse, body->span, test->span);
    return;
  }
  Mark next = ++pos_;
  if (!expression() && !raised_)
    raiseAtToken(next, DiagId::StatementAfterElse);
}

/// (pass | break | continue) 'if' disjunction 'else' simple_stmt
void Parser::invalidStatementExpression(Mark first) {
  ++pos_;
  if (!accept(TokenKind::KwIf) || !disjunction() || !accept(TokenKind::KwElse))
    return;
  if (simpleStatement() && !raised_)
    raise(DiagId::StatementBeforeIf, spanOf(first));
}

/// A lambda in a replacement field, whose colon begins the format spec.
void Parser::invalidFieldLambda(Mark first) {
  ++pos_;
  Arguments* args = parameters(/*isLambda=*/true);
  if (!args || !at(TokenKind::Colon))
    return;
  Mark colon = pos_++;
  bool isF = at(TokenKind::FStringMiddle);
  if (isF || at(TokenKind::TStringMiddle))
    raiseRange(DiagId::FieldLambda, spanOf(first), spanOf(colon), {isF ? "f" : "t"});
}

/// The statements `print x` and `exec x` of Python 2. What follows any name is tried, too.
void Parser::invalidLegacyExpression(Mark first) {
  if (!accept(TokenKind::Name) || at(TokenKind::LeftParen))
    return;
  ExprNode* value = starExpressions();
  std::string_view name = textOf(first);
  if (value && !raised_ && (name == "print" || name == "exec"))
    raiseRange(DiagId::MissingCallParens, spanOf(first), value->span, {name, name});
}

void Parser::invalidNamedExpression(Mark first) {
  ExprNode* target = expression();
  if (raised_)
    return;
  if (target && accept(TokenKind::ColonEqual)) {
    if (expression() && !raised_)
      raise(DiagId::NamedExpressionTarget, target->span, {expressionName(*target)});
    if (raised_)
      return;
  }
  pos_ = first;
  auto atNoAssignment = [&] { return !at(TokenKind::Equal) && !at(TokenKind::ColonEqual); };
  if (at(TokenKind::Name) && peekAt(1) == TokenKind::Equal) {
    pos_ += 2;
    ExprNode* value = bitwiseOr();
    if (value && !raised_ && atNoAssignment())
      raiseRange(DiagId::MaybeEqualOrWalrus, spanOf(first), value->span);
    if (raised_)
      return;
  }
  pos_ = first;
  switch (peek()) {
  case TokenKind::KwTrue:
  case TokenKind::KwFalse:
  case TokenKind::KwNone:
    return;
  case TokenKind::LeftParen:
  case TokenKind::LeftSquare:
    if (ExprNode* node = atom(); node && startsAt(node, first)) {
      if (isa<List>(*node) || isa<Tuple>(*node) || isa<GeneratorExp>(*node))
        return;
    }
    if (raised_)
      return;
    pos_ = first;
    break;
  default:
    break;
  }
  ExprNode* left = bitwiseOr();
  if (!left || !accept(TokenKind::Equal))
    return;
  if (bitwiseOr() && !raised_ && atNoAssignment())
    raise(DiagId::MaybeEqual, left->span, {expressionName(*left)});
}

/// Whether the node begins with the token, so that no parentheses are around it.
bool Parser::startsAt(const ExprNode* node, Mark token) const {
  SourceSpan span = spanOf(token);
  return node->span.line == span.line && node->span.column == span.column;
}

/// A '*' or '**' operand before the bracket's other rules get to see it.
void Parser::invalidStarredElement(Mark star) {
  bool isDouble = tokens_[star].kind == TokenKind::DoubleStar;
  pos_ = star + 1;
  if (isDouble) {
    if (bitwiseOr() && !raised_)
      raise(DiagId::DictUnpackHere, spanOf(star));
    return;
  }
  pos_ = star;
  invalidStarredUnpacking(star);
  if (raised_)
    return;
  pos_ = star + 1;
  ExprNode* value = expression();
  if (value && !raised_ && isa<IfExp>(*value) && startsAt(value, star + 1))
    raiseRange(DiagId::StarredConditional, spanOf(star), value->span);
}

void Parser::invalidGroup(Mark first) {
  pos_ = first + 1;
  if (at(TokenKind::Star)) {
    ExprNode* starred = starredExpression();
    if (starred && !raised_ && at(TokenKind::RightParen))
      raise(DiagId::StarredHere, starred->span);
  }
}

/// '**' in a list comprehension or a generator expression.
void Parser::invalidDictUnpackComprehension(Mark first) {
  pos_ = first + 1;
  if (tokens_[first].kind == TokenKind::LeftBrace || !at(TokenKind::DoubleStar))
    return;
  Mark star = pos_++;
  ExprNode* value = expression();
  Seq<Comprehension> generators;
  if (!value || !atForIf() || !forIfClauses(generators))
    return;
  std::string_view what =
      tokens_[first].kind == TokenKind::LeftSquare ? "list comprehension" : "generator expression";
  raiseRange(DiagId::DictUnpackComprehension, spanOf(star), value->span, {what});
}

void Parser::invalidComprehension(Mark first) {
  if (tokens_[first].kind == TokenKind::LeftParen)
    return;
  pos_ = first + 1;
  ExprNode* target = starNamedExpression();
  if (!target || raised_ || !at(TokenKind::Comma))
    return;
  Mark comma = pos_++;
  Seq<Comprehension> generators;
  Collector<ExprNode> rest(*this);
  TokenKind closer =
      tokens_[first].kind == TokenKind::LeftSquare ? TokenKind::RightSquare : TokenKind::RightBrace;
  if (starNamedExpressions(rest, closer) && atForIf() && forIfClauses(generators)) {
    raiseRange(DiagId::ComprehensionTarget, target->span, rest.back()->span);
    return;
  }
  pos_ = comma + 1;
  if (!raised_ && atForIf() && forIfClauses(generators))
    raiseRange(DiagId::ComprehensionTarget, target->span, spanOf(comma));
}

} // namespace pyc::parsing
