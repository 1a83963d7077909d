// The match statement.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// "match" subject ':' NEWLINE INDENT case_block+ DEDENT. Null where `match` is only a name.
StmtNode* Parser::matchStatement() {
  Mark first = pos_++;
  if (ExprNode* subject = subjectExpression()) {
    bool hasCases = accept(TokenKind::Colon) && accept(TokenKind::Newline) &&
                    accept(TokenKind::Indent) && atSoftKeyword("case");
    if (hasCases) {
      Collector<MatchCase> cases(*this);
      while (atSoftKeyword("case")) {
        Mark back = pos_;
        MatchCase* found = caseBlock();
        if (!found) {
          pos_ = back;
          break;
        }
        cases.push(found);
      }
      if (!raised_ && cases.size() > 0 && accept(TokenKind::Dedent)) {
        auto* node = make<Match>(first);
        node->subject = subject;
        node->cases = cases.finish();
        return node;
      }
    }
  }
  if (wantsInvalid()) {
    pos_ = first;
    invalidMatch(first);
  }
  return nullptr;
}

/// star_named_expression ',' [star_named_expressions] | named_expression
ExprNode* Parser::subjectExpression() {
  Mark first = pos_;
  ExprNode* element = starNamedExpression();
  if (!element)
    return nullptr;
  if (!at(TokenKind::Comma))
    return isa<Starred>(*element) ? nullptr : element;
  Collector<ExprNode> elements(*this);
  elements.push(element);
  ++pos_;
  starNamedExpressions(elements, TokenKind::Colon);
  return raised_ ? nullptr : makeTuple(first, elements.finish());
}

/// "case" patterns [guard] ':' block
MatchCase* Parser::caseBlock() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidCase(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  auto* node = arena_.create<MatchCase>();
  if (!caseHeader(*node) || !accept(TokenKind::Colon) || !block(node->body))
    return nullptr;
  return node;
}

/// "case" patterns ['if' named_expression]
bool Parser::caseHeader(MatchCase& node) {
  ++pos_;
  node.pattern = patterns();
  if (!node.pattern)
    return false;
  Mark back = pos_;
  if (accept(TokenKind::KwIf)) {
    node.guard = namedExpression();
    if (!node.guard)
      pos_ = back;
  }
  return !raised_;
}

} // namespace pyc::parsing
