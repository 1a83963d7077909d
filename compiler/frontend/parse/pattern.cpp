// The patterns of match statements.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// A pattern, or several with commas and no brackets.
PatternNode* Parser::patterns() {
  Mark first = pos_;
  PatternNode* item = maybeStarPattern();
  if (!item)
    return nullptr;
  if (!at(TokenKind::Comma))
    return isa<MatchStar>(*item) ? nullptr : item;
  Collector<PatternNode> items(*this);
  items.push(item);
  ++pos_;
  sequenceItems(items);
  if (raised_)
    return nullptr;
  auto* node = make<MatchSequence>(first);
  node->patterns = items.finish();
  return node;
}

/// Appends ','.maybe_star_pattern+ [','] as far as it goes.
void Parser::sequenceItems(Collector<PatternNode>& items) {
  do {
    Mark back = pos_;
    PatternNode* item = maybeStarPattern();
    if (!item) {
      pos_ = back;
      return;
    }
    items.push(item);
  } while (accept(TokenKind::Comma));
}

PatternNode* Parser::maybeStarPattern() {
  if (!at(TokenKind::Star))
    return pattern();
  Mark first = pos_++;
  if (!at(TokenKind::Name))
    return nullptr;
  bool isWildcard = textOf(pos_) == "_";
  Identifier name = isWildcard ? nullptr : captureTarget();
  if (!isWildcard && !name)
    return nullptr;
  pos_ += isWildcard;
  auto* node = make<MatchStar>(first);
  node->name = name;
  return node;
}

/// or_pattern ['as' NAME]
PatternNode* Parser::pattern() {
  Mark first = pos_;
  DepthGuard guard(*this);
  if (guard.isTooDeep())
    return raiseTooComplex();
  PatternNode* inner = orPattern();
  if (!inner || !at(TokenKind::KwAs))
    return inner;
  Mark back = pos_++;
  if (Identifier name = captureTarget()) {
    auto* node = make<MatchAs>(first);
    node->pattern = inner;
    node->name = name;
    return node;
  }
  if (wantsInvalid()) {
    pos_ = back + 1;
    invalidAsPattern(pos_);
    if (raised_)
      return nullptr;
  }
  pos_ = back;
  return inner;
}

PatternNode* Parser::orPattern() {
  Mark first = pos_;
  PatternNode* alternative = closedPattern();
  if (!alternative || !at(TokenKind::VBar))
    return alternative;
  Collector<PatternNode> alternatives(*this);
  alternatives.push(alternative);
  while (at(TokenKind::VBar)) {
    Mark back = pos_++;
    alternative = closedPattern();
    if (!alternative) {
      pos_ = back;
      break;
    }
    alternatives.push(alternative);
  }
  if (raised_)
    return nullptr;
  if (alternatives.size() == 1)
    return alternatives.back();
  auto* node = make<MatchOr>(first);
  node->patterns = alternatives.finish();
  return node;
}

/// A name that a pattern binds: no "_", and no part of a longer name, a call or a keyword.
Identifier Parser::captureTarget() {
  if (!at(TokenKind::Name) || textOf(pos_) == "_")
    return nullptr;
  TokenKind next = peekAt(1);
  if (next == TokenKind::Dot || next == TokenKind::LeftParen || next == TokenKind::Equal)
    return nullptr;
  return nameAt(pos_++);
}

PatternNode* Parser::closedPattern() {
  switch (peek()) {
  case TokenKind::Number:
  case TokenKind::Minus:
  case TokenKind::Plus:
  case TokenKind::String:
  case TokenKind::FStringStart:
  case TokenKind::TStringStart:
  case TokenKind::KwNone:
  case TokenKind::KwTrue:
  case TokenKind::KwFalse:
    return literalPattern();
  case TokenKind::Name:
    return namePattern();
  case TokenKind::LeftParen:
    return groupOrSequencePattern();
  case TokenKind::LeftSquare:
    return listPattern();
  case TokenKind::LeftBrace:
    return mappingPattern();
  default:
    return nullptr;
  }
}

