// Type parameters (PEP 695, 696). A generic definition is made inside a function that holds its
// type parameters and is called at once.
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

namespace {
/// The parameter's name and the parts that are evaluated lazily.
struct ParamParts {
  ast::Identifier name;
  const ast::ExprNode* bound;
  const ast::ExprNode* defaultValue;
};

ParamParts paramPartsOf(const ast::TypeParamNode& param) {
  switch (param.kind) {
  case ast::TypeParamKind::TypeVar: {
    auto& node = ast::cast<ast::TypeVar>(param);
    return {node.name, node.bound, node.default_value};
  }
  case ast::TypeParamKind::ParamSpec: {
    auto& node = ast::cast<ast::ParamSpec>(param);
    return {node.name, nullptr, node.default_value};
  }
  case ast::TypeParamKind::TypeVarTuple: {
    auto& node = ast::cast<ast::TypeVarTuple>(param);
    return {node.name, nullptr, node.default_value};
  }
  }
  PYC_UNREACHABLE("TypeParamKind");
}
} // namespace

/// Pushes a function that evaluates `value` when asked for it.
void Emitter::pushEvaluator(Scope& scope, NameId name, const Expr& value, bool mayUnpack) {
  SourceSpan span = b_.position();
  Emitter inner(c_, this, scope, name);
  bool isAlias = scope.kind == ScopeKind::TypeAlias;
  inner.beginFormatFunction(isAlias ? scope.span : value.span);
  auto* starred = mayUnpack ? ast::dynCast<ast::Starred>(&value) : nullptr;
  if (starred) { // [*Ts = *tuple[int, ...]]
    Reg items = inner.push(*starred->value);
    inner.at(value);
    inner.b_.unpackSequence(items, items, 1);
  } else {
    inner.push(value);
  }
  CodeUnit* code = inner.endFormatFunction();
  b_.at(span);
  Constant defaults; // the format VALUE
  defaults.kind = uop::ConstKind::Tuple;
  defaults.items.push_back(c_.constants.intern(Constant::ofInt(1)));
  loadConst(c_.constants.intern(std::move(defaults)));
  loadNone();
  loadNone();
  pushClosure(scope);
  makeFunction(code, kPush);
}

/// Pushes and binds one type parameter.
void Emitter::typeParam(const ast::TypeParamNode& param) {
  ParamParts parts = paramPartsOf(param);
  NameId name = c_.names.of(parts.name);
  b_.at(param.span);
  Reg var = loadText(name);
  switch (param.kind) {
  case ast::TypeParamKind::TypeVar:
    if (!parts.bound) {
      b_.intrinsic1(var, var, uop::Intrinsic1Kind::TypeVar);
    } else {
      pushEvaluator(*c_.scopes.find(&param, ScopeKind::TypeVar), name, *parts.bound, false);
      bool isTuple = ast::isa<ast::Tuple>(*parts.bound);
      b_.intrinsic2(var, var, b_.top(),
                    isTuple ? uop::Intrinsic2Kind::TypeVarWithConstraints
                            : uop::Intrinsic2Kind::TypeVarWithBound);
    }
    break;
  case ast::TypeParamKind::ParamSpec:
    b_.intrinsic1(var, var, uop::Intrinsic1Kind::ParamSpec);
    break;
  case ast::TypeParamKind::TypeVarTuple:
    b_.intrinsic1(var, var, uop::Intrinsic1Kind::TypeVarTuple);
    break;
  }
  if (parts.defaultValue) {
    bool mayUnpack = param.kind == ast::TypeParamKind::TypeVarTuple;
    pushEvaluator(*c_.scopes.findDefault(param), name, *parts.defaultValue, mayUnpack);
    b_.intrinsic2(var, var, b_.top(), uop::Intrinsic2Kind::SetTypeParamDefault);
  }
  Reg copy = destination(kPush);
  b_.dup(copy, var);
  storeName(mangled(name), copy);
}

