// The collector on functions, classes, annotations and type parameters.
#include "compiler/frontend/scope/collect_enter.h"

namespace pyc {

namespace {
/// The parts that a plain and an async function have in common.
struct FunctionParts {
  NameId name;
  const ast::Arguments* args;
  ast::Seq<ast::StmtNode> body;
  ast::Seq<ast::ExprNode> decorators;
  const ast::ExprNode* returns;
  ast::Seq<ast::TypeParamNode> typeParams;
  bool isAsync;
};

template <class F> FunctionParts partsOf(NameTable& names, const F& node, bool isAsync) {
  return {names.of(node.name), node.args,        node.body, node.decorator_list,
          node.returns,        node.type_params, isAsync};
}
} // namespace

void ScopeCollector::function(const ast::StmtNode& node) {
  FunctionParts parts = ast::isa<ast::FunctionDef>(node)
                            ? partsOf(names_, ast::cast<ast::FunctionDef>(node), false)
                            : partsOf(names_, ast::cast<ast::AsyncFunctionDef>(node), true);
  define(parts.name, kDefLocal, node.span);
  defaults(*parts.args);
  exprs(parts.decorators);
  std::optional<Enter> header;
  if (!parts.typeParams.empty()) {
    enterTypeParams(header, node, parts.name);
    if (!parts.args->defaults.empty())
      define(NameId::DotDefaults, kDefParam, node.span);
    for (const ast::ExprNode* value : parts.args->kw_defaults)
      if (value && !scope_->find(NameId::DotKwDefaults))
        define(NameId::DotKwDefaults, kDefParam, node.span);
    typeParams(parts.typeParams);
  }
  functionAnnotations(node, parts.name, *parts.args, parts.returns);
  Scope& scope = table_.add(&node, ScopeKind::Function, parts.name, scope_, node.span);
  scope.isCoroutine = parts.isAsync;
  scope.hasDocstring = hasDocstring(parts.body);
  Enter enter(*this, scope);
  arguments(*parts.args);
  stmts(parts.body);
}

void ScopeCollector::lambda(const ast::Lambda& node) {
  defaults(*node.args);
  Scope& scope = table_.add(&node, ScopeKind::Function, NameId::Lambda, scope_, node.span);
  Enter enter(*this, scope);
  arguments(*node.args);
  expr(node.body);
}

void ScopeCollector::defaults(const ast::Arguments& args) {
  exprs(args.defaults);
  exprs(args.kw_defaults);
}

void ScopeCollector::arguments(const ast::Arguments& args) {
  auto parameter = [this](const ast::Arg* arg) {
    if (arg)
      define(names_.of(arg->arg), kDefParam, arg->span);
  };
  for (const ast::Arg* arg : args.posonlyargs)
    parameter(arg);
  for (const ast::Arg* arg : args.args)
    parameter(arg);
  for (const ast::Arg* arg : args.kwonlyargs)
    parameter(arg);
  parameter(args.vararg);
  parameter(args.kwarg);
}

void ScopeCollector::classDef(const ast::ClassDef& node) {
  NameId name = names_.of(node.name);
  define(name, kDefLocal, node.span);
  exprs(node.decorator_list);
  std::optional<Enter> header;
  if (!node.type_params.empty()) {
    enterTypeParams(header, node, name);
    // Of the names in the header only the type parameters are the class's own private names.
    scope_->mangleClass = name;
    scope_->mangledNames = &table_.mangledNames().emplace_back();
    for (NameId hidden : {NameId::DotTypeParams, NameId::DotGenericBase})
      define(hidden, kDefLocal | kUse, node.span);
    typeParams(node.type_params);
  }
  exprs(node.bases);
  for (const ast::Keyword* argument : node.keywords)
    keyword(*argument);
  Scope& scope = table_.add(&node, ScopeKind::Class, name, scope_, node.span);
  scope.mangleClass = name;
  scope.hasDocstring = hasDocstring(node.body);
  Enter enter(*this, scope);
  if (!node.type_params.empty()) {
    define(NameId::TypeParams, kDefLocal, node.span);
    use(NameId::DotTypeParams, node.span);
  }
  stmts(node.body);
}

void ScopeCollector::typeAlias(const ast::TypeAlias& node) {
  expr(node.name);
  NameId name = names_.of(ast::cast<ast::Name>(*node.name).id);
  bool isInClass = scope_->kind == ScopeKind::Class;
  std::optional<Enter> header;
  if (!node.type_params.empty()) {
    enterTypeParams(header, node, name);
    typeParams(node.type_params);
  }
  Scope& scope = table_.add(&node, ScopeKind::TypeAlias, name, scope_, node.span);
  Enter enter(*this, scope);
  define(NameId::DotFormat, kDefParam | kUse, node.span);
  if (isInClass)
    seeClass(node.value->span);
  expr(node.value);
}

/// The current scope looks names up in the class around it.
void ScopeCollector::seeClass(const SourceSpan& span) {
  scope_->seesClass = true;
  use(NameId::ClassDict, span);
}

void ScopeCollector::enterTypeParams(std::optional<Enter>& enter, const ast::StmtNode& node,
                                     NameId name) {
  bool isInClass = scope_->kind == ScopeKind::Class;
  Scope& scope = table_.add(&node, ScopeKind::TypeParams, name, scope_, node.span);
  enter.emplace(*this, scope);
  if (isInClass)
    seeClass(node.span);
}

void ScopeCollector::typeParams(ast::Seq<ast::TypeParamNode> params) {
  for (const ast::TypeParamNode* param : params)
    if (!failed_)
      typeParam(*param);
}

void ScopeCollector::typeParam(const ast::TypeParamNode& param) {
  const void* defaultKey = reinterpret_cast<const char*>(&param) + 1;
  switch (param.kind) {
  case ast::TypeParamKind::TypeVar: {
    auto& var = ast::cast<ast::TypeVar>(param);
    NameId name = names_.of(var.name);
    define(name, kDefTypeParam | kDefLocal, param.span);
    bool isTuple = var.bound && ast::isa<ast::Tuple>(*var.bound);
    typeParamPart(var.bound, &param, name, param.span,
                  isTuple ? "a TypeVar constraint" : "a TypeVar bound");
    return typeParamPart(var.default_value, defaultKey, name, param.span, "a TypeVar default");
  }
  case ast::TypeParamKind::ParamSpec: {
    auto& spec = ast::cast<ast::ParamSpec>(param);
    NameId name = names_.of(spec.name);
    define(name, kDefTypeParam | kDefLocal, param.span);
    return typeParamPart(spec.default_value, defaultKey, name, param.span, "a ParamSpec default");
  }
  case ast::TypeParamKind::TypeVarTuple: {
    auto& tuple = ast::cast<ast::TypeVarTuple>(param);
    NameId name = names_.of(tuple.name);
    define(name, kDefTypeParam | kDefLocal, param.span);
    return typeParamPart(tuple.default_value, defaultKey, name, param.span,
                         "a TypeVarTuple default");
  }
  }
}

void ScopeCollector::typeParamPart(const ast::ExprNode* value, const void* key, NameId name,
                                   const SourceSpan& span, const char* what) {
  if (name == NameId::ClassDict)
    return error(DiagId::ReservedTypeParameter, span, {names_.text(name)});
  if (!value)
    return;
  bool seesClass = scope_->seesClass;
  Scope& scope = table_.add(key, ScopeKind::TypeVar, name, scope_, value->span);
  Enter enter(*this, scope);
  state_->typeVarPart = what;
  define(NameId::DotFormat, kDefParam | kUse, value->span);
  if (seesClass)
    seeClass(value->span);
  expr(value);
}

void ScopeCollector::functionAnnotations(const ast::StmtNode& node, NameId name,
                                         const ast::Arguments& args, const ast::ExprNode* returns) {
  bool isInClass = scope_->seesClass || scope_->kind == ScopeKind::Class;
  bool seesClass = isInClass && !future_.annotations;
  Scope& scope = table_.add(&node, ScopeKind::Annotation, NameId::Annotate, scope_, node.span);
  scope.functionName = name;
  Enter enter(*this, scope);
  define(NameId::DotFormat, kDefParam | kUse, node.span);
  if (seesClass)
    seeClass(node.span);
  state_->isUnevaluated = future_.annotations;
  parameterAnnotations(args.posonlyargs);
  parameterAnnotations(args.args);
  if (args.vararg)
    expr(args.vararg->annotation);
  if (args.kwarg)
    expr(args.kwarg->annotation);
  parameterAnnotations(args.kwonlyargs);
  expr(returns);
}

void ScopeCollector::parameterAnnotations(ast::Seq<ast::Arg> args) {
  for (const ast::Arg* arg : args)
    expr(arg->annotation);
}

void ScopeCollector::annotatedAssign(const ast::AnnAssign& node) {
  if (auto* target = ast::dynCast<ast::Name>(node.target)) {
    NameId name = names_.of(target->id);
    uint32_t flags = flagsOf(name);
    if ((flags & (kDefGlobal | kDefNonlocal)) && scope_->kind != ScopeKind::Module && node.simple)
      return error(flags & kDefGlobal ? DiagId::GlobalAnnotated : DiagId::NonlocalAnnotated,
                   node.span, {names_.text(name)});
    if (node.simple)
      define(name, kDefAnnot | kDefLocal, target->span);
    else if (node.value)
      define(name, kDefLocal, target->span);
  } else {
    expr(node.target);
  }
  annotation(*node.annotation);
  expr(node.value);
}

/// A variable's annotation: all of a scope's are in one annotation scope.
void ScopeCollector::annotation(const ast::ExprNode& node) {
  // A local variable's annotation is never evaluated.
  bool isUnevaluated = scope_->kind == ScopeKind::Function;
  // A module may be seen half-executed, so that its annotations are always conditional.
  bool isConditional = scope_->kind == ScopeKind::Module ||
                       (scope_->kind == ScopeKind::Class && state_->isConditional);
  if (isConditional && !scope_->hasConditionalAnnotations) {
    scope_->hasConditionalAnnotations = true;
    use(NameId::ConditionalAnnotations, node.span);
  }
  bool isNew = !scope_->annotations;
  bool isInClass = scope_->kind == ScopeKind::Class;
  if (isNew)
    scope_->annotations =
        &table_.add(nullptr, ScopeKind::Annotation, NameId::Annotate, scope_, node.span);
  Enter enter(*this, *scope_->annotations);
  if (isNew) {
    define(NameId::DotFormat, kDefParam | kUse, node.span);
    if (isInClass && !future_.annotations)
      seeClass(node.span);
  }
  if (isConditional)
    use(NameId::ConditionalAnnotations, node.span);
  state_->isUnevaluated = isUnevaluated || future_.annotations;
  expr(&node);
}

} // namespace pyc