PatternNode* Parser::literalPattern() {
  Mark first = pos_;
  TokenKind kind = peek();
  if (kind == TokenKind::KwNone || kind == TokenKind::KwTrue || kind == TokenKind::KwFalse) {
    ++pos_;
    auto* node = make<MatchSingleton>(first);
    node->value.kind = kind == TokenKind::KwNone   ? ConstantKind::None
                       : kind == TokenKind::KwTrue ? ConstantKind::True
                                                   : ConstantKind::False;
    return node;
  }
  ExprNode* value = literalExpression();
  if (!value)
    return nullptr;
  auto* node = make<MatchValue>(first);
  node->value = value;
  return node;
}

/// A number with a sign, a complex number, a string, or a singleton.
ExprNode* Parser::literalExpression() {
  Mark first = pos_;
  switch (peek()) {
  case TokenKind::String:
  case TokenKind::FStringStart:
  case TokenKind::TStringStart:
    return strings();
  case TokenKind::KwNone:
    return makeConstant(pos_++, ConstantKind::None);
  case TokenKind::KwTrue:
    return makeConstant(pos_++, ConstantKind::True);
  case TokenKind::KwFalse:
    return makeConstant(pos_++, ConstantKind::False);
  case TokenKind::Number:
  case TokenKind::Minus:
  case TokenKind::Plus:
    break;
  default:
    return nullptr;
  }
  Mark numberAt = pos_ + !at(TokenKind::Number);
  ExprNode* real = signedNumber();
  if (!real || (!at(TokenKind::Plus) && !at(TokenKind::Minus)))
    return real;
  if (isImaginary(numberAt))
    return raise(DiagId::RealRequired, spanOf(numberAt));
  Operator op = at(TokenKind::Plus) ? Operator::Add : Operator::Sub;
  ++pos_;
  if (!at(TokenKind::Number))
    return nullptr;
  if (!isImaginary(pos_))
    return raise(DiagId::ImaginaryRequired, spanOf(pos_));
  ExprNode* imaginary = number();
  return imaginary ? makeBinary(first, real, op, imaginary) : nullptr;
}

bool Parser::isImaginary(Mark token) const {
  std::string_view text = textOf(token);
  return (text.back() | 0x20) == 'j';
}

/// ['+' | '-'] NUMBER
ExprNode* Parser::signedNumber() {
  Mark first = pos_;
  bool isNegative = accept(TokenKind::Minus);
  bool hasSign = isNegative || accept(TokenKind::Plus);
  if (!at(TokenKind::Number))
    return nullptr;
  ExprNode* value = number();
  if (!value || !hasSign)
    return value;
  auto* node = make<UnaryOp>(first);
  node->op = isNegative ? UnaryOperator::USub : UnaryOperator::UAdd;
  node->operand = value;
  cover(node, value);
  return node;
}

/// A capture, a wildcard, a dotted name or a class pattern.
PatternNode* Parser::namePattern() {
  Mark first = pos_;
  if (Identifier name = captureTarget()) {
    auto* node = make<MatchAs>(first);
    node->name = name;
    return node;
  }
  if (textOf(pos_) == "_") {
    ++pos_;
    return make<MatchAs>(first);
  }
  ExprNode* name = dottedPatternName();
  if (at(TokenKind::LeftParen))
    return classPattern(first, name);
  if (isa<Name>(*name) || at(TokenKind::Equal))
    return nullptr;
  auto* node = make<MatchValue>(first);
  node->value = name;
  return node;
}

/// NAME ('.' NAME)*
ExprNode* Parser::dottedPatternName() {
  Mark first = pos_;
  auto* name = makeAt<Name>(spanOf(pos_));
  name->id = nameAt(pos_++);
  ExprNode* node = name;
  while (at(TokenKind::Dot)) {
    Mark back = pos_++;
    Identifier attr = acceptName();
    if (!attr) {
      pos_ = back;
      break;
    }
    auto* attribute = make<Attribute>(first);
    attribute->value = node;
    attribute->attr = attr;
    cover(attribute, node);
    node = attribute;
  }
  return node;
}

