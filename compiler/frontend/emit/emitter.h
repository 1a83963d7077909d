// Makes the uop code of one code object from its part of the tree. A nested function or class body
// has an emitter of its own. The methods are in one file per topic of the language.
//
// Expressions. `expr(node, want)` evaluates into the register `want`: a local's, or kPush for the
// next temporary; it returns the register. The destination is written last, when nothing can raise
// any more, so that a failing `x = f(x)` leaves x alone. `operand` avoids the copy of what already
// is in a local's register; as a walrus may rebind that local before the operand is used, it takes
// the expression that is evaluated in between.
#pragma once

#include "compiler/frontend/emit/code_builder.h"
#include "compiler/frontend/emit/compilation.h"

namespace pyc {

/// The most targets of one unpacking: they are temporaries at once.
inline constexpr size_t kMostUnpacked = 30000;

class Emitter {
public:
  Emitter(Compilation& compilation, Emitter* parent, Scope& scope, NameId name);
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  CodeUnit* moduleCode(const ast::ModNode& root);

private:
  using Expr = ast::ExprNode;
  using Exprs = ast::Seq<ast::ExprNode>;
  using Stmts = ast::Seq<ast::StmtNode>;

  // Names (names.cpp).
  struct NameRef {
    enum Kind : uint8_t {
      Local, // a register
      Deref, // a cell in a register
      Global,
      Namespace,      // module or class namespace, then globals
      NamespaceDeref, // class namespace, then a cell
      ClassGlobal,    // annotation scope in a class: its namespace, then globals
      ClassDeref,     // the same, then a cell
    };
    Kind kind;
    Reg reg;
    NameId name;
  };
  NameId mangled(NameId name) { return mangleIn(c_.names, scope_, name); }
  NameId mangled(ast::Identifier name) { return mangled(c_.names.of(name)); }
  NameRef resolve(NameId mangledName);
  NameRef resolveSymbol(const Symbol* symbol, NameId mangledName, bool isInComprehension);
  Reg registerOf(NameId mangledName);
  Reg localRegister(NameId mangledName);
  void load(const NameRef& ref, Reg want);
  Reg loadName(NameId mangledName, Reg want);
  /// Binds a name to `value`, which is consumed where it is a temporary.
  void storeName(const NameRef& ref, Reg value);
  void storeName(NameId mangledName, Reg value) { storeName(resolve(mangledName), value); }
  void deleteName(const NameRef& ref);
  /// Unbinds an exception's name, bound or not.
  void forgetName(NameId mangledName);
  /// The register of a plain local that `node` names, or kPush.
  Reg plainLocal(const Expr& node);
  Reg closureRegister(NameId mangledName);

  // Constants.
  Reg loadConst(ConstantId constant, Reg want = kPush);
  Reg loadNone(Reg want = kPush) { return loadConst(c_.constants.none(), want); }
  Reg loadText(NameId name, Reg want = kPush);
  Reg loadText(std::string_view text, Reg want = kPush);
  Reg loadInt(int64_t value, Reg want = kPush);
  ConstantId textConstant(NameId name);

  // Expressions (expressions.cpp, operators.cpp).
  Reg expr(const Expr& node, Reg want = kPush);
  Reg push(const Expr& node) { return expr(node, kPush); }
  Reg operand(const Expr& node, const Expr* later = nullptr, const Expr* evenLater = nullptr);
  void effect(const Expr& node);
  /// The register to write: `want`, or the temporary that follows once `consumed` are gone.
  Reg destination(Reg want, std::initializer_list<Reg> consumed = {}) const {
    return want == kPush ? b_.slotAfter(consumed) : want;
  }
  /// Moves the temporary on top to `want`, unless it is to stay there.
  Reg settle(Reg want);
  bool mayBeRebound(Reg local, const Expr* later);
  void at(const Expr& node) { b_.at(node.span); }
  void at(const ast::StmtNode& node) { b_.at(node.span); }
  Reg nameExpr(const ast::Name& node, Reg want);
  Reg namedExpr(const ast::NamedExpr& node, Reg want);
  Reg attribute(const ast::Attribute& node, Reg want);
  Reg subscript(const ast::Subscript& node, Reg want);
  Reg slice(const ast::Slice& node, Reg want);
  Reg sliceParts(const ast::Slice& node);
  Reg binary(const ast::BinOp& node, Reg want);
  Reg unary(const ast::UnaryOp& node, Reg want);
  Reg ifExpr(const ast::IfExp& node, Reg want);
  Reg boolOp(const ast::BoolOp& node, Reg want);
  Reg compare(const ast::Compare& node, Reg want);
  Reg compareAs(const ast::Compare& node, ast::CmpOp op, const SourceSpan& span, Reg want);
  Reg compareChain(const ast::Compare& node, Reg want);
  Reg chainRight(Reg& left, const ast::Compare& node, size_t i, Reg& kept);
  void emitCompare(ast::CmpOp op, Reg dst, Reg lhs, Reg rhs);
  void emitBinary(ast::Operator op, Reg dst, Reg lhs, Reg rhs);
  void emitInplace(ast::Operator op, Reg dst, Reg lhs, Reg rhs);
  /// `node`, where it only is iterated or searched: a list or set of constants is a constant.
  Reg constantContainer(const Expr& node, bool isMembership, const Expr* later = nullptr);

