#include "compiler/frontend/emit/unparse.h"

#include "compiler/frontend/parse/repr.h"
#include "runtime/base/check.h"

namespace pyc {

namespace {

/// How tightly operators bind, from loose to tight.
enum Level : int {
  kTuple,
  kTest, // conditional, lambda
  kOr,
  kAnd,
  kNot,
  kCompare,
  kExpr,
  kBitOr = kExpr,
  kBitXor,
  kBitAnd,
  kShift,
  kArith,
  kTerm,
  kFactor,
  kPower,
  kAwait,
  kAtom,
};

constexpr std::string_view kInfinity = "1e309"; // prints as what reads as infinity

struct BinaryText {
  std::string_view text;
  Level level;
  bool isRightAssociative;
};

BinaryText binaryText(ast::Operator op) {
  switch (op) {
  case ast::Operator::Add:
    return {" + ", kArith, false};
  case ast::Operator::Sub:
    return {" - ", kArith, false};
  case ast::Operator::Mult:
    return {" * ", kTerm, false};
  case ast::Operator::MatMult:
    return {" @ ", kTerm, false};
  case ast::Operator::Div:
    return {" / ", kTerm, false};
  case ast::Operator::Mod:
    return {" % ", kTerm, false};
  case ast::Operator::FloorDiv:
    return {" // ", kTerm, false};
  case ast::Operator::LShift:
    return {" << ", kShift, false};
  case ast::Operator::RShift:
    return {" >> ", kShift, false};
  case ast::Operator::BitOr:
    return {" | ", kBitOr, false};
  case ast::Operator::BitXor:
    return {" ^ ", kBitXor, false};
  case ast::Operator::BitAnd:
    return {" & ", kBitAnd, false};
  case ast::Operator::Pow:
    return {" ** ", kPower, true};
  }
  PYC_UNREACHABLE("Operator");
}

std::string_view compareText(ast::CmpOp op) {
  switch (op) {
  case ast::CmpOp::Eq:
    return " == ";
  case ast::CmpOp::NotEq:
    return " != ";
  case ast::CmpOp::Lt:
    return " < ";
  case ast::CmpOp::LtE:
    return " <= ";
  case ast::CmpOp::Gt:
    return " > ";
  case ast::CmpOp::GtE:
    return " >= ";
  case ast::CmpOp::Is:
    return " is ";
  case ast::CmpOp::IsNot:
    return " is not ";
  case ast::CmpOp::In:
    return " in ";
  case ast::CmpOp::NotIn:
    return " not in ";
  }
  PYC_UNREACHABLE("CmpOp");
}

class Unparser {
public:
  std::string text;

