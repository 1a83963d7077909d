// Function and class definitions, their decorators, parameters and type parameters.
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

/// ('@' named_expression NEWLINE)+ and the definition it decorates.
StmtNode* Parser::decorated() {
  Collector<ExprNode> decorators(*this);
  while (accept(TokenKind::At)) {
    ExprNode* decorator = namedExpression();
    if (!decorator || !accept(TokenKind::Newline))
      return nullptr;
    decorators.push(decorator);
  }
  Mark first = pos_;
  switch (peek()) {
  case TokenKind::KwDef:
    return functionDefinition(first, /*isAsync=*/false, decorators.finish());
  case TokenKind::KwAsync:
    return peekAt(1) == TokenKind::KwDef
               ? functionDefinition(first, /*isAsync=*/true, decorators.finish())
               : nullptr;
  case TokenKind::KwClass:
    return classDefinition(first, decorators.finish());
  default:
    return nullptr;
  }
}

StmtNode* Parser::classDefinition(Mark first, Seq<ExprNode> decorators) {
  if (wantsInvalid()) {
    invalidClass(first);
    if (raised_)
      return nullptr;
  }
  pos_ = first;
  auto* node = arena_.create<ClassDef>();
  if (!classHeader(*node) || !accept(TokenKind::Colon) || !block(node->body))
    return nullptr;
  node->decorator_list = decorators;
  node->span = spanFrom(first);
  return node;
}

/// 'class' NAME [type_params] ['(' [arguments] ')']
bool Parser::classHeader(ClassDef& node) {
  ++pos_;
  node.name = acceptName();
  if (!node.name || !optionalTypeParameters(node.type_params))
    return false;
  if (!accept(TokenKind::LeftParen))
    return true;
  if (!at(TokenKind::RightParen)) {
    CallArguments* found = arguments(/*allowsGenerator=*/false);
    if (!found)
      return false;
    node.bases = found->positional;
    node.keywords = found->keywords;
  }
  return accept(TokenKind::RightParen);
}

StmtNode* Parser::functionDefinition(Mark first, bool isAsync, Seq<ExprNode> decorators) {
  if (wantsInvalid()) {
    invalidDefinition(first, isAsync);
    if (raised_)
      return nullptr;
  }
  pos_ = first + isAsync + 1;
  FunctionHeader header;
  Seq<StmtNode> body;
  if (!functionHeader(header, /*isForced=*/false) || !accept(TokenKind::Colon) || !block(body))
    return nullptr;
  auto fill = [&](auto* node) {
    node->name = header.name;
    node->args = header.args;
    node->body = body;
    node->decorator_list = decorators;
    node->returns = header.returns;
    node->type_params = header.typeParams;
    return node;
  };
  if (isAsync)
    return fill(make<AsyncFunctionDef>(first));
  return fill(make<FunctionDef>(first));
}

/// NAME [type_params] '(' [params] ')' ['->' expression]; where `isForced`, a missing '(' is
/// raised.
bool Parser::functionHeader(FunctionHeader& header, bool isForced) {
  header.name = acceptName();
  if (!header.name || !optionalTypeParameters(header.typeParams))
    return false;
  if (isForced ? !expectForced(TokenKind::LeftParen, "(") : !accept(TokenKind::LeftParen))
    return false;
  header.args = parameters(/*isLambda=*/false);
  if (!header.args || !accept(TokenKind::RightParen))
    return false;
  Mark back = pos_;
  if (accept(TokenKind::Arrow)) {
    header.returns = expression();
    if (!header.returns)
      pos_ = back;
  }
  return !raised_;
}

// --- Parameters ---

/// The parameters as far as they go; the closing token comes next where they are right.
Arguments* Parser::parameters(bool isLambda) {
  TokenKind closer = isLambda ? TokenKind::Colon : TokenKind::RightParen;
  auto* args = arena_.create<Arguments>();
  if (at(closer))
    return args;
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidParameters(first, isLambda);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  positionalParameters(isLambda, *args);
  if (!raised_)
    starParameters(isLambda, *args);
  return raised_ ? nullptr : args;
}

/// One parameter, its default, and the comma or the closing token after it; false, with the cursor
/// where it was, if that is not what is there.
bool Parser::parameterItem(ParameterForm form, Arg*& arg, ExprNode*& value) {
  Mark back = pos_;
  value = nullptr;
  arg = parameter(form);
  bool isRight = arg != nullptr;
  if (isRight && form.allowsDefault && at(TokenKind::Equal))
    isRight = defaultValue(value);
  isRight = isRight && !raised_ && (accept(TokenKind::Comma) || at(form.closer()));
  if (!isRight)
    pos_ = back;
  return isRight;
}

/// '=' expression
bool Parser::defaultValue(ExprNode*& value) {
  Mark first = pos_++;
  value = expression();
  if (!value && wantsInvalid()) {
    pos_ = first + 1;
    if (at(TokenKind::RightParen) || at(TokenKind::Comma))
      raise(DiagId::ExpectedDefault, spanOf(first));
  }
  return value != nullptr;
}

/// NAME [annotation]; that of a starred parameter may be starred itself.
Arg* Parser::parameter(ParameterForm form) {
  Mark first = pos_;
  Identifier name = acceptName();
  if (!name)
    return nullptr;
  ExprNode* annotation = nullptr;
  if (!form.isLambda && at(TokenKind::Colon)) {
    Mark back = pos_++;
    annotation = form.isStarred ? starExpression() : expression();
    if (!annotation)
      pos_ = back;
  }
  auto* arg = arena_.create<Arg>();
  arg->span = spanFrom(first);
  arg->arg = name;
  arg->annotation = annotation;
  return arg;
}

