// The recursive-descent parser's state and rules, shared by the files that implement it. Nothing
// outside of parse/ includes this.
//
// A rule is a member function named after the grammar's rule. It returns null where the tokens do
// not match and then may have moved on; whoever tries something else goes back to where it was.
//
// Parsing happens in two passes, as in CPython. The first only finds out whether the source is
// right. Where it is not, the failing statement is parsed again with `diagnosing_` set: now rules
// also try the `invalid...` rules, in CPython's order, and the first of those to match raises the
// error. Where none does, the error is "invalid syntax" at the furthest token the first pass saw.
// While diagnosing, the results of the main rules are kept in `memo_`, as the invalid rules parse
// the same tokens again and again.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/lex/lexer.h"
#include "compiler/frontend/parse/ast.h"
#include "compiler/frontend/parse/escapes.h"
#include "compiler/frontend/parse/names.h"
#include "compiler/frontend/parse/parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace pyc::parsing {

using namespace ast;

/// What a target may be: of an assignment, of `del`, of `for`.
enum class TargetUse : uint8_t { Assign, Delete, For };

/// The rules whose results are kept while diagnosing.
enum class Rule : uint8_t {
  Expression,
  InvalidNamedExpression,
  StarExpression,
  Disjunction,
  Conjunction,
  Inversion,
  BitwiseOr,
  Unary,
  Primary,
  Arguments,
  Strings,
  Block,
  SimpleStatement,
};

/// Whether the token is one of `+=` and its like.
bool isAugmentedAssignment(TokenKind kind);

/// What messages call an expression: "function call", "literal", ...
std::string_view expressionName(const ExprNode& node);

class Parser {
public:
  Parser(const Source& source, const ParseOptions& options, DiagnosticSink& sink);
  ParseResult run();

private:
  using Args = std::initializer_list<std::string_view>;
  using Mark = uint32_t;

  // --- Tokens (parser.cpp) ---

  TokenKind peek() {
    if (pos_ > furthest_)
      furthest_ = pos_;
    return tokens_[pos_].kind;
  }
  /// The kind of the token `ahead` tokens further on. Only after peek() has seen those before it.
  TokenKind peekAt(uint32_t ahead) {
    if (pos_ + ahead > furthest_)
      furthest_ = pos_ + ahead;
    return tokens_[pos_ + ahead].kind;
  }
  bool at(TokenKind kind) { return peek() == kind; }
  bool accept(TokenKind kind) {
    if (peek() != kind)
      return false;
    ++pos_;
    return true;
  }
  /// Accepts the token or raises "expected ..." there, also in the first pass.
  bool expectForced(TokenKind kind, std::string_view text);
  bool atSoftKeyword(std::string_view text) { return at(TokenKind::Name) && textOf(pos_) == text; }
  std::string_view textOf(Mark token) const {
    return text_.substr(tokens_[token].start, tokens_[token].end - tokens_[token].start);
  }
  SourceSpan spanOf(Mark token) const;
  /// From the start of token `first` to the end of the last token consumed.
  SourceSpan spanFrom(Mark first) const;
  Mark lastConsumed() const;
  bool isFirstVisit(Mark token);
  Identifier nameAt(Mark token);
  /// The name at the cursor, or null.
  Identifier acceptName() { return at(TokenKind::Name) ? nameAt(pos_++) : nullptr; }

  // --- Errors (errors.cpp) ---

  using Pending = LexError;

  /// Each raise returns null, so that a rule can return what it returns.
  std::nullptr_t raiseAt(DiagId id, const DiagLocation& location, Args arguments = {});
  std::nullptr_t raise(DiagId id, const SourceSpan& span, Args arguments = {});
  /// From the start of the first span to the end of the second.
  std::nullptr_t raiseRange(DiagId id, const SourceSpan& first, const SourceSpan& last,
                            Args arguments = {}) {
    return raise(id, SourceSpan::join(first, last), arguments);
  }
  /// From the start of `span` to the end of the last token consumed.
  std::nullptr_t raiseStartingFrom(DiagId id, const SourceSpan& span, Args arguments = {});
  /// At the furthest token that was looked at.
  std::nullptr_t raiseAtFurthest(DiagId id, Args arguments = {});
  DiagLocation locationOf(const SourceSpan& span) const;
  std::nullptr_t raiseAtToken(Mark token, DiagId id, Args arguments = {});
  /// raiseAtFurthest for "expected an indented block after ..." of the statement at token `first`.
  std::nullptr_t raiseNoBlock(Mark first, std::string_view statement);
  std::nullptr_t raiseTooComplex();
  DiagLocation locationOf(Mark token) const;
  bool sawLexError() const { return furthest_ >= errorToken_; }
  /// The furthest token that was looked at, in this pass or the one before.
  Mark furthestSeen() const {
    return std::min(std::max(furthest_, furthestBefore_), errorToken_ - 1);
  }
  void reportStatementError(Mark last);
  void reportPending(const Pending& pending);
  void reportWithArguments(const Pending& pending);
  void reportLexWarnings(Mark end);
  std::optional<Pending> lexErrorAfter(Mark lastToken) const;
  Pending unclosedBracket() const;
  Pending invalidSyntaxAt(Mark token) const;
  Pending lexErrorAsPending() const;
  bool isIncompleteInput(Mark last) const;
  bool isImplied(Mark token) const;

