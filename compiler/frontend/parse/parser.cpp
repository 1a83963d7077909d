// The parser's frame: tokens, the two passes, building blocks of trees.
#include "compiler/frontend/parse/parser.h"

#include "compiler/frontend/lex/identifier.h"
#include "compiler/frontend/parse/parser_impl.h"
#include "runtime/base/check.h"

#include <algorithm>

namespace pyc {

ParseResult parse(const Source& source, const ParseOptions& options, DiagnosticSink& sink) {
  return parsing::Parser(source, options, sink).run();
}

namespace parsing {

Parser::Parser(const Source& source, const ParseOptions& options, DiagnosticSink& sink)
    : source_(source), options_(options), sink_(sink), text_(source.text()),
      isBarry_(options.barryAsFlufl), errorsLeft_(std::max(options.maxErrors, 1u)),
      arena_(tree_.arena), names_(tree_.arena) {}

ParseResult Parser::run() {
  static constexpr LexMode kLexModes[] = {LexMode::Module, LexMode::Expression,
                                          LexMode::Interactive};
  lexed_ = lex(source_, kLexModes[static_cast<size_t>(options_.mode)]);
  if (options_.mode == ParseMode::Interactive && options_.dontImplyDedent &&
      !source_.hasFinalNewline())
    std::erase_if(lexed_.tokens, [&](const Token& token) {
      return token.kind == TokenKind::Dedent && token.start == text_.size();
    });
  tokens_ = lexed_.tokens.data();
  bool isComplete = lexed_.end == LexEnd::Complete;
  errorToken_ = static_cast<Mark>(lexed_.tokens.size()) - (isComplete ? 0 : 1);
  uint32_t errorsBefore = sink_.errorCount();
  ModNode* root = nullptr;
  switch (options_.mode) {
  case ParseMode::Module:
    root = parseModule();
    break;
  case ParseMode::Expression:
    root = parseExpressionMode();
    break;
  case ParseMode::Interactive:
    root = parseInteractive();
    break;
  }
  reportLexWarnings(static_cast<Mark>(lexed_.tokens.size()));
  tree_.root = sink_.errorCount() == errorsBefore ? root : nullptr;
  tree_.nameCount = names_.count();
  return {std::move(tree_)};
}

// --- Tokens ---

bool Parser::expectForced(TokenKind kind, std::string_view text) {
  if (accept(kind))
    return true;
  if (diagnosing_)
    raiseAtToken(pos_, DiagId::ExpectedToken, {text});
  return false;
}

SourceSpan Parser::spanOf(Mark token) const {
  const Token& found = tokens_[token];
  uint32_t lineStart = source_.lineStart(found.line);
  SourceSpan span{found.line, found.start - lineStart, found.line, found.end - lineStart};
  if (found.isMultiLine) {
    span.endLine = source_.lineOf(found.end);
    span.endColumn = found.end - source_.lineStart(span.endLine);
  }
  return span;
}

Parser::Mark Parser::lastConsumed() const {
  Mark last = pos_;
  while (last-- > 0) {
    TokenKind kind = tokens_[last].kind;
    if (kind != TokenKind::Newline && kind != TokenKind::Indent && kind != TokenKind::Dedent &&
        kind != TokenKind::EndMarker)
      return last;
  }
  return 0;
}

SourceSpan Parser::spanFrom(Mark first) const {
  SourceSpan start = spanOf(first);
  Mark last = lastConsumed();
  return last == first ? start : SourceSpan::join(start, spanOf(last));
}

/// Whether a warning about the token has not been given yet; each token has at most one.
bool Parser::isFirstVisit(Mark token) {
  if (diagnosing_ || token < warnedUpTo_)
    return false;
  warnedUpTo_ = token + 1;
  return true;
}

Identifier Parser::nameAt(Mark token) {
  std::string_view text = textOf(token);
  bool isAscii = std::none_of(text.begin(), text.end(), [](char c) { return c & 0x80; });
  return names_.intern(isAscii ? text : std::string_view(normaliseIdentifier(text)));
}

// --- Building trees ---

void Parser::cover(ExprNode* parent, const ExprNode* child) {
  if (!child || child->height < parent->height)
    return;
  if (child->height >= kMaxTreeHeight)
    raiseTooComplex();
  else
    parent->height = static_cast<uint16_t>(child->height + 1);
}

ExprNode* Parser::makeConstant(Mark token, ConstantKind kind) {
  auto* constant = makeAt<Constant>(spanOf(token));
  constant->value.kind = kind;
  return constant;
}

ExprNode* Parser::makeTuple(Mark first, Seq<ExprNode> elements) {
  auto* tuple = make<Tuple>(first);
  tuple->elts = elements;
  cover(tuple, elements);
  return tuple;
}

ExprNode* Parser::makeBinary(Mark first, ExprNode* left, Operator op, ExprNode* right) {
  auto* operation = make<BinOp>(first);
  operation->left = left;
  operation->op = op;
  operation->right = right;
  cover(operation, left);
  cover(operation, right);
  return operation;
}

} // namespace parsing
} // namespace pyc