void Parser::positionalParameters(bool isLambda, Arguments& args) {
  std::vector<Arg*> positional;
  std::vector<ExprNode*> defaults;
  size_t positionalOnly = 0;
  ParameterForm form{.isLambda = isLambda, .allowsDefault = true};
  Arg* arg;
  ExprNode* value;
  for (;;) {
    Mark back = pos_;
    if (at(TokenKind::Slash) && positionalOnly == 0 && !positional.empty()) {
      ++pos_;
      if (!accept(TokenKind::Comma) && !at(form.closer())) {
        pos_ = back;
        break;
      }
      positionalOnly = positional.size();
    } else if (!at(TokenKind::Name) || !parameterItem(form, arg, value)) {
      break;
    } else if (!value && !defaults.empty()) {
      pos_ = back;
      break;
    } else {
      positional.push_back(arg);
      if (value)
        defaults.push_back(value);
    }
  }
  std::span<Arg* const> all(positional);
  args.posonlyargs = arena_.copy(all.first(positionalOnly));
  args.args = arena_.copy(all.subspan(positionalOnly));
  args.defaults = arena_.copy(Seq<ExprNode>(defaults));
}

/// What begins with '*' or '**'.
void Parser::starParameters(bool isLambda, Arguments& args) {
  Mark first = pos_;
  ParameterForm form{.isLambda = isLambda, .isStarred = true};
  Arg* arg;
  ExprNode* value;
  if (at(TokenKind::Star)) {
    if (wantsInvalid()) {
      invalidStarParameters(first, isLambda);
      if (raised_)
        return;
      pos_ = first;
    }
    ++pos_;
    bool isBare = accept(TokenKind::Comma);
    if (!isBare) {
      if (!parameterItem(form, arg, value)) {
        pos_ = first;
        return;
      }
      args.vararg = arg;
    }
    std::vector<Arg*> keywordOnly;
    std::vector<ExprNode*> defaults;
    form = {.isLambda = isLambda, .allowsDefault = true};
    while (at(TokenKind::Name) && parameterItem(form, arg, value)) {
      keywordOnly.push_back(arg);
      defaults.push_back(value);
    }
    if (isBare && keywordOnly.empty()) {
      pos_ = first;
      return;
    }
    args.kwonlyargs = arena_.copy(Seq<Arg>(keywordOnly));
    args.kw_defaults = arena_.copy(Seq<ExprNode>(defaults));
  }
  if (raised_ || !at(TokenKind::DoubleStar))
    return;
  first = pos_;
  if (wantsInvalid()) {
    invalidKeywordParameters(first, isLambda);
    if (raised_)
      return;
    pos_ = first;
  }
  ++pos_;
  if (parameterItem({.isLambda = isLambda}, arg, value))
    args.kwarg = arg;
  else
    pos_ = first;
}

// --- Type parameters ---

/// ['[' ','.type_param+ [','] ']']; true where there are none.
bool Parser::optionalTypeParameters(Seq<TypeParamNode>& out) {
  if (!at(TokenKind::LeftSquare))
    return true;
  Mark first = pos_++;
  if (at(TokenKind::RightSquare)) {
    if (wantsInvalid())
      raiseStartingFrom(DiagId::EmptyTypeParameters, spanOf(pos_));
    pos_ = first;
    return !raised_;
  }
  Collector<TypeParamNode> parameters(*this);
  do {
    if (at(TokenKind::RightSquare) && parameters.size() > 0)
      break;
    Mark back = pos_;
    TypeParamNode* parameter = typeParameter();
    if (!parameter) {
      pos_ = back;
      break;
    }
    parameters.push(parameter);
  } while (accept(TokenKind::Comma));
  if (raised_ || parameters.size() == 0 || !accept(TokenKind::RightSquare)) {
    pos_ = first;
    return !raised_;
  }
  out = parameters.finish();
  return true;
}

/// NAME [':' bound] ['=' default] | '*' NAME ['=' default] | '**' NAME ['=' default]
TypeParamNode* Parser::typeParameter() {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidTypeParameter(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  auto optional = [&](TokenKind mark, bool allowsStar) -> ExprNode* {
    Mark back = pos_;
    if (!accept(mark))
      return nullptr;
    ExprNode* value = allowsStar ? starExpression() : expression();
    if (!value)
      pos_ = back;
    return value;
  };
  TokenKind star = peek();
  bool isStarred = star == TokenKind::Star || star == TokenKind::DoubleStar;
  pos_ += isStarred;
  Identifier name = acceptName();
  if (!name)
    return nullptr;
  ExprNode* bound = isStarred ? nullptr : optional(TokenKind::Colon, false);
  ExprNode* value = raised_ ? nullptr : optional(TokenKind::Equal, star == TokenKind::Star);
  if (raised_)
    return nullptr;
  auto fill = [&](auto* node) {
    node->name = name;
    node->default_value = value;
    return node;
  };
  if (star == TokenKind::Star)
    return fill(make<TypeVarTuple>(first));
  if (star == TokenKind::DoubleStar)
    return fill(make<ParamSpec>(first));
  auto* node = fill(make<TypeVar>(first));
  node->bound = bound;
  return node;
}

} // namespace pyc::parsing