  // --- Building trees ---

  template <class T> T* make(Mark first) {
    T* node = arena_.create<T>();
    node->span = spanFrom(first);
    return node;
  }
  template <class T> T* makeAt(const SourceSpan& span) {
    T* node = arena_.create<T>();
    node->span = span;
    return node;
  }
  /// Makes `parent` higher than `child`, which may be null; raises where that gets too high.
  void cover(ExprNode* parent, const ExprNode* child);
  void cover(ExprNode* parent, Seq<ExprNode> children) {
    for (const ExprNode* child : children)
      cover(parent, child);
  }
  ExprNode* makeConstant(Mark token, ConstantKind kind);
  ExprNode* makeTuple(Mark first, Seq<ExprNode> elements);
  ExprNode* makeBinary(Mark first, ExprNode* left, Operator op, ExprNode* right);

  /// Collects children on a stack that all rules share: only the innermost one may be pushed to.
  template <class T> class Collector {
  public:
    explicit Collector(Parser& parser)
        : stack_(parser.scratch_), base_(stack_.size()), arena_(parser.arena_) {}
    ~Collector() { stack_.resize(base_); }
    void push(const T* item) { stack_.push_back(const_cast<std::remove_const_t<T>*>(item)); }
    size_t size() const { return stack_.size() - base_; }
    void clear() { stack_.resize(base_); }
    T* operator[](size_t index) const { return static_cast<T*>(stack_[base_ + index]); }
    T* back() const { return static_cast<T*>(stack_.back()); }
    std::span<T* const> finish() {
      auto* items = reinterpret_cast<T* const*>(stack_.data() + base_);
      return arena_.copy(std::span<T* const>(items, size()));
    }

  private:
    std::vector<void*>& stack_;
    size_t base_;
    Arena& arena_;
  };

  /// Bounds the recursion of the rules themselves.
  class DepthGuard {
  public:
    explicit DepthGuard(Parser& parser, uint32_t cost = 1) : parser_(parser), cost_(cost) {
      parser.depth_ += cost;
    }
    ~DepthGuard() { parser_.depth_ -= cost_; }
    bool isTooDeep() const { return parser_.depth_ > kMaxTreeHeight; }

  private:
    Parser& parser_;
    uint32_t cost_;
  };

  // --- Diagnosing ---

  /// Whether to try rules for wrong code here.
  bool wantsInvalid() const { return triesInvalid_ && !raised_; }

  /// While diagnosing, the result of `rule` at the cursor is computed once.
  template <class T, class F> T* memoized(Rule rule, F&& parseRule) {
    if (!diagnosing_)
      return parseRule();
    uint64_t key = uint64_t(rule) << 32 | pos_;
    if (auto found = memo_.find(key); found != memo_.end()) {
      pos_ = found->second.end;
      return static_cast<T*>(found->second.node);
    }
    T* node = parseRule();
    if (!raised_)
      memo_[key] = {node, pos_};
    return node;
  }
  struct MemoEntry {
    void* node;
    Mark end;
  };

  // --- Modules and statements (statement.cpp) ---

  ModNode* parseModule();
  ModNode* parseExpressionMode();
  ModNode* parseInteractive();
  template <class F> ModNode* parseOnce(F&& parseRoot);
  void beginDiagnosing(Mark start);
  bool topLevelStatement(Collector<StmtNode>& out);
  bool recoveringStatement(Collector<StmtNode>& out);
  bool skipLine();
  void noteReported();
  void noteCompound(uint32_t line) { lastCompoundLine_ = std::max(lastCompoundLine_, line); }
  bool statementInto(Collector<StmtNode>& out);
  bool simpleStatements(Collector<StmtNode>& out);
  StmtNode* simpleStatement();
  StmtNode* simpleStatementUncached();