PatternNode* Parser::groupOrSequencePattern() {
  Mark first = pos_++;
  Collector<PatternNode> items(*this);
  if (!at(TokenKind::RightParen)) {
    PatternNode* item = maybeStarPattern();
    if (!item)
      return nullptr;
    if (!isa<MatchStar>(*item) && accept(TokenKind::RightParen))
      return item;
    items.push(item);
    if (!accept(TokenKind::Comma))
      return nullptr;
    sequenceItems(items);
  }
  if (raised_ || !accept(TokenKind::RightParen))
    return nullptr;
  auto* node = make<MatchSequence>(first);
  node->patterns = items.finish();
  return node;
}

PatternNode* Parser::listPattern() {
  Mark first = pos_++;
  Collector<PatternNode> items(*this);
  if (!at(TokenKind::RightSquare))
    sequenceItems(items);
  if (raised_ || !accept(TokenKind::RightSquare))
    return nullptr;
  auto* node = make<MatchSequence>(first);
  node->patterns = items.finish();
  return node;
}

/// '{' [','.(key ':' pattern)+] [','] ['**' NAME] [','] '}'
PatternNode* Parser::mappingPattern() {
  Mark first = pos_++;
  std::vector<ExprNode*> keys;
  Collector<PatternNode> values(*this);
  Identifier rest = nullptr;
  while (!at(TokenKind::RightBrace)) {
    if (accept(TokenKind::DoubleStar)) {
      Mark restAt = pos_;
      rest = captureTarget();
      if (!rest)
        return nullptr;
      accept(TokenKind::Comma);
      if (wantsInvalid() && !at(TokenKind::RightBrace) &&
          tokens_[pos_ - 1].kind == TokenKind::Comma)
        return invalidMappingRest(restAt);
      break;
    }
    ExprNode* key = at(TokenKind::Name) ? dottedPatternName() : literalExpression();
    bool isKey = key && !isa<Name>(*key) && accept(TokenKind::Colon);
    PatternNode* value = isKey ? pattern() : nullptr;
    if (!value)
      return nullptr;
    keys.push_back(key);
    values.push(value);
    if (!accept(TokenKind::Comma))
      break;
  }
  if (!accept(TokenKind::RightBrace))
    return nullptr;
  auto* node = make<MatchMapping>(first);
  node->keys = arena_.copy(Seq<ExprNode>(keys));
  node->patterns = values.finish();
  node->rest = rest;
  return node;
}

/// '(' [','.pattern+] [','.(NAME '=' pattern)+] [','] ')'
PatternNode* Parser::classPattern(Mark first, ExprNode* cls) {
  Mark open = pos_++;
  std::vector<PatternNode*> positional;
  std::vector<Identifier> names;
  std::vector<PatternNode*> keywords;
  while (!at(TokenKind::RightParen)) {
    Mark back = pos_;
    bool isKeyword = at(TokenKind::Name) && peekAt(1) == TokenKind::Equal;
    if (!isKeyword && !names.empty())
      break;
    if (isKeyword) {
      names.push_back(nameAt(pos_));
      pos_ += 2;
    }
    PatternNode* item = pattern();
    if (!item) {
      pos_ = back;
      break;
    }
    (isKeyword ? keywords : positional).push_back(item);
    if (!accept(TokenKind::Comma))
      break;
  }
  if (raised_)
    return nullptr;
  if (names.size() != keywords.size() || !accept(TokenKind::RightParen)) {
    if (wantsInvalid()) {
      pos_ = open;
      invalidClassPattern(open);
    }
    return nullptr;
  }
  auto* node = make<MatchClass>(first);
  node->cls = cls;
  node->patterns = arena_.copy(Seq<PatternNode>(positional));
  node->kwd_attrs = arena_.copy(IdentifierSeq(names));
  node->kwd_patterns = arena_.copy(Seq<PatternNode>(keywords));
  return node;
}

} // namespace pyc::parsing
