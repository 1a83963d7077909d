// Atoms: names, literals, and what stands in brackets of its own.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

ExprNode* Parser::atom() {
  switch (peek()) {
  case TokenKind::Name: {
    auto* name = makeAt<Name>(spanOf(pos_));
    name->id = nameAt(pos_++);
    return name;
  }
  case TokenKind::KwTrue:
    return makeConstant(pos_++, ConstantKind::True);
  case TokenKind::KwFalse:
    return makeConstant(pos_++, ConstantKind::False);
  case TokenKind::KwNone:
    return makeConstant(pos_++, ConstantKind::None);
  case TokenKind::Ellipsis:
    return makeConstant(pos_++, ConstantKind::Ellipsis);
  case TokenKind::String:
  case TokenKind::FStringStart:
  case TokenKind::TStringStart:
    return strings();
  case TokenKind::Number:
    return number();
  case TokenKind::LeftParen:
    return parenAtom();
  case TokenKind::LeftSquare:
    return listAtom();
  case TokenKind::LeftBrace:
    return braceAtom();
  default:
    return nullptr;
  }
}

/// False where the bracket at the cursor begins a comprehension of '**', which is raised.
bool Parser::checkDictUnpack(Mark first) {
  if (!wantsInvalid())
    return true;
  invalidDictUnpackComprehension(first);
  pos_ = first;
  return !raised_;
}

/// A tuple, a parenthesised expression or a generator expression.
ExprNode* Parser::parenAtom() {
  Mark first = pos_;
  if (!checkDictUnpack(first))
    return nullptr;
  ++pos_;
  if (accept(TokenKind::RightParen))
    return makeTuple(first, {});
  if (at(TokenKind::KwYield)) {
    ExprNode* value = yieldExpression();
    if (value && accept(TokenKind::RightParen))
      return value;
  } else if (ExprNode* element = bracketElement()) {
    if (at(TokenKind::Comma)) {
      Collector<ExprNode> elements(*this);
      elements.push(element);
      ++pos_;
      starNamedExpressions(elements, TokenKind::RightParen, /*isDisplay=*/true);
      if (!raised_ && accept(TokenKind::RightParen))
        return makeTuple(first, elements.finish());
    } else if (at(TokenKind::RightParen) && !isa<Starred>(*element)) {
      ++pos_;
      return element;
    } else if (atForIf()) {
      Seq<Comprehension> generators;
      if (forIfClauses(generators) && accept(TokenKind::RightParen)) {
        auto* node = make<GeneratorExp>(first);
        node->elt = element;
        node->generators = generators;
        cover(node, element);
        coverGenerators(node, generators);
        return node;
      }
    }
  }
  if (wantsInvalid()) {
    invalidGroup(first);
    if (!raised_)
      invalidComprehension(first);
  }
  return nullptr;
}

ExprNode* Parser::listAtom() {
  Mark first = pos_;
  if (!checkDictUnpack(first))
    return nullptr;
  ++pos_;
  Collector<ExprNode> elements(*this);
  if (!at(TokenKind::RightSquare))
    starNamedExpressions(elements, TokenKind::RightSquare, /*isDisplay=*/true);
  if (raised_)
    return nullptr;
  if (accept(TokenKind::RightSquare)) {
    auto* node = make<List>(first);
    node->elts = elements.finish();
    cover(node, node->elts);
    return node;
  }
  bool isOneElement = elements.size() == 1 && tokens_[pos_ - 1].kind != TokenKind::Comma;
  if (isOneElement && atForIf()) {
    Seq<Comprehension> generators;
    if (forIfClauses(generators) && accept(TokenKind::RightSquare)) {
      auto* node = make<ListComp>(first);
      node->elt = elements[0];
      node->generators = generators;
      cover(node, node->elt);
      coverGenerators(node, generators);
      return node;
    }
  }
  if (wantsInvalid())
    invalidComprehension(first);
  return nullptr;
}

/// A dict, a set, or a comprehension of one of them.
ExprNode* Parser::braceAtom() {
  if (diagnosing_)
    return braceAtomUncached();
  Mark first = pos_;
  if (wrongBraces_.contains(first))
    return nullptr;
  ExprNode* node = braceAtomUncached();
  if (!node)
    wrongBraces_.insert(first);
  return node;
}

ExprNode* Parser::braceAtomUncached() {
  Mark first = pos_++;
  if (accept(TokenKind::RightBrace))
    return make<Dict>(first);
  ExprNode* result = nullptr;
  ExprNode* element = nullptr;
  bool isSet = !diagnosing_ &&
               (at(TokenKind::Star) || (at(TokenKind::Name) && peekAt(1) == TokenKind::ColonEqual));
  if (!isSet)
    result = dictAtom(first, element);
  if (!result && !raised_ && (isSet || element || diagnosing_)) {
    if (diagnosing_) {
      element = nullptr;
      pos_ = first + 1;
    }
    result = setAtom(first, element);
    if (!result && !raised_ && isSet)
      invalidDict(first);
  }
  if (!result && wantsInvalid())
    invalidComprehension(first);
  return result;
}