  // --- Simple statements (simple_statement.cpp, import_statement.cpp) ---

  StmtNode* assignmentOrExpression();
  StmtNode* assignment();
  StmtNode* annotatedAssignment(Mark first, ExprNode* target);
  StmtNode* augmentedAssignment(Mark first, ExprNode* target, Operator op);
  StmtNode* plainAssignment(Mark first, ExprNode* firstTarget);
  StmtNode* returnStatement();
  StmtNode* raiseStatement();
  StmtNode* deleteStatement();
  StmtNode* assertStatement();
  bool invalidAssertPart(const ExprNode* target);
  StmtNode* scopeStatement();
  StmtNode* typeAlias();
  template <class T> StmtNode* wordStatement();
  ExprNode* annotatedRhs();

  StmtNode* importStatement(bool isLazy);
  StmtNode* importNames(Mark first, bool isLazy);
  StmtNode* importFrom(Mark first, bool isLazy);
  bool importTargets(Seq<Alias>& names);
  bool importAsNames(Collector<Alias>& names);
  Alias* importAsName(bool isDotted);
  Identifier dottedName();

  // --- Compound statements (compound_statement.cpp, definition.cpp) ---

  StmtNode* compoundStatement(bool& isCompound);
  StmtNode* compoundStatementInner(bool& isCompound);
  bool block(Seq<StmtNode>& out);
  bool statementsUntilDedent(Collector<StmtNode>& out);
  StmtNode* ifStatement();
  bool elseBlock(Seq<StmtNode>& out);
  StmtNode* whileStatement();
  StmtNode* forStatement(Mark first, bool isAsync);
  StmtNode* withStatement(Mark first, bool isAsync);
  bool withItems(Collector<WithItem>& items, bool inParens);
  WithItem* withItem();
  StmtNode* tryStatement();
  ExceptHandler* exceptBlock(bool isStar);
  bool finallyBlock(Seq<StmtNode>& out);
  StmtNode* decorated();
  StmtNode* asyncStatement();

  StmtNode* softCompoundStatement();
  StmtNode* classDefinition(Mark first, Seq<ExprNode> decorators);
  bool classHeader(ClassDef& node);
  struct FunctionHeader {
    Identifier name = nullptr;
    Seq<TypeParamNode> typeParams;
    Arguments* args = nullptr;
    ExprNode* returns = nullptr;
  };
  StmtNode* functionDefinition(Mark first, bool isAsync, Seq<ExprNode> decorators);
  bool functionHeader(FunctionHeader& header, bool isForced);
  struct ParameterForm {
    bool isLambda = false;
    bool isStarred = false;
    bool allowsDefault = false;
    TokenKind closer() const { return isLambda ? TokenKind::Colon : TokenKind::RightParen; }
  };
  Arguments* parameters(bool isLambda);
  void positionalParameters(bool isLambda, Arguments& args);
  void starParameters(bool isLambda, Arguments& args);
  bool parameterItem(ParameterForm form, Arg*& arg, ExprNode*& value);
  bool defaultValue(ExprNode*& value);
  Arg* parameter(ParameterForm form);
  bool optionalTypeParameters(Seq<TypeParamNode>& out);
  TypeParamNode* typeParameter();

  // --- match (match_statement.cpp, pattern.cpp) ---

  StmtNode* matchStatement();
  ExprNode* subjectExpression();
  MatchCase* caseBlock();
  bool caseHeader(MatchCase& node);
  PatternNode* patterns();
  PatternNode* pattern();
  PatternNode* orPattern();
  PatternNode* closedPattern();
  PatternNode* literalPattern();
  ExprNode* literalExpression();
  ExprNode* signedNumber();
  PatternNode* namePattern();
  PatternNode* groupOrSequencePattern();
  PatternNode* listPattern();
  void sequenceItems(Collector<PatternNode>& items);
  PatternNode* maybeStarPattern();
  PatternNode* mappingPattern();
  PatternNode* classPattern(Mark first, ExprNode* cls);
  Identifier captureTarget();
  ExprNode* dottedPatternName();
  bool isImaginary(Mark token) const;

  // --- Expressions (expression.cpp, operators.cpp, primary.cpp, atom.cpp, call.cpp) ---