/// Pushes the tuple of type parameters and binds each of them.
void Emitter::pushTypeParams(ast::Seq<ast::TypeParamNode> params) {
  SourceSpan span = b_.position();
  Reg base = destination(kPush);
  bool hasDefault = false;
  for (const ast::TypeParamNode* param : params) {
    ParamParts parts = paramPartsOf(*param);
    if (hasDefault && !parts.defaultValue)
      error(DiagId::TypeParameterOrder, param->span, {parts.name->text});
    hasDefault |= parts.defaultValue != nullptr;
    typeParam(*param);
  }
  b_.at(span);
  b_.buildTuple(base, base, static_cast<uint16_t>(params.size()));
}

NameId Emitter::headerName(NameId name) {
  std::string text = "<generic parameters of ";
  text += c_.names.text(name);
  return c_.names.intern(text + ">");
}

/// The start of the function that holds type parameters.
void Emitter::beginHeader() {
  unit_.flags = functionFlags();
  declareParameters();
  unit_.argumentCount = static_cast<uint32_t>(b_.locals().size());
  setUpFunction();
}

CodeUnit* Emitter::endHeader(Reg result) {
  b_.returnValue(result);
  return finish();
}

Reg Emitter::genericFunction(const ast::StmtNode& node, const FunctionParts& parts, Reg want) {
  SourceSpan span = b_.position();
  Scope& scope = *c_.scopes.find(&node, ScopeKind::TypeParams);
  Emitter header(c_, this, scope, headerName(parts.name));
  header.unit_.firstLine = firstLineOf(node.span, parts.decorators);
  header.beginHeader();
  header.b_.at(span);
  header.pushTypeParams(parts.typeParams);
  Reg params = header.b_.top();
  Reg function = header.functionObject(node, parts, false, kPush);
  header.b_.at(span);
  header.b_.swap(params, function);
  header.b_.intrinsic2(params, params, function, uop::Intrinsic2Kind::SetFunctionTypeParams);
  CodeUnit* code = header.endHeader(params);

  Reg window = makePlainFunction(code, scope, kPush);
  uint16_t count = pushPositionalDefaults(*parts.args);
  b_.at(span);
  count += pushKeywordDefaults(*parts.args);
  b_.at(span);
  Reg dst = want == kPush ? window : want;
  b_.call(dst, window, count, 0);
  return dst;
}

Reg Emitter::genericClass(const ast::ClassDef& node) {
  Scope& scope = *c_.scopes.find(&node, ScopeKind::TypeParams);
  Emitter header(c_, this, scope, headerName(c_.names.of(node.name)));
  header.unit_.firstLine = firstLineOf(node.span, node.decorator_list);
  header.beginHeader();
  header.at(node);
  header.pushTypeParams(node.type_params);
  header.storeName(NameId::DotTypeParams, header.b_.top());
  CodeUnit* code = header.endHeader(header.classObject(node));
  at(node);
  Reg window = makePlainFunction(code, scope, kPush);
  b_.call(window, window, 0, 0);
  return window;
}

void Emitter::typeAlias(const ast::TypeAlias& node) {
  NameId name = c_.names.of(ast::cast<ast::Name>(*node.name).id);
  at(node);
  Reg alias;
  if (node.type_params.empty()) {
    alias = typeAliasObject(node, name);
  } else {
    Scope& scope = *c_.scopes.find(&node, ScopeKind::TypeParams);
    Emitter header(c_, this, scope, headerName(name));
    header.beginHeader();
    header.at(node);
    CodeUnit* code = header.endHeader(header.typeAliasObject(node, name));
    alias = makePlainFunction(code, scope, kPush);
    b_.call(alias, alias, 0, 0);
  }
  storeName(mangled(name), alias);
}

/// Pushes the alias made of its name, type parameters and lazily evaluated value.
Reg Emitter::typeAliasObject(const ast::TypeAlias& node, NameId name) {
  Reg parts = loadText(name);
  if (node.type_params.empty())
    loadNone();
  else
    pushTypeParams(node.type_params);
  at(node);
  pushEvaluator(*c_.scopes.find(&node, ScopeKind::TypeAlias), name, *node.value, false);
  b_.buildTuple(parts, parts, 3);
  b_.intrinsic1(parts, parts, uop::Intrinsic1Kind::TypeAlias);
  return parts;
}

} // namespace pyc