/// expression ':' expression, or '**' bitwise_or with a null key. Where it is neither, `key` is the
/// expression that no ':' follows.
bool Parser::keyValuePair(ExprNode*& key, ExprNode*& value) {
  key = nullptr;
  if (accept(TokenKind::DoubleStar)) {
    value = bitwiseOr();
    return value != nullptr;
  }
  key = expression();
  if (!key || !accept(TokenKind::Colon))
    return false;
  value = expression();
  if (!value)
    key = nullptr;
  return value != nullptr;
}

/// Where the first element turns out to be a set's, it goes to `setElement` and the cursor is
/// after it.
ExprNode* Parser::dictAtom(Mark first, ExprNode*& setElement) {
  Collector<ExprNode> keys(*this);
  std::vector<ExprNode*> values;
  do {
    if (at(TokenKind::RightBrace) && keys.size() > 0)
      break;
    Mark back = pos_;
    ExprNode* key;
    ExprNode* value;
    if (!keyValuePair(key, value)) {
      if (key && keys.size() == 0 && !diagnosing_) {
        setElement = key;
        return nullptr;
      }
      pos_ = back;
      break;
    }
    keys.push(key);
    values.push_back(value);
  } while (accept(TokenKind::Comma));
  if (raised_)
    return nullptr;
  if (keys.size() > 0 && accept(TokenKind::RightBrace)) {
    auto* node = make<Dict>(first);
    node->keys = keys.finish();
    node->values = arena_.copy(std::span<ExprNode* const>(values));
    cover(node, node->keys);
    cover(node, node->values);
    return node;
  }
  if (keys.size() == 1 && tokens_[pos_ - 1].kind != TokenKind::Comma && atForIf())
    if (ExprNode* result = dictComprehension(first, keys[0], values[0]))
      return result;
  // CPython tries these wrong forms in its first pass already.
  invalidDict(first);
  return nullptr;
}

ExprNode* Parser::dictComprehension(Mark first, ExprNode* key, ExprNode* value) {
  Seq<Comprehension> generators;
  if (!forIfClauses(generators) || !accept(TokenKind::RightBrace))
    return nullptr;
  auto* node = make<DictComp>(first);
  // PEP 798: the comprehension of `**value` has the value for its key and no value.
  node->key = key ? key : value;
  node->value = key ? value : nullptr;
  node->generators = generators;
  cover(node, key);
  cover(node, value);
  coverGenerators(node, generators);
  return node;
}

/// A set or a set comprehension; `element` is the first one where it has been parsed.
ExprNode* Parser::setAtom(Mark first, ExprNode* element) {
  Collector<ExprNode> elements(*this);
  if (element)
    elements.push(element);
  if (!element || (accept(TokenKind::Comma) && !at(TokenKind::RightBrace)))
    starNamedExpressions(elements, TokenKind::RightBrace, /*isDisplay=*/true);
  if (raised_ || elements.size() == 0)
    return nullptr;
  if (accept(TokenKind::RightBrace)) {
    auto* node = make<Set>(first);
    node->elts = elements.finish();
    cover(node, node->elts);
    return node;
  }
  if (elements.size() > 1 || tokens_[pos_ - 1].kind == TokenKind::Comma || !atForIf())
    return nullptr;
  Seq<Comprehension> generators;
  if (!forIfClauses(generators) || !accept(TokenKind::RightBrace))
    return nullptr;
  auto* node = make<SetComp>(first);
  node->elt = elements[0];
  node->generators = generators;
  cover(node, node->elt);
  coverGenerators(node, generators);
  return node;
}

// --- Comprehensions ---

bool Parser::forIfClauses(Seq<Comprehension>& out) {
  Collector<Comprehension> clauses(*this);
  while (atForIf()) {
    Mark back = pos_;
    Comprehension* clause = forIfClause();
    if (!clause) {
      pos_ = back;
      break;
    }
    clauses.push(clause);
  }
  out = clauses.finish();
  return !raised_ && !out.empty();
}

Comprehension* Parser::forIfClause() {
  Mark first = pos_;
  bool isAsync = accept(TokenKind::KwAsync);
  ExprNode* target = accept(TokenKind::KwFor) ? starTargets() : nullptr;
  if (!target || !accept(TokenKind::KwIn)) {
    if (wantsInvalid()) {
      invalidForIfClause(first);
      if (!raised_)
        invalidForTarget(first);
    }
    return nullptr;
  }
  ExprNode* iter = disjunction();
  if (!iter)
    return nullptr;
  Collector<ExprNode> ifs(*this);
  while (at(TokenKind::KwIf)) {
    Mark back = pos_++;
    ExprNode* condition = disjunction();
    if (!condition) {
      pos_ = back;
      break;
    }
    ifs.push(condition);
  }
  if (raised_)
    return nullptr;
  auto* node = arena_.create<Comprehension>();
  node->target = target;
  node->iter = iter;
  node->ifs = ifs.finish();
  node->is_async = isAsync;
  return node;
}

void Parser::coverGenerators(ExprNode* parent, Seq<Comprehension> generators) {
  for (const Comprehension* generator : generators) {
    cover(parent, generator->target);
    cover(parent, generator->iter);
    cover(parent, generator->ifs);
  }
}

} // namespace pyc::parsing