  // Conditions (conditions.cpp): jump to `target` when bool(node) == jumpIf, else go on.
  void condition(const Expr& node, bool jumpIf, LabelId target);
  void boolCondition(const ast::BoolOp& node, bool jumpIf, LabelId target);
  void compareCondition(const ast::Compare& node, bool jumpIf, LabelId target);
  void chainCondition(const ast::Compare& node, bool jumpIf, LabelId target);
  void jumpOnCompare(ast::CmpOp op, bool jumpIf, Reg lhs, Reg rhs, LabelId target);

  // Displays and strings (displays.cpp, strings.cpp).
  Reg tupleDisplay(Exprs elements, Reg want);
  Reg listDisplay(Exprs elements, Reg want);
  Reg setDisplay(Exprs elements, Reg want);
  Reg dictDisplay(const ast::Dict& node, Reg want);
  void growList(Exprs elements, size_t from);
  void growSet(Exprs elements, size_t from);
  Reg joinedStr(const ast::JoinedStr& node, Reg want);
  Reg fieldValue(const ast::FormattedValue& node);
  void part(const ast::FormattedValue& node);
  Reg formattedValue(const ast::FormattedValue& node, Reg want);
  Reg templateStr(const ast::TemplateStr& node, Reg want);
  void interpolation(const ast::Interpolation& node);

  // Calls (calls.cpp).
  Reg call(const ast::Call& node, Reg want);
  void checkKeywords(ast::Seq<ast::Keyword> keywords);
  Reg superCall(const ast::Call& node, Reg want);
  bool isPlainCall(const ast::Call& node) const;
  Reg methodCall(const ast::Call& node, Reg want);
  /// A call of the callee at `window`, with `pushed` arguments behind it already.
  Reg callWith(Reg window, unsigned pushed, Exprs args, ast::Seq<ast::Keyword> keywords, Reg want,
               const SourceSpan& span);
  Reg callEx(Reg window, unsigned pushed, Exprs args, ast::Seq<ast::Keyword> keywords, Reg want,
             const SourceSpan& span);
  void keywordDict(Reg callee, ast::Seq<ast::Keyword> keywords, const SourceSpan& span);
  unsigned pushArguments(Exprs args, ast::Seq<ast::Keyword> keywords, ConstantId& names);

  // Generators and coroutines (generators.cpp).
  Reg yieldExpr(const ast::Yield& node, Reg want);
  Reg yieldFrom(const ast::YieldFrom& node, Reg want);
  Reg awaitExpr(const ast::Await& node, Reg want);
  /// Awaits the object on top in place; `beginAwait` before the object is pushed.
  void beginAwait();
  void endAwait(uop::AwaitContext context);

  // Comprehensions (comprehensions.cpp).
  struct ComprehensionParts {
    ComprehensionKind kind;
    const Expr* element; // key for a dict
    const Expr* value;
    ast::Seq<ast::Comprehension> generators;
  };
  struct InlinedLocal {
    NameId name;
    Reg reg;
  };
  struct InlinedScope {
    const Scope* scope;
    std::vector<InlinedLocal> locals;
  };
  struct ComprehensionLocal {
    NameId name;
    Reg reg;
    bool isCell;
    bool isInUse;
  };
  Reg comprehension(const Expr& node, const ComprehensionParts& parts, Reg want);
  void inlineComprehension(const Expr& node, Scope& scope, const ComprehensionParts& parts);
  Reg callComprehension(const Expr& node, Scope& scope, const ComprehensionParts& parts, Reg want);
  CodeUnit* comprehensionCode(const Expr& node, const ComprehensionParts& parts);
  void buildContainer(ComprehensionKind kind);
  void comprehensionLoop(const Expr& node, const ComprehensionParts& parts, size_t generator,
                         Reg container);
  void syncLoop(const Expr& node, const ComprehensionParts& parts, size_t generator, Reg container);
  void asyncLoop(const Expr& node, const ComprehensionParts& parts, size_t generator,
                 Reg container);
  void comprehensionInner(const Expr& node, const ComprehensionParts& parts, size_t generator,
                          Reg container, LabelId next);
  void comprehensionElement(const Expr& node, const ComprehensionParts& parts, Reg container);
  void yieldElement(const Expr& element, bool isUnpacked);
  void enterInlined(Scope& scope, InlinedScope& inlined);
  void leaveInlined(const InlinedScope& inlined);
  Reg comprehensionLocal(NameId name, bool isCell);

