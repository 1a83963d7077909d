// Calls. The callee and its arguments are consecutive temporaries, a window.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
constexpr size_t kMostArguments = 1024; // in a window; more go through a tuple or a dict
constexpr size_t kManyArguments = 30;   // from here on CPython has no method calls
constexpr uint32_t kDictPiece = 64;     // keywords on the stack at once

bool hasStarred(std::span<ast::ExprNode* const> args) {
  return std::any_of(args.begin(), args.end(),
                     [](const ast::ExprNode* arg) { return ast::isa<ast::Starred>(*arg); });
}

bool hasUnpacking(std::span<ast::Keyword* const> keywords) {
  return std::any_of(keywords.begin(), keywords.end(),
                     [](const ast::Keyword* keyword) { return !keyword->arg; });
}

bool fitsWindow(std::span<ast::ExprNode* const> args, std::span<ast::Keyword* const> keywords) {
  return !hasStarred(args) && !hasUnpacking(keywords) &&
         args.size() + keywords.size() <= kMostArguments;
}
} // namespace

/// `span` from the line on in which the attribute's name stands, so that a chain of calls over
/// several lines points at its own line.
SourceSpan attributeSpan(const ast::Attribute& node, SourceSpan span) {
  if (span.line == node.span.endLine)
    return span;
  span.line = node.span.endLine;
  uint32_t length = 0; // in characters, as CPython counts here
  for (char byte : node.attr->text)
    length += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  span.column = node.span.endColumn >= length ? node.span.endColumn - length : 0;
  if (span.endLine == node.span.endLine)
    return span;
  return span;
}

/// The same keyword twice in a call or a class's header.
void Emitter::checkKeywords(ast::Seq<ast::Keyword> keywords) {
  for (size_t i = 0; i < keywords.size(); ++i)
    for (size_t j = i + 1; keywords[i]->arg && j < keywords.size(); ++j)
      if (keywords[j]->arg == keywords[i]->arg)
        return error(DiagId::KeywordTwice, keywords[j]->span, {keywords[j]->arg->text});
}

Reg Emitter::call(const ast::Call& node, Reg want) {
  checkKeywords(node.keywords);
  warnCallee(*node.func);
  if (Reg super = superCall(node, want); super != kPush)
    return super;
  if (ast::isa<ast::Attribute>(*node.func) && fitsWindow(node.args, node.keywords))
    return methodCall(node, want);
  Reg window = push(*node.func);
  return callWith(window, 0, node.args, node.keywords, want, node.span);
}

/// Zero-argument super() in a method; kPush where `node` is no such call.
Reg Emitter::superCall(const ast::Call& node, Reg want) {
  auto* callee = ast::dynCast<ast::Name>(node.func);
  if (!callee || callee->id->text != "super" || !node.args.empty() || !node.keywords.empty())
    return kPush;
  const Symbol* cls = scope_.find(NameId::Class);
  if (!scope_.isFunctionLike() || scope_.seesClass || unit_.argumentCount == 0 || !cls ||
      cls->binding != Binding::Free)
    return kPush;
  Reg super = push(*callee);
  at(node);
  Reg cell = registerOf(NameId::Class);
  Reg self = uop::localRegister(0);
  if (!(b_.locals()[0].kind & uop::kLocalCell)) {
    Reg dst = want == kPush ? super : want;
    b_.loadSuper(dst, super, cell, self);
    return dst;
  }
  Reg content = destination(kPush); // the parameter itself is captured
  b_.loadDeref(content, self);
  b_.loadSuper(super, super, cell, content);
  b_.drop(content);
  return settle(want);
}

/// Whether CPython compiles the call of an attribute as that of any other value: of a name that the
/// module imports, or with many arguments.
bool Emitter::isPlainCall(const ast::Call& node) const {
  auto* owner = ast::dynCast<ast::Name>(ast::cast<ast::Attribute>(*node.func).value);
  const Symbol* global = owner ? c_.scopes.root().find(c_.names.of(owner->id)) : nullptr;
  size_t arguments = node.args.size() + node.keywords.size() + !node.keywords.empty();
  return (global && (global->flags & kDefImport)) || arguments >= kManyArguments;
}

