// Calls and their arguments.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// The call of `function` with the arguments at the cursor's parenthesis.
ExprNode* Parser::call(Mark first, ExprNode* function) {
  Mark open = pos_;
  auto* node = arena_.create<Call>();
  node->func = function;
  if (diagnosing_) {
    // CPython tries a generator expression first, and its rules for wrong code with it.
    if (ExprNode* generator = generatorArgument()) {
      node->span = spanFrom(first);
      node->args = arena_.copy(Seq<ExprNode>(&generator, 1));
      return node;
    }
    if (raised_)
      return nullptr;
    pos_ = open;
    if (!checkDictUnpack(open))
      return nullptr;
  }
  ++pos_;
  if (!at(TokenKind::RightParen)) {
    CallArguments* found = arguments(/*allowsGenerator=*/true);
    if (!found)
      return nullptr;
    node->args = found->positional;
    node->keywords = found->keywords;
  }
  if (!accept(TokenKind::RightParen))
    return nullptr;
  node->span = spanFrom(first);
  cover(node, function);
  cover(node, node->args);
  for (const Keyword* keyword : node->keywords)
    cover(node, keyword->value);
  return node;
}

/// '(' element for_if_clauses ')'
ExprNode* Parser::generatorArgument() {
  Mark first = pos_++;
  ExprNode* element = at(TokenKind::Star) ? starExpression() : positionalArgument();
  Seq<Comprehension> generators;
  if (!element || !atForIf() || !forIfClauses(generators) || !accept(TokenKind::RightParen))
    return nullptr;
  auto* node = make<GeneratorExp>(first);
  node->elt = element;
  node->generators = generators;
  cover(node, element);
  coverGenerators(node, generators);
  return node;
}

/// assignment_expression, or an expression that no ':=' follows.
ExprNode* Parser::positionalArgument() {
  if (at(TokenKind::Name) && peekAt(1) == TokenKind::ColonEqual)
    return assignmentExpression();
  ExprNode* value = expression();
  return value && !at(TokenKind::ColonEqual) ? value : nullptr;
}

/// The arguments and, after them, an optional comma; the closing parenthesis comes next. A class
/// does not allow a generator expression without parentheses of its own.
Parser::CallArguments* Parser::arguments(bool allowsGenerator) {
  return memoized<CallArguments>(Rule::Arguments, [&]() -> CallArguments* {
    Mark first = pos_;
    CallArguments* found = argumentList(allowsGenerator);
    if (raised_)
      return nullptr;
    if (found) {
      accept(TokenKind::Comma);
      if (at(TokenKind::RightParen))
        return found;
    }
    if (wantsInvalid()) {
      pos_ = first;
      invalidArguments(first);
    }
    return nullptr;
  });
}

/// Arguments as far as they go: positional ones, then keywords and starred ones, then keywords and
/// double starred ones.
Parser::CallArguments* Parser::argumentList(bool allowsGenerator) {
  Collector<ExprNode> positional(*this);
  std::vector<Keyword*> keywords;
  Mark first = pos_;
  Mark last = pos_;
  bool sawKeyword = false;
  bool sawDoubleStar = false;
  for (;;) {
    Mark back = pos_;
    if (!sawKeyword) {
      ExprNode* argument = at(TokenKind::Star)
                               ? starredExpression()
                               : (at(TokenKind::DoubleStar) ? nullptr : positionalArgument());
      if (raised_)
        return nullptr;
      if (argument && (isa<Starred>(*argument) || !at(TokenKind::Equal))) {
        if (allowsGenerator && back == first && !diagnosing_ && atForIf())
          return generatorAsArguments(first - 1, argument);
        positional.push(argument);
        last = pos_;
        if (!accept(TokenKind::Comma))
          break;
        continue;
      }
      pos_ = back;
      sawKeyword = true;
    }
    if (at(TokenKind::Star) && !sawDoubleStar) {
      if (wantsInvalid()) {
        invalidKeywordArgument(back);
        if (raised_)
          return nullptr;
        pos_ = back;
      }
      ExprNode* starred = starredExpression();
      if (!starred)
        break;
      positional.push(starred);
    } else {
      Keyword* keyword = keywordArgument();
      if (!keyword)
        break;
      sawDoubleStar |= keyword->arg == nullptr;
      keywords.push_back(keyword);
    }
    last = pos_;
    if (!accept(TokenKind::Comma))
      break;
  }
  pos_ = last;
  if (raised_ || last == first)
    return nullptr;
  auto* found = arena_.create<CallArguments>();
  found->positional = positional.finish();
  found->keywords = arena_.copy(std::span<Keyword* const>(keywords));
  return found;
}

/// The only argument, a generator expression that shares the call's parentheses.
Parser::CallArguments* Parser::generatorAsArguments(Mark open, ExprNode* element) {
  Seq<Comprehension> generators;
  if (!forIfClauses(generators) || !at(TokenKind::RightParen))
    return nullptr;
  auto* node = arena_.create<GeneratorExp>();
  node->span = SourceSpan::join(spanOf(open), spanOf(pos_));
  node->elt = element;
  node->generators = generators;
  cover(node, element);
  coverGenerators(node, generators);
  ExprNode* only = node;
  auto* found = arena_.create<CallArguments>();
  found->positional = arena_.copy(Seq<ExprNode>(&only, 1));
  return found;
}

/// '*' expression, in arguments and subscripts.
ExprNode* Parser::starredExpression() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidStarredUnpacking(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  ++pos_;
  ExprNode* value = expression();
  if (!value)
    return wantsInvalid() ? raiseAtFurthest(DiagId::InvalidStarExpression) : nullptr;
  auto* node = make<Starred>(first);
  node->value = value;
  cover(node, value);
  return node;
}

/// NAME '=' expression, or '**' expression.
Keyword* Parser::keywordArgument() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidKeywordArgument(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  Identifier name = nullptr;
  if (!accept(TokenKind::DoubleStar)) {
    name = acceptName();
    if (!name || !accept(TokenKind::Equal))
      return nullptr;
  }
  ExprNode* value = expression();
  if (!value)
    return nullptr;
  auto* keyword = make<Keyword>(first);
  keyword->arg = name;
  keyword->value = value;
  return keyword;
}

} // namespace pyc::parsing