  // Functions and classes (functions.cpp, classes.cpp, annotations.cpp, type_params.cpp).
  struct FunctionParts {
    NameId name;
    const ast::Arguments* args;
    Stmts body;
    Exprs decorators;
    const Expr* returns;
    ast::Seq<ast::TypeParamNode> typeParams;
    bool isAsync;
  };
  FunctionParts partsOf(const ast::StmtNode& node);
  void functionDef(const ast::StmtNode& node);
  Reg functionObject(const ast::StmtNode& node, const FunctionParts& parts, bool evaluatesDefaults,
                     Reg want);
  CodeUnit* functionCode(const FunctionParts& parts);
  Reg lambda(const ast::Lambda& node, Reg want);
  CodeUnit* lambdaCode(const ast::Lambda& node);
  bool pushPositionalDefaults(const ast::Arguments& args);
  bool pushKeywordDefaults(const ast::Arguments& args);
  void pushDefaults(const ast::Arguments& args);
  void declareParameters(const ast::Arguments& args);
  void declareParameters();
  void setUpFunction();
  /// Gives cells and free variables their registers and makes the cells. Those that a class offers
  /// its methods are apart (`classCells_`): it may have a free variable of the same name.
  void setUpCells(std::vector<NameId> cells);
  /// The handler around a generator's code, which turns StopIteration into RuntimeError.
  void endGenerator();
  void pushClosure(Scope& inner);
  /// make_function of `code`; the four parts are on top.
  Reg makeFunction(CodeUnit* code, Reg want);
  Reg makePlainFunction(CodeUnit* code, Scope& inner, Reg want);
  void bindDefinition(const NameRef& target, Exprs decorators, Reg value, const SourceSpan& span);
  void classDef(const ast::ClassDef& node);
  Reg classObject(const ast::ClassDef& node);
  CodeUnit* classCode(const ast::ClassDef& node);
  void classProlog(const ast::ClassDef& node);
  void classEpilog();
  /// An annotation scope's function: `format` is its parameter.
  void beginFormatFunction(const SourceSpan& span);
  CodeUnit* endFormatFunction();
  void annotationValue(const Expr& annotation);
  uint16_t pushParameterAnnotation(const ast::Arg* arg);
  void pushFunctionAnnotate(const ast::StmtNode& node, const FunctionParts& parts);
  void variableAnnotations(const Emitter& owner);
  void findAnnotations(Stmts body, bool isConditional);
  void setUpAnnotations(Stmts body);
  void pushVariableAnnotate(const SourceSpan& span);
  void annotatedAssign(const ast::AnnAssign& node);
  // What annotations tell the compiler (hints.cpp); null: there is no annotation.
  void hintLocal(Reg local, const Expr* annotation);
  void hintParameters(const ast::Arguments& args);
  void hintResult(const Expr* annotation);
  void effectOfKey(const Expr& key);
  void noteAnnotation(const ast::AnnAssign& node, const ast::Name& target);
  Reg genericFunction(const ast::StmtNode& node, const FunctionParts& parts, Reg want);
  Reg genericClass(const ast::ClassDef& node);
  void typeAlias(const ast::TypeAlias& node);
  Reg typeAliasObject(const ast::TypeAlias& node, NameId name);
  void pushTypeParams(ast::Seq<ast::TypeParamNode> params);
  void typeParam(const ast::TypeParamNode& param);
  void pushEvaluator(Scope& scope, NameId name, const Expr& value, bool mayUnpack);
  NameId headerName(NameId name);
  void beginHeader();
  CodeUnit* endHeader(Reg result);

