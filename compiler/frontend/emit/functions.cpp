// Functions: definitions, lambdas, parameters, closures, decorators.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
/// The names of `scope` that it takes from enclosing functions, in the order of its closure.
std::vector<NameId> freeNames(const NameTable& names, const Scope& scope) {
  std::vector<NameId> free;
  for (const Symbol& symbol : scope.symbols())
    if (symbol.binding == Binding::Free || (symbol.flags & kDefFreeClass))
      free.push_back(symbol.name);
  std::sort(free.begin(), free.end(),
            [&](NameId a, NameId b) { return names.text(a) < names.text(b); });
  return free;
}
} // namespace

Emitter::FunctionParts Emitter::partsOf(const ast::StmtNode& node) {
  auto parts = [this](const auto& function, bool isAsync) {
    return FunctionParts{
        c_.names.of(function.name), function.args,        function.body, function.decorator_list,
        function.returns,           function.type_params, isAsync};
  };
  if (ast::isa<ast::FunctionDef>(node))
    return parts(ast::cast<ast::FunctionDef>(node), false);
  return parts(ast::cast<ast::AsyncFunctionDef>(node), true);
}

void Emitter::functionDef(const ast::StmtNode& node) {
  FunctionParts parts = partsOf(node);
  for (const Expr* decorator : parts.decorators)
    push(*decorator);
  NameRef target = resolve(mangled(parts.name));
  bool isDirect = parts.decorators.empty() && target.kind == NameRef::Local;
  Reg want = isDirect ? target.reg : kPush;
  at(node);
  Reg function = parts.typeParams.empty() ? functionObject(node, parts, true, want)
                                          : genericFunction(node, parts, want);
  bindDefinition(target, parts.decorators, function, node.span);
}

/// Applies the decorators below `value` to it and binds the result.
void Emitter::bindDefinition(const NameRef& target, Exprs decorators, Reg value,
                             const SourceSpan& span) {
  for (size_t i = decorators.size(); i-- > 0;) {
    b_.at(decorators[i]->span);
    auto callee = static_cast<Reg>(value - 1);
    b_.call(callee, callee, 1, 0);
    value = callee;
  }
  b_.at(span);
  storeName(target, value);
}

/// The function of a definition. Its defaults are evaluated here, unless they came as arguments to
/// the code that holds its type parameters.
Reg Emitter::functionObject(const ast::StmtNode& node, const FunctionParts& parts,
                            bool evaluatesDefaults, Reg want) {
  SourceSpan span = b_.position();
  if (evaluatesDefaults) {
    pushDefaults(*parts.args);
  } else {
    for (NameId part : {NameId::DotDefaults, NameId::DotKwDefaults}) {
      if (registers_.contains(part))
        loadName(part, kPush);
      else
        loadNone();
    }
  }
  b_.at(span);
  pushFunctionAnnotate(node, parts);
  Scope& scope = *c_.scopes.find(&node, ScopeKind::Function);
  Emitter inner(c_, this, scope, parts.name);
  CodeUnit* code = inner.functionCode(parts);
  b_.at(span);
  pushClosure(scope);
  return makeFunction(code, want);
}

/// Pushes the tuple of positional defaults; false where there are none.
bool Emitter::pushPositionalDefaults(const ast::Arguments& args) {
  if (args.defaults.empty())
    return false;
  ConstantId tuple = c_.folder.tupleOf(args.defaults);
  if (tuple != ConstantId::None)
    loadConst(tuple);
  else
    tupleDisplay(args.defaults, kPush);
  return true;
}

/// Pushes the dict of the keyword-only parameters' defaults; false where there are none.
bool Emitter::pushKeywordDefaults(const ast::Arguments& args) {
  SourceSpan span = b_.position();
  Reg map = destination(kPush);
  uint16_t count = 0;
  for (size_t i = 0; i < args.kw_defaults.size(); ++i) {
    if (!args.kw_defaults[i])
      continue;
    b_.at(span);
    loadText(mangled(args.kwonlyargs[i]->arg));
    push(*args.kw_defaults[i]);
    ++count;
  }
  b_.at(span);
  if (count > 0)
    b_.buildMap(map, map, count);
  return count > 0;
}

/// Both of them for make_function, None where there are none.
void Emitter::pushDefaults(const ast::Arguments& args) {
  SourceSpan span = b_.position();
  if (!pushPositionalDefaults(args))
    loadNone();
  b_.at(span);
  if (!pushKeywordDefaults(args))
    loadNone();
}

/// Pushes the tuple of cells for `inner`'s free variables, or None.
void Emitter::pushClosure(Scope& inner) {
  std::vector<NameId> free = freeNames(c_.names, inner);
  if (free.empty()) {
    loadNone();
    return;
  }
  Reg base = destination(kPush);
  for (NameId name : free)
    b_.move(destination(kPush), closureRegister(name));
  b_.buildTuple(base, base, static_cast<uint16_t>(free.size()));
}