  void expr(const ast::ExprNode* node, int level);

private:
  void add(std::string_view part) { text += part; }
  /// Between parentheses where the place binds tighter than the expression.
  template <class F> void grouped(bool isNeeded, F&& content) {
    if (isNeeded)
      add("(");
    content();
    if (isNeeded)
      add(")");
  }
  void list(ast::Seq<ast::ExprNode> elements, int level) {
    for (size_t i = 0; i < elements.size(); ++i) {
      if (i)
        add(", ");
      expr(elements[i], level);
    }
  }
  void constant(const ast::ConstantValue& value);
  void boolOp(const ast::BoolOp& node, int level);
  void unary(const ast::UnaryOp& node, int level);
  void arguments(const ast::Arguments& args);
  void argument(const ast::Arg& arg, const ast::ExprNode* defaultValue);
  void tuple(const ast::Tuple& node, int level);
  void dict(const ast::Dict& node);
  void comprehension(std::string_view open, const ast::ExprNode* element,
                     const ast::ExprNode* value, ast::Seq<ast::Comprehension> generators,
                     std::string_view close);
  void call(const ast::Call& node);
  void attribute(const ast::Attribute& node);
  void slice(const ast::Slice& node);
  void template_(std::string_view prefix, ast::Seq<ast::ExprNode> values);
  std::string templateParts(ast::Seq<ast::ExprNode> values, bool isSpec);
  std::string replacement(std::string_view value, int32_t conversion, const ast::ExprNode* spec);
  std::string replacement(const ast::FormattedValue& field) {
    Unparser inner;
    inner.expr(field.value, kTest + 1);
    return replacement(inner.text, field.conversion, field.format_spec);
  }
  std::string replacement(const ast::Interpolation& field) {
    return replacement(field.str.text, field.conversion, field.format_spec);
  }
};

void Unparser::constant(const ast::ConstantValue& value) {
  if (value.kind == ast::ConstantKind::Ellipsis)
    return add("...");
  std::string repr = reprOf(value);
  bool isNumber =
      value.kind == ast::ConstantKind::Float || value.kind == ast::ConstantKind::Complex;
  for (size_t at; isNumber && (at = repr.find("inf")) != repr.npos;)
    repr.replace(at, 3, kInfinity);
  add(repr);
}

void Unparser::boolOp(const ast::BoolOp& node, int level) {
  bool isOr = node.op == ast::BoolOperator::Or;
  int own = isOr ? kOr : kAnd;
  grouped(level > own, [&] {
    for (size_t i = 0; i < node.values.size(); ++i) {
      if (i)
        add(isOr ? " or " : " and ");
      expr(node.values[i], own + 1);
    }
  });
}

void Unparser::unary(const ast::UnaryOp& node, int level) {
  bool isNot = node.op == ast::UnaryOperator::Not;
  int own = isNot ? kNot : kFactor;
  grouped(level > own, [&] {
    switch (node.op) {
    case ast::UnaryOperator::Invert:
      add("~");
      break;
    case ast::UnaryOperator::Not:
      add("not ");
      break;
    case ast::UnaryOperator::UAdd:
      add("+");
      break;
    case ast::UnaryOperator::USub:
      add("-");
      break;
    }
    expr(node.operand, own);
  });
}

void Unparser::argument(const ast::Arg& arg, const ast::ExprNode* defaultValue) {
  add(arg.arg->text);
  if (arg.annotation) {
    add(": ");
    expr(arg.annotation, kTest);
  }
  if (defaultValue) {
    add("=");
    expr(defaultValue, kTest);
  }
}

void Unparser::arguments(const ast::Arguments& args) {
  bool isFirst = true;
  auto separate = [&] {
    if (!isFirst)
      add(", ");
    isFirst = false;
  };
  size_t positional = args.posonlyargs.size() + args.args.size();
  for (size_t i = 0; i < positional; ++i) {
    separate();
    bool isPositionalOnly = i < args.posonlyargs.size();
    size_t fromEnd = positional - i;
    const ast::ExprNode* value =
        fromEnd <= args.defaults.size() ? args.defaults[args.defaults.size() - fromEnd] : nullptr;
    argument(*(isPositionalOnly ? args.posonlyargs[i] : args.args[i - args.posonlyargs.size()]),
             value);
    if (isPositionalOnly && i + 1 == args.posonlyargs.size())
      add(", /");
  }
  if (args.vararg || !args.kwonlyargs.empty()) {
    separate();
    add("*");
    if (args.vararg)
      argument(*args.vararg, nullptr);
  }
  for (size_t i = 0; i < args.kwonlyargs.size(); ++i) {
    separate();
    argument(*args.kwonlyargs[i], args.kw_defaults[i]);
  }
  if (args.kwarg) {
    separate();
    add("**");
    argument(*args.kwarg, nullptr);
  }
}

void Unparser::tuple(const ast::Tuple& node, int level) {
  if (node.elts.empty())
    return add("()");
  grouped(level > kTuple, [&] {
    list(node.elts, kTest);
    if (node.elts.size() == 1)
      add(",");
  });
}

void Unparser::dict(const ast::Dict& node) {
  add("{");
  for (size_t i = 0; i < node.keys.size(); ++i) {
    if (i)
      add(", ");
    if (!node.keys[i]) {
      add("**");
      expr(node.values[i], kExpr);
      continue;
    }
    expr(node.keys[i], kTest);
    add(": ");
    expr(node.values[i], kTest);
  }
  add("}");
}

void Unparser::comprehension(std::string_view open, const ast::ExprNode* element,
                             const ast::ExprNode* value, ast::Seq<ast::Comprehension> generators,
                             std::string_view close) {
  add(open);
  expr(element, kTest);
  if (value) {
    add(": ");
    expr(value, kTest);
  }
  for (const ast::Comprehension* generator : generators) {
    add(generator->is_async ? " async for " : " for ");
    expr(generator->target, kTuple);
    add(" in ");
    expr(generator->iter, kTest + 1);
    for (const ast::ExprNode* test : generator->ifs) {
      add(" if ");
      expr(test, kTest + 1);
    }
  }
  add(close);
}

void Unparser::call(const ast::Call& node) {
  expr(node.func, kAtom);
  if (node.args.size() == 1 && node.keywords.empty() && ast::isa<ast::GeneratorExp>(*node.args[0]))
    return expr(node.args[0], kAtom);
  add("(");
  list(node.args, kTest);
  bool isFirst = node.args.empty();
  for (const ast::Keyword* keyword : node.keywords) {
    if (!isFirst)
      add(", ");
    isFirst = false;
    if (keyword->arg) {
      add(keyword->arg->text);
      add("=");
    } else {
      add("**");
    }
    expr(keyword->value, kTest);
  }
  add(")");
}

void Unparser::attribute(const ast::Attribute& node) {
  expr(node.value, kAtom);
  // `1 .real`: the dot would be part of the number.
  auto* constant = ast::dynCast<ast::Constant>(node.value);
  bool isInt = constant && constant->value.kind == ast::ConstantKind::Int;
  add(isInt ? " ." : ".");
  add(node.attr->text);
}

void Unparser::slice(const ast::Slice& node) {
  if (node.lower)
    expr(node.lower, kTest);
  add(":");
  if (node.upper)
    expr(node.upper, kTest);
  if (node.step) {
    add(":");
    expr(node.step, kTest);
  }
}

/// A replacement field of an f-string or t-string.
std::string Unparser::replacement(std::string_view value, int32_t conversion,
                                  const ast::ExprNode* spec) {
  std::string field = value.starts_with('{') ? "{ " : "{";
  field += value;
  if (conversion > 0) {
    field += '!';
    field += static_cast<char>(conversion);
  }
  if (spec) {
    field += ':';
    if (auto* joined = ast::dynCast<ast::JoinedStr>(spec))
      field += templateParts(joined->values, true);
    else if (auto* text = ast::dynCast<ast::Constant>(spec))
      field += text->value.text;
  }
  return field + "}";
}

std::string Unparser::templateParts(ast::Seq<ast::ExprNode> values, bool isSpec) {
  std::string parts;
  for (const ast::ExprNode* value : values) {
    if (auto* constant = ast::dynCast<ast::Constant>(value)) {
      for (char c : constant->value.text) {
        parts += c;
        if (c == '{' || c == '}')
          parts += c;
      }
    } else if (auto* field = ast::dynCast<ast::FormattedValue>(value)) {
      parts += replacement(*field);
    } else if (auto* part = ast::dynCast<ast::Interpolation>(value)) {
      parts += replacement(*part);
    } else if (auto* joined = ast::dynCast<ast::JoinedStr>(value)) {
      parts += templateParts(joined->values, isSpec);
    }
  }
  return parts;
}

void Unparser::template_(std::string_view prefix, ast::Seq<ast::ExprNode> values) {
  add(prefix);
  add(reprOfText(templateParts(values, false)));
}

void Unparser::expr(const ast::ExprNode* node, int level) {
  switch (node->kind) {
  case ast::ExprKind::BoolOp:
    return boolOp(ast::cast<ast::BoolOp>(*node), level);
  case ast::ExprKind::NamedExpr: {
    auto& walrus = ast::cast<ast::NamedExpr>(*node);
    return grouped(level > kTuple, [&] {
      expr(walrus.target, kAtom);
      add(" := ");
      expr(walrus.value, kAtom);
    });
  }
  case ast::ExprKind::BinOp: {
    auto& binary = ast::cast<ast::BinOp>(*node);
    BinaryText op = binaryText(binary.op);
    return grouped(level > op.level, [&] {
      expr(binary.left, op.level + op.isRightAssociative);
      add(op.text);
      expr(binary.right, op.level + !op.isRightAssociative);
    });
  }
  case ast::ExprKind::UnaryOp:
    return unary(ast::cast<ast::UnaryOp>(*node), level);
  case ast::ExprKind::Lambda: {
    auto& lambda = ast::cast<ast::Lambda>(*node);
    const ast::Arguments& args = *lambda.args;
    bool hasPositional = !args.posonlyargs.empty() || !args.args.empty();
    return grouped(level > kTest, [&] {
      add(hasPositional ? "lambda " : "lambda"); // CPython's `lambda*a: 0`
      arguments(args);
      add(": ");
      expr(lambda.body, kTest);
    });
  }
  case ast::ExprKind::IfExp: {
    auto& ifExp = ast::cast<ast::IfExp>(*node);
    return grouped(level > kTest, [&] {
      expr(ifExp.body, kTest + 1);
      add(" if ");
      expr(ifExp.test, kTest + 1);
      add(" else ");
      expr(ifExp.orelse, kTest);
    });
  }
  case ast::ExprKind::Dict:
    return dict(ast::cast<ast::Dict>(*node));
  case ast::ExprKind::Set:
    add("{");
    list(ast::cast<ast::Set>(*node).elts, kTest);
    return add("}");
  case ast::ExprKind::GeneratorExp: {
    auto& comp = ast::cast<ast::GeneratorExp>(*node);
    return comprehension("(", comp.elt, nullptr, comp.generators, ")");
  }
  case ast::ExprKind::ListComp: {
    auto& comp = ast::cast<ast::ListComp>(*node);
    return comprehension("[", comp.elt, nullptr, comp.generators, "]");
  }
  case ast::ExprKind::SetComp: {
    auto& comp = ast::cast<ast::SetComp>(*node);
    return comprehension("{", comp.elt, nullptr, comp.generators, "}");
  }
  case ast::ExprKind::DictComp: {
    auto& comp = ast::cast<ast::DictComp>(*node);
    return comprehension(comp.value ? "{" : "{**", comp.key, comp.value, comp.generators, "}");
  }
  case ast::ExprKind::Yield: {
    auto& yield = ast::cast<ast::Yield>(*node);
    add(yield.value ? "(yield " : "(yield");
    if (yield.value)
      expr(yield.value, kTuple + 1);
    return add(")");
  }
  case ast::ExprKind::YieldFrom:
    add("(yield from ");
    expr(ast::cast<ast::YieldFrom>(*node).value, kTuple + 1);
    return add(")");
  case ast::ExprKind::Await:
    return grouped(level > kAwait, [&] {
      add("await ");
      expr(ast::cast<ast::Await>(*node).value, kAtom);
    });
  case ast::ExprKind::Compare: {
    auto& compare = ast::cast<ast::Compare>(*node);
    return grouped(level > kCompare, [&] {
      expr(compare.left, kCompare + 1);
      for (size_t i = 0; i < compare.ops.size(); ++i) {
        add(compareText(compare.ops[i]));
        expr(compare.comparators[i], kCompare + 1);
      }
    });
  }
  case ast::ExprKind::Call:
    return call(ast::cast<ast::Call>(*node));
  case ast::ExprKind::Constant: {
    auto& literal = ast::cast<ast::Constant>(*node);
    if (literal.kind == ast::StringPrefix::U)
      add("u");
    return constant(literal.value);
  }
  case ast::ExprKind::JoinedStr:
    return template_("f", ast::cast<ast::JoinedStr>(*node).values);
  case ast::ExprKind::TemplateStr:
    return template_("t", ast::cast<ast::TemplateStr>(*node).values);
  case ast::ExprKind::FormattedValue: {
    auto& field = ast::cast<ast::FormattedValue>(*node);
    add("f");
    return add(reprOfText(replacement(field)));
  }
  case ast::ExprKind::Interpolation: {
    auto& field = ast::cast<ast::Interpolation>(*node);
    add("t");
    return add(reprOfText(replacement(field)));
  }
  case ast::ExprKind::Attribute:
    return attribute(ast::cast<ast::Attribute>(*node));
  case ast::ExprKind::Starred:
    add("*");
    return expr(ast::cast<ast::Starred>(*node).value, kExpr);
  case ast::ExprKind::Name:
    return add(ast::cast<ast::Name>(*node).id->text);
  case ast::ExprKind::List:
    add("[");
    list(ast::cast<ast::List>(*node).elts, kTest);
    return add("]");
  case ast::ExprKind::Tuple:
    return tuple(ast::cast<ast::Tuple>(*node), level);
  case ast::ExprKind::Subscript: {
    auto& subscript = ast::cast<ast::Subscript>(*node);
    expr(subscript.value, kAtom);
    add("[");
    expr(subscript.slice, kTuple);
    return add("]");
  }
  case ast::ExprKind::Slice:
    return slice(ast::cast<ast::Slice>(*node));
  }
}

} // namespace

std::string unparse(const ast::ExprNode& node) {
  Unparser unparser;
  unparser.expr(&node, kTest);
  return std::move(unparser.text);
}

} // namespace pyc