  // Statements (statements.cpp, assignments.cpp, imports.cpp).
  void stmts(Stmts body);
  void stmt(const ast::StmtNode& node);
  void body(Stmts statements, ConstantId& docstring);
  void expressionStatement(const ast::Expr& node);
  void returnStatement(const ast::Return& node);
  void raise(const ast::Raise& node);
  void assertStatement(const ast::Assert& node);
  void ifStatement(const ast::If& node);
  bool isTopLevelAwait() const;
  void assign(const ast::Assign& node);
  void assignMany(const ast::Assign& node);
  bool assignParallel(const Expr& target, const Expr& value);
  void assignLocals(Exprs targets, Exprs values, const std::vector<Reg>& locals);
  void augAssign(const ast::AugAssign& node);
  void augAssignName(const ast::AugAssign& node, const ast::Name& target);
  Reg duplicate(Reg reg);
  void store(const Expr& target, Reg value);
  void unpack(Exprs targets, const SourceSpan& span, Reg value);
  void remove(const Expr& target);
  void import(const ast::Import& node);
  void importFrom(const ast::ImportFrom& node);
  void importName(Reg dst, unsigned level, std::string_view name, bool isLazy, bool mayBeLazy);
  bool mayImportLazily() const;

  // Loops (loops.cpp).
  void whileLoop(const ast::While& node);
  void forLoop(const ast::For& node);
  void asyncFor(const ast::AsyncFor& node);
  /// The next item of the asynchronous iterator on top, pushed.
  void nextAsyncItem();
  /// for_iter into `target`; the iterator is on top.
  void nextItem(const Expr& target, LabelId exhausted, const SourceSpan& span);

  // Blocks that a jump may have to leave properly (blocks.cpp).
  struct Block {
    enum Kind : uint8_t {
      While,
      For,            // the iterator is on the stack
      Try,            // nothing to do but to leave the handler's range
      Finally,        // the final body has to run
      FinallyHandler, // the exception and the previous one are on the stack
      Handler,        // the same, in an `except` clause
      StarHandler,    // `except*`: may not be left by a jump
      With,           // `exit` is on the stack, perhaps with the manager below
      AsyncWith,
      PendingValue, // a value being returned is on the stack
    };
    Kind kind;
    HandlerId outer = HandlerId::None; // in force around the block
    LabelId breakTarget = LabelId::None;
    LabelId continueTarget = LabelId::None;
    Stmts finalBody{};
    NameId exceptionName = NameId::None;
    bool hasManager = false;
    SourceSpan span{};
  };
  /// Notes a block. `span` is where CPython reports that there are too many in each other, and so
  /// is it here: the limit bounds how often nested final bodies are emitted.
  void enterBlock(Block block, const SourceSpan& span);
  void checkBlocks(size_t added, const SourceSpan& span);
  void leaveBlocks(size_t downTo, bool keepTop);
  void leaveBlock(const Block& block, bool keepTop);
  bool needsLeaving() const;
  void raiseExit(bool hasManager);
  size_t innermostLoop() const;
  bool checkStarBlocks(const SourceSpan& span, size_t downTo);
  void breakStatement(const ast::StmtNode& node);
  void continueStatement(const ast::StmtNode& node);
  /// Drops the temporary below the one on top.
  void dropBelow();

  // Exceptions and context managers (try.cpp, try_star.cpp, with.cpp).
  void tryStatement(const ast::Try& node);
  void tryExcept(const ast::Try& node);
  template <class Body> void tryFinally(const SourceSpan& span, Stmts finalBody, Body&& body);
  void exceptClause(const ast::ExceptHandler& handler, HandlerId outer, HandlerId cleanup,
                    LabelId end);
  /// Starts a handler: the exception becomes the one being handled. What is raised meanwhile goes
  /// to the handler returned, which `endHandler` emits.
  HandlerId beginHandler(HandlerId handler);
  void endHandler(HandlerId cleanup, HandlerId outer);
  void tryStar(const ast::TryStar& node);
  void tryStarExcept(const ast::TryStar& node);
  void starClause(const ast::ExceptHandler& handler, HandlerId cleanup);
  void withItems(const ast::StmtNode& node, ast::Seq<ast::WithItem> items, Stmts body,
                 bool isAsync);
  bool enterManager(const Expr& manager, bool isAsync);
  /// Calls the `__exit__` pair on top for a normal exit; the result is left.
  void callExit(bool isAsync);
  void handleExit(HandlerId handler, HandlerId outer, const SourceSpan& span, bool isAsync,
                  LabelId end, unsigned endDepth);