  ExprNode* expressions();
  ExprNode* starExpressions();
  ExprNode* starExpression();
  ExprNode* starExpressionUncached();
  ExprNode* expression();
  ExprNode* expressionUncached();
  ExprNode* conditional();
  ExprNode* lambda();
  ExprNode* yieldExpression();
  ExprNode* namedExpression();
  ExprNode* starNamedExpression();
  ExprNode* bracketElement();
  ExprNode* assignmentExpression();
  bool starNamedExpressions(Collector<ExprNode>& out, TokenKind closer, bool isDisplay = false);
  ExprNode* disjunction();
  ExprNode* conjunction();
  ExprNode* boolOperation(BoolOperator op, TokenKind word, ExprNode* (Parser::*operand)());
  ExprNode* inversion();
  ExprNode* inversionUncached();
  ExprNode* comparison();
  bool acceptComparison(CmpOp& op);
  ExprNode* bitwiseOr();
  void invalidFactor();
  ExprNode* binary(int minPrecedence);
  ExprNode* unary();
  ExprNode* unaryUncached();
  ExprNode* power();
  ExprNode* primary();
  ExprNode* primaryTail(Mark first, ExprNode* node);
  bool tryBracketAsArgument();
  ExprNode* slices();
  ExprNode* slice();

  ExprNode* atom();
  bool checkDictUnpack(Mark first);
  ExprNode* parenAtom();
  ExprNode* listAtom();
  ExprNode* braceAtom();
  ExprNode* braceAtomUncached();
  ExprNode* dictAtom(Mark first, ExprNode*& setElement);
  ExprNode* dictComprehension(Mark first, ExprNode* key, ExprNode* value);
  ExprNode* setAtom(Mark first, ExprNode* element);
  bool keyValuePair(ExprNode*& key, ExprNode*& value);

  ExprNode* call(Mark first, ExprNode* function);
  struct CallArguments {
    Seq<ExprNode> positional;
    Seq<Keyword> keywords;
  };
  CallArguments* arguments(bool allowsGenerator);
  CallArguments* argumentList(bool allowsGenerator);
  CallArguments* generatorAsArguments(Mark open, ExprNode* element);
  ExprNode* generatorArgument();
  ExprNode* positionalArgument();
  ExprNode* starredExpression();
  Keyword* keywordArgument();

  bool forIfClauses(Seq<Comprehension>& out);
  Comprehension* forIfClause();
  void coverGenerators(ExprNode* parent, Seq<Comprehension> generators);
  bool atForIf() { return at(TokenKind::KwFor) || at(TokenKind::KwAsync); }

  // --- Targets (target.cpp) ---

  ExprNode* starTargets();
  ExprNode* starTarget();
  ExprNode* targetPrimary();
  bool isTarget(const ExprNode* node, TargetUse use, bool allowsStar) const;
  bool isSingleTarget(const ExprNode* node) const;
  void setContext(ExprNode* node, ExprContext context);
  const ExprNode* invalidTarget(const ExprNode* node, TargetUse use) const;
  std::nullptr_t raiseInvalidTarget(const ExprNode* node, TargetUse use);

  // --- Literals (number.cpp, string_literal.cpp) ---

  ExprNode* number();
  class StringBuilder;
  ExprNode* strings();
  ExprNode* stringsUncached();
  ExprNode* plainStrings(Mark first);
  ExprNode* formattedStrings(Mark first, bool isTemplate);
  ExprNode* mixedTemplate(Mark lastLiteral);
  bool formattedString(StringBuilder& builder);
  bool replacementField(StringBuilder& builder, bool isTemplate, bool isRaw, bool inSpec);
  bool formatSpec(bool isTemplate, bool isRaw, ExprNode*& spec);
  bool conversion(bool isTemplate, int32_t& letter);
  std::string fieldText(Mark first, Mark end) const;
  bool literalText(Mark token, std::string& out);
  bool middleText(Mark token, bool isRaw, std::string& out);
  bool decodeInto(Mark token, std::string_view body, LiteralForm form, std::string& out);
  std::nullptr_t raiseEscape(Mark token, const EscapeProblem& problem);
  void warnEscape(Mark token, std::string_view body, const UnknownEscape& unknown);

  // --- Rules for wrong code: each raises, or changes nothing but the cursor ---