Reg Emitter::methodCall(const ast::Call& node, Reg want) {
  auto& method = ast::cast<ast::Attribute>(*node.func);
  Reg object = operand(*method.value);
  b_.at(attributeSpan(method, method.span));
  Reg window = destination(kPush, {object});
  b_.loadMethod(window, object, b_.operandOf(mangled(method.attr)), 0);
  ConstantId names = ConstantId::None;
  auto count = static_cast<uint16_t>(pushArguments(node.args, node.keywords, names));
  b_.at(isPlainCall(node) ? node.span : attributeSpan(method, node.span));
  Reg dst = want == kPush ? window : want;
  if (names == ConstantId::None)
    b_.callMethod(dst, window, count, 0);
  else
    b_.callMethodKw(dst, window, count, b_.operandOf(names));
  return dst;
}

/// Pushes positional, then keyword arguments; `names` gets the tuple of the latter's names.
unsigned Emitter::pushArguments(Exprs args, ast::Seq<ast::Keyword> keywords, ConstantId& names) {
  for (const Expr* arg : args)
    push(*arg);
  if (!keywords.empty()) {
    Constant tuple;
    tuple.kind = uop::ConstKind::Tuple;
    for (const ast::Keyword* keyword : keywords) {
      tuple.items.push_back(textConstant(c_.names.of(keyword->arg)));
      push(*keyword->value);
    }
    names = c_.constants.intern(std::move(tuple));
  }
  return static_cast<unsigned>(args.size() + keywords.size());
}

Reg Emitter::callWith(Reg window, unsigned pushed, Exprs args, ast::Seq<ast::Keyword> keywords,
                      Reg want, const SourceSpan& span) {
  if (!fitsWindow(args, keywords))
    return callEx(window, pushed, args, keywords, want, span);
  ConstantId names = ConstantId::None;
  auto count = static_cast<uint16_t>(pushed + pushArguments(args, keywords, names));
  b_.at(span);
  Reg dst = want == kPush ? window : want;
  if (names == ConstantId::None)
    b_.call(dst, window, count, 0);
  else
    b_.callKw(dst, window, count, b_.operandOf(names));
  return dst;
}

Reg Emitter::callEx(Reg window, unsigned pushed, Exprs args, ast::Seq<ast::Keyword> keywords,
                    Reg want, const SourceSpan& span) {
  auto* only = args.size() == 1 ? ast::dynCast<ast::Starred>(args[0]) : nullptr;
  b_.at(span);
  if (pushed == 0 && only) {
    push(*only->value); // any iterable will do
  } else if (pushed == 0) {
    tupleDisplay(args, kPush);
  } else {
    auto first = static_cast<Reg>(window + 1);
    b_.buildList(first, first, static_cast<uint16_t>(pushed));
    growList(args, 0);
    b_.at(span);
    b_.listToTuple(first, first);
  }
  b_.at(span);
  if (keywords.empty())
    loadNone();
  else
    keywordDict(window, keywords, span);
  b_.at(span);
  Reg dst = want == kPush ? window : want;
  b_.callEx(dst, window);
  return dst;
}

/// Pushes the dict of all keyword arguments, in order, for call_ex.
void Emitter::keywordDict(Reg callee, ast::Seq<ast::Keyword> keywords, const SourceSpan& span) {
  Reg map = destination(kPush);
  bool isBuilt = false;
  for (size_t i = 0; i < keywords.size();) {
    Reg piece = destination(kPush);
    uint16_t count = 0;
    for (; i < keywords.size() && keywords[i]->arg && count < kDictPiece; ++i, ++count) {
      b_.at(span);
      loadText(c_.names.of(keywords[i]->arg));
      push(*keywords[i]->value);
    }
    b_.at(span);
    if (count > 0 || !isBuilt) {
      b_.buildMap(piece, piece, count);
      if (isBuilt)
        b_.dictMerge(map, piece, callee);
      isBuilt = true;
    }
    if (i < keywords.size() && !keywords[i]->arg) {
      Reg mapping = operand(*keywords[i]->value);
      b_.at(span);
      b_.dictMerge(map, mapping, callee);
      ++i;
    }
  }
}

} // namespace pyc