Reg Emitter::makeFunction(CodeUnit* code, Reg want) {
  Constant constant;
  constant.kind = uop::ConstKind::Code;
  constant.code = code;
  auto parts = static_cast<Reg>(b_.depth() - 4);
  Reg dst = want == kPush ? parts : want;
  b_.makeFunction(dst, parts, b_.operandOf(c_.constants.intern(std::move(constant))));
  return dst;
}

/// A function without defaults and annotations.
Reg Emitter::makePlainFunction(CodeUnit* code, Scope& inner, Reg want) {
  loadNone();
  loadNone();
  loadNone();
  pushClosure(inner);
  return makeFunction(code, want);
}

Reg Emitter::lambda(const ast::Lambda& node, Reg want) {
  at(node);
  pushDefaults(*node.args);
  loadNone();
  Scope& scope = *c_.scopes.find(&node, ScopeKind::Function);
  Emitter inner(c_, this, scope, NameId::Lambda);
  CodeUnit* code = inner.lambdaCode(node);
  at(node);
  pushClosure(scope);
  return makeFunction(code, want);
}

CodeUnit* Emitter::lambdaCode(const ast::Lambda& node) {
  declareParameters(*node.args);
  setUpFunction();
  Reg value = operand(*node.body);
  b_.at(node.body->span);
  b_.returnValue(value);
  endGenerator();
  return finish();
}

CodeUnit* Emitter::functionCode(const FunctionParts& parts) {
  unit_.firstLine = firstLineOf(scope_.span, parts.decorators);
  declareParameters(*parts.args);
  hintParameters(*parts.args);
  hintResult(parts.returns);
  setUpFunction();
  ConstantId docstring = ConstantId::None;
  body(parts.body, docstring);
  if (docstring != ConstantId::None) {
    b_.setFirstConstant(docstring);
    unit_.flags |= uop::kCodeHasDocstring;
  }
  if (b_.isReachable()) {
    b_.atNone();
    b_.returnValue(loadNone());
  }
  endGenerator();
  return finish();
}

void Emitter::declareParameters(const ast::Arguments& args) {
  unit_.flags = functionFlags();
  unit_.positionalOnlyCount = static_cast<uint32_t>(args.posonlyargs.size());
  unit_.argumentCount = static_cast<uint32_t>(args.posonlyargs.size() + args.args.size());
  unit_.keywordOnlyCount = static_cast<uint32_t>(args.kwonlyargs.size());
  if (args.vararg)
    unit_.flags |= uop::kCodeVarargs;
  if (args.kwarg)
    unit_.flags |= uop::kCodeVarKeywords;
  declareParameters();
}

/// Gives the scope's parameters, in their order, the first registers.
void Emitter::declareParameters() {
  for (NameId name : scope_.parameters) {
    bool isCell = scope_.find(name)->binding == Binding::Cell;
    uint8_t kind = isCell ? uop::kLocalCell : uop::kLocalPlain;
    registers_.emplace(name, b_.addLocal(name, kind));
  }
  b_.setParameterCount(static_cast<unsigned>(scope_.parameters.size()));
}

void Emitter::setUpCells(std::vector<NameId> cells) {
  std::sort(cells.begin(), cells.end(),
            [&](NameId a, NameId b) { return c_.names.text(a) < c_.names.text(b); });
  b_.atNone();
  auto& registers = scope_.kind == ScopeKind::Class ? classCells_ : registers_;
  for (NameId name : cells) {
    auto [entry, isNew] = registers.emplace(name, Reg(0));
    if (isNew)
      entry->second = b_.addLocal(name, uop::kLocalCell);
    b_.makeCell(entry->second);
  }
  for (NameId name : freeNames(c_.names, scope_))
    registers_.emplace(name, b_.addLocal(name, uop::kLocalFree));
}

/// What comes before a function's own code.
void Emitter::setUpFunction() {
  std::vector<NameId> cells;
  for (const Symbol& symbol : scope_.symbols())
    if (symbol.binding == Binding::Cell)
      cells.push_back(symbol.name);
  setUpCells(std::move(cells));
  if (unit_.flags & (uop::kCodeGenerator | uop::kCodeCoroutine | uop::kCodeAsyncGenerator)) {
    stopHandler_ = b_.newHandler(b_.newLabel());
    b_.setHandler(stopHandler_);
  }
}

void Emitter::endGenerator() {
  if (stopHandler_ == HandlerId::None)
    return;
  b_.setHandler(HandlerId::None);
  b_.bindHandler(stopHandler_);
  b_.atNone();
  Reg exception = b_.top();
  b_.intrinsic1(exception, exception, uop::Intrinsic1Kind::StopiterationError);
  b_.reraise(exception);
}

} // namespace pyc