  // invalid_expression.cpp, invalid_display.cpp
  void invalidExpression(Mark first);
  void raiseMissingComma(const SourceSpan& left, const SourceSpan& right);
  void invalidStringSplit(Mark first);
  void invalidConditionalStar();
  void invalidConditional(Mark first);
  void invalidStatementExpression(Mark first);
  void invalidFieldLambda(Mark first);
  void invalidLegacyExpression(Mark first);
  void invalidNamedExpression(Mark first);
  void invalidStarredElement(Mark star);
  void invalidGroup(Mark first);
  void invalidDictUnpackComprehension(Mark first);
  void invalidComprehension(Mark first);
  void invalidDict(Mark first);
  void invalidKeyValuePair(bool isFirst);
  void invalidStarredKey(Mark first);
  void invalidForIfClause(Mark first);
  void invalidForTarget(Mark first);
  void invalidReplacementField(Mark first, bool isTemplate);
  ExprNode* expressionWithoutInvalid();
  bool isLegacyStatement(const ExprNode* node) const;
  bool isSoftKeyword(Mark token) const;
  bool startsAt(const ExprNode* node, Mark token) const;

  // invalid_call.cpp
  void invalidArguments(Mark first);
  void invalidGeneratorKeyword(Mark first);
  void invalidArgumentValue(Mark first);
  void invalidArgumentOrder(Mark first);
  void invalidKeywordArgument(Mark first);
  void invalidStarredUnpacking(Mark first);

  // invalid_statement.cpp
  void invalidAssignment(Mark first);
  ExprNode* invalidAnnotationTarget();
  void invalidAnnotation(Mark first);
  void skipTargets();
  void invalidImport(Mark first);
  void invalidImportTarget();
  void invalidLazyPlace();
  void invalidHeader(Mark first, std::string_view statement);
  void invalidBlockAfter(Mark first, std::string_view statement);
  void invalidElse(Mark first);
  void invalidWith(Mark first, bool isAsync);
  void invalidWithIndent(Mark first, bool isAsync);
  bool withHeader(Mark first, bool isAsync, bool inParens);
  void invalidTry(Mark first);
  void invalidMixedExcept(bool isStar);
  void raiseTypesUnparenthesised(const ExprNode* firstType);
  void invalidExcept(Mark first, bool isStar);
  void invalidExceptIndent(Mark first, bool isStar);
  void invalidFor(Mark first, bool isAsync);
  void invalidDefinition(Mark first, bool isAsync);
  void invalidClass(Mark first);
  void invalidTypeParameter(Mark first);
  bool atMissingBlock();

  // invalid_match.cpp
  void invalidMatch(Mark first);
  void invalidCase(Mark first);
  void invalidStrayCase(Mark first);
  void invalidAsPattern(Mark first);
  void invalidClassPattern(Mark open);
  std::nullptr_t invalidMappingRest(Mark rest);

  // invalid_parameters.cpp
  void invalidParameters(Mark first, bool isLambda);
  void invalidStarParameters(Mark first, bool isLambda);
  void invalidKeywordParameters(Mark first, bool isLambda);
  bool skipPlain(bool isLambda);
  bool skipWithDefault(bool isLambda);
  bool skipMaybeDefault(bool isLambda);
  bool skipSlashParameters(bool isLambda, bool withDefault);
  void invalidDefaultOrder(bool isLambda);
  void invalidParenthesisedParameters(bool isLambda);

  const Source& source_;
  const ParseOptions& options_;
  DiagnosticSink& sink_;
  LexResult lexed_;
  std::string_view text_;
  const Token* tokens_ = nullptr;
  Mark pos_ = 0;
  /// The furthest token of this pass, and that of the pass before it.
  Mark furthest_ = 0;
  Mark furthestBefore_ = 0;
  /// The index of the Error token, past the end where there is none.
  Mark errorToken_ = 0;
  uint32_t depth_ = 0;
  bool isBarry_ = false;
  bool diagnosing_ = false;
  bool triesInvalid_ = false;
  bool raised_ = false;
  /// The first error has been reported: wrong statements are reported and left out.
  bool recovering_ = false;
  uint32_t reportedLine_ = 0;
  /// Where the last statement of the module that was right begins.
  Mark previousStatement_ = 0;
  /// Where the last compound statement began that was right so far and is no function; 0 for none.
  uint32_t lastCompoundLine_ = 0;
  /// The error that was raised; none where the lexer's stands.
  std::optional<Pending> pending_;
  Mark warnedUpTo_ = 0;
  /// How many of the lexer's warnings have been reported.
  size_t lexWarnings_ = 0;
  uint32_t errorsLeft_ = 0;
  Tree tree_;
  Arena& arena_;
  NameTable names_;
  std::vector<void*> scratch_;
  std::unordered_map<uint64_t, MemoEntry> memo_;
  /// In the first pass, where braces are that do not match: they are tried several times.
  std::unordered_set<Mark> wrongBraces_;
};

} // namespace pyc::parsing