  // Pattern matching (match.cpp, patterns.cpp).
  struct Capture {
    NameId name;
    Reg slot; // a hidden local; kPush: bound already
  };
  struct PatternState {
    std::vector<LabelId> fail; // by the number of temporaries to drop
    std::vector<Capture> captures;
    std::vector<Capture> reserved; // slots that names have to use (alternatives)
    size_t firstSlot = 0;          // of patternSlots_ that are free
    unsigned base = 0;             // temporaries in use outside the pattern
    bool mayBeIrrefutable = false;
    bool isFinal = true; // once this (sub)pattern has matched, the whole has
  };
  void match(const ast::Match& node);
  Reg matchSubject(const ast::Match& node);
  void emitCase(const ast::MatchCase& node, Reg subject, bool isLast, LabelId end);
  void pattern(const ast::PatternNode& node, Reg subject, PatternState& state);
  void subpatterns(ast::Seq<ast::PatternNode> parts, PatternState& state);
  void subpattern(const ast::PatternNode& node, Reg subject, PatternState& state, bool isLast);
  void capture(NameId name, Reg value, const SourceSpan& span, PatternState& state);
  void bindCaptures(const PatternState& state, const SourceSpan& span);
  void asPattern(const ast::MatchAs& node, Reg subject, PatternState& state);
  void sequencePattern(const ast::MatchSequence& node, Reg subject, PatternState& state);
  void sequenceItems(const ast::MatchSequence& node, Reg subject, size_t star, PatternState& state);
  void mappingPattern(const ast::MatchMapping& node, Reg subject, PatternState& state);
  void classPattern(const ast::MatchClass& node, Reg subject, PatternState& state);
  void orPattern(const ast::MatchOr& node, Reg subject, PatternState& state);
  void unpackMatched(Reg values, size_t count, PatternState& state);
  void rejectSameKeys(const ast::MatchMapping& node);
  void dropSubject(Reg subject);
  bool isValue(const Expr& node);
  LabelId failLabel(PatternState& state, unsigned depth);
  LabelId failLabel(PatternState& state) { return failLabel(state, b_.depth()); }
  /// Where a uop that consumes these registers goes on failure.
  LabelId failAfter(PatternState& state, std::initializer_list<Reg> consumed) {
    return failLabel(state, static_cast<unsigned>(b_.slotAfter(consumed)));
  }
  void bindFailures(PatternState& state);

  // Warnings (warnings.cpp).
  void warn(DiagId id, const SourceSpan& span, std::initializer_list<std::string_view> args = {});
  bool isLiteral(const Expr& node);
  void warnCompare(const ast::Compare& node);
  void warnCallee(const Expr& callee);
  void warnSubscript(const ast::Subscript& node);

  bool hasFailed() const { return c_.hasFailed; }
  void error(DiagId id, const SourceSpan& span, std::initializer_list<std::string_view> args = {}) {
    c_.error(id, span, args);
  }
  void noteStaticAttribute(const ast::Attribute& node);
  std::string qualifiedName(NameId name) const;
  uint32_t functionFlags() const;
  CodeUnit* finish();

  Compilation& c_;
  Emitter* parent_;
  Scope& scope_;
  CodeUnit& unit_;
  CodeBuilder b_;
  std::unordered_map<NameId, Reg> registers_; // of the unit's own locals, cells, free variables
  std::unordered_map<NameId, Reg> classCells_;
  std::vector<Block> blocks_;
  std::vector<InlinedScope> inlined_; // comprehensions being emitted, outermost first
  std::vector<ComprehensionLocal> comprehensionLocals_;
  std::vector<NameId> staticAttributes_; // class: attributes its methods set on `self`
  /// Module, class: annotated names in order; `condition` is the index in the set of those that
  /// were reached, or -1.
  struct Annotated {
    const ast::AnnAssign* node;
    int32_t condition;
  };
  std::vector<Annotated> annotated_;
  int32_t conditionCount_ = 0;
  HandlerId stopHandler_ = HandlerId::None; // around a generator's code
  std::vector<Reg> patternSlots_;           // hidden locals for captured values
  unsigned tryDepth_ = 0;
  bool isInteractive_ = false;
};

/// `span` from the line on in which the attribute's name stands, so that a chain of calls over
/// several lines points at its own line.
SourceSpan attributeSpan(const ast::Attribute& node, SourceSpan span);
/// `not` of a membership or identity test; any other operator as it is.
ast::CmpOp invertedMembership(ast::CmpOp op);
/// A definition's first line: that of its first decorator.
uint32_t firstLineOf(const SourceSpan& span, ast::Seq<ast::ExprNode> decorators);
/// The element of a list or tuple display that has just one, or null.
const ast::ExprNode* onlyElement(const ast::ExprNode& node);
/// A docstring without the indentation that its lines share.
std::string cleanDocstring(std::string_view text);

} // namespace pyc
