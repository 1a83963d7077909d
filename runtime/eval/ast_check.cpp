// Whether a tree made by a program is one that the grammar can make; later stages rely on it.
#include "compiler/frontend/parse/ast_visit.h"
#include "runtime/eval/ast_types.h"
#include "runtime/objects/errors.h"

namespace pyc::rt {

namespace {

using ast::ExprContext;
using ast::ExprNode;
using ast::Seq;

bool invalid(const char* message) {
  return raise(valueErrorType, "%s", message);
}

const char* nameOf(ExprContext context) {
  static constexpr const char* kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<size_t>(context)];
}

class TreeChecker {
public:
  template <class Node> bool operator()(const Node& node) { return check(node); }

private:
  // Any node without rules of its own: its children.
  template <class Node> bool check(const Node& node) { return children(node); }

  template <class Node> bool children(const Node& node) {
    bool good = true;
    ast::forEachChild(node, [&](const auto& child) { good = good && one(child); });
    return good;
  }

  template <class Node> bool one(const Node& node) { return check(node); }
  bool one(const ast::StmtNode& node) {
    return ast::visit(node, [&](const auto& concrete) { return check(concrete); });
  }
  bool one(const ast::ModNode& node) {
    return ast::visit(node, [&](const auto& concrete) { return check(concrete); });
  }
  bool one(const ast::TypeParamNode& node) {
    return ast::visit(node, [&](const auto& concrete) { return check(concrete); });
  }
  bool one(const ExprNode& node) { return expr(node, ExprContext::Load); }
  bool one(const ast::PatternNode& node) {
    return ast::visit(node, [&](const auto& concrete) { return check(concrete); });
  }

  // Expressions and their contexts.

  bool expr(const ExprNode& node, ExprContext wanted) {
    ExprContext found = ExprContext::Load;
    bool hasContext = true;
    ast::visit(node, [&](const auto& concrete) {
      if constexpr (requires { concrete.ctx; })
        found = concrete.ctx;
      else
        hasContext = false;
    });
    if (!hasContext && wanted != ExprContext::Load)
      return raise(valueErrorType, "expression which can't be assigned to in %s context",
                   nameOf(wanted));
    if (found != wanted)
      return raise(valueErrorType, "expression must have %s context but has %s instead",
                   nameOf(wanted), nameOf(found));
    return ast::visit(node, [&](const auto& concrete) { return check(concrete); });
  }

  bool exprs(Seq<ExprNode> nodes, ExprContext wanted) {
    for (const ExprNode* node : nodes)
      if (node && !expr(*node, wanted))
        return false;
    return true;
  }

  bool check(const ast::Name& node) { return name(node.id); }
  bool name(ast::Identifier id) {
    for (std::string_view constant : {"None", "True", "False"})
      if (id && id->text == constant)
        return raise(valueErrorType, "identifier field can't represent '%s' constant",
                     constant.data());
    return true;
  }
  bool check(const ast::List& node) { return exprs(node.elts, node.ctx); }
  bool check(const ast::Tuple& node) { return exprs(node.elts, node.ctx); }
  bool check(const ast::Starred& node) { return expr(*node.value, node.ctx); }
  bool check(const ast::NamedExpr& node) {
    if (node.target->kind != ast::ExprKind::Name)
      return raise(typeErrorType, "NamedExpr target must be a Name");
    return expr(*node.target, ExprContext::Store) && one(*node.value);
  }
  bool check(const ast::BoolOp& node) {
    return node.values.size() < 2 ? invalid("BoolOp with less than 2 values") : children(node);
  }
  bool check(const ast::Compare& node) {
    if (node.comparators.empty())
      return invalid("Compare with no comparators");
    if (node.comparators.size() != node.ops.size())
      return invalid("Compare has a different number of comparators and operands");
    return children(node);
  }
  bool check(const ast::Dict& node) {
    return node.keys.size() != node.values.size()
               ? invalid("Dict doesn't have the same number of keys as values")
               : children(node);
  }
  bool check(const ast::FormattedValue& node) { return conversion(node); }
  bool check(const ast::Interpolation& node) { return conversion(node); }
  template <class Node> bool conversion(const Node& node) {
    if (node.conversion != -1 && node.conversion != 's' && node.conversion != 'r' &&
        node.conversion != 'a')
      return raise(systemErrorType, "Unrecognized conversion character %d", node.conversion);
    return children(node);
  }
  bool check(const ast::ListComp& node) { return comprehension(node); }
  bool check(const ast::SetComp& node) { return comprehension(node); }
  bool check(const ast::DictComp& node) { return comprehension(node); }
  bool check(const ast::GeneratorExp& node) { return comprehension(node); }
  template <class Node> bool comprehension(const Node& node) {
    return node.generators.empty() ? invalid("comprehension with no generators") : children(node);
  }
  bool check(const ast::Comprehension& node) {
    return expr(*node.target, ExprContext::Store) && one(*node.iter) &&
           exprs(node.ifs, ExprContext::Load);
  }
  bool check(const ast::Arguments& node) {
    if (node.defaults.size() > node.posonlyargs.size() + node.args.size())
      return invalid("more positional defaults than args on arguments");
    if (node.kw_defaults.size() != node.kwonlyargs.size())
      return invalid("length of kwonlyargs is not the same as kw_defaults on arguments");
    return children(node);
  }
  bool check(const ast::Arg& node) { return name(node.arg) && children(node); }
  bool check(const ast::Keyword& node) { return name(node.arg) && children(node); }

  // Statements.

  template <class T> bool filled(const Seq<T>& items, const char* what, const char* owner) {
    return !items.empty() || raise(valueErrorType, "empty %s on %s", what, owner);
  }

  bool check(const ast::FunctionDef& node) {
    return filled(node.body, "body", "FunctionDef") && children(node);
  }
  bool check(const ast::AsyncFunctionDef& node) {
    return filled(node.body, "body", "AsyncFunctionDef") && children(node);
  }
  bool check(const ast::ClassDef& node) {
    return filled(node.body, "body", "ClassDef") && children(node);
  }
  bool check(const ast::Delete& node) {
    return filled(node.targets, "targets", "Delete") && exprs(node.targets, ExprContext::Del);
  }
  bool check(const ast::Assign& node) {
    return filled(node.targets, "targets", "Assign") && exprs(node.targets, ExprContext::Store) &&
           one(*node.value);
  }
  bool check(const ast::AugAssign& node) {
    ast::ExprKind kind = node.target->kind;
    if (kind != ast::ExprKind::Name && kind != ast::ExprKind::Attribute &&
        kind != ast::ExprKind::Subscript)
      return raise(typeErrorType, "invalid node type for augmented assignment");
    return expr(*node.target, ExprContext::Store) && one(*node.value);
  }
  bool check(const ast::AnnAssign& node) {
    ast::ExprKind kind = node.target->kind;
    if (node.simple && kind != ast::ExprKind::Name)
      return raise(typeErrorType, "AnnAssign with simple non-Name target");
    if (kind != ast::ExprKind::Name && kind != ast::ExprKind::Attribute &&
        kind != ast::ExprKind::Subscript)
      return raise(typeErrorType, "invalid node type for annotated assignment");
    return expr(*node.target, ExprContext::Store) && (!node.value || one(*node.value)) &&
           one(*node.annotation);
  }
  bool check(const ast::TypeAlias& node) {
    if (node.name->kind != ast::ExprKind::Name)
      return raise(typeErrorType, "TypeAlias with non-Name name");
    return expr(*node.name, ExprContext::Store) && each(node.type_params) && one(*node.value);
  }
  bool check(const ast::For& node) { return loop(node, "For"); }
  bool check(const ast::AsyncFor& node) { return loop(node, "AsyncFor"); }
  template <class Node> bool loop(const Node& node, const char* owner) {
    return expr(*node.target, ExprContext::Store) && one(*node.iter) &&
           filled(node.body, "body", owner) && each(node.body) && each(node.orelse);
  }
  template <class T> bool each(const Seq<T>& nodes) {
    for (const T* node : nodes)
      if (node && !one(*node))
        return false;
    return true;
  }
  bool check(const ast::While& node) {
    return filled(node.body, "body", "While") && children(node);
  }
  bool check(const ast::If& node) { return filled(node.body, "body", "If") && children(node); }
  bool check(const ast::With& node) {
    return filled(node.items, "items", "With") && filled(node.body, "body", "With") &&
           children(node);
  }
  bool check(const ast::AsyncWith& node) {
    return filled(node.items, "items", "AsyncWith") && filled(node.body, "body", "AsyncWith") &&
           children(node);
  }
  bool check(const ast::WithItem& node) {
    return one(*node.context_expr) &&
           (!node.optional_vars || expr(*node.optional_vars, ExprContext::Store));
  }
  bool check(const ast::Raise& node) {
    return node.cause && !node.exc ? invalid("Raise with cause but no exception") : children(node);
  }
  bool check(const ast::Try& node) { return tryStatement(node, "Try"); }
  bool check(const ast::TryStar& node) { return tryStatement(node, "TryStar"); }
  template <class Node> bool tryStatement(const Node& node, const char* owner) {
    if (!filled(node.body, "body", owner))
      return false;
    if (node.handlers.empty() && node.finalbody.empty())
      return raise(valueErrorType, "%s has neither handlers nor finalbody", owner);
    if (node.handlers.empty() && !node.orelse.empty())
      return raise(valueErrorType, "%s has orelse but no except handlers", owner);
    return children(node);
  }
  bool check(const ast::ExceptHandler& node) {
    return filled(node.body, "body", "ExceptHandler") && children(node);
  }
  bool check(const ast::Import& node) { return filled(node.names, "names", "Import"); }
  bool check(const ast::ImportFrom& node) {
    return node.level < 0 ? invalid("Negative ImportFrom level")
                          : filled(node.names, "names", "ImportFrom");
  }
  bool check(const ast::Global& node) { return namesFilled(node.names, "Global"); }
  bool check(const ast::Nonlocal& node) { return namesFilled(node.names, "Nonlocal"); }
  bool namesFilled(ast::IdentifierSeq names, const char* owner) {
    return !names.empty() || raise(valueErrorType, "empty names on %s", owner);
  }

  // Patterns.

  bool check(const ast::Match& node) {
    return filled(node.cases, "cases", "Match") && children(node);
  }
  bool check(const ast::MatchCase& node) {
    return filled(node.body, "body", "match_case") && children(node);
  }
  bool check(const ast::MatchValue& node) { return patternValue(*node.value); }
  bool patternValue(const ExprNode& value) {
    switch (value.kind) {
    case ast::ExprKind::Constant: {
      ast::ConstantKind kind = ast::cast<ast::Constant>(value).value.kind;
      bool isLiteral = kind == ast::ConstantKind::Int || kind == ast::ConstantKind::Float ||
                       kind == ast::ConstantKind::Complex || kind == ast::ConstantKind::Str ||
                       kind == ast::ConstantKind::Bytes;
      return isLiteral || invalid("unexpected constant inside of a literal pattern");
    }
    case ast::ExprKind::Attribute:
    case ast::ExprKind::UnaryOp:
    case ast::ExprKind::BinOp:
    case ast::ExprKind::JoinedStr:
    case ast::ExprKind::TemplateStr:
      return one(value);
    default:
      return invalid("patterns may only match literals and attribute lookups");
    }
  }
  bool check(const ast::MatchSingleton& node) {
    ast::ConstantKind kind = node.value.kind;
    return kind == ast::ConstantKind::None || kind == ast::ConstantKind::True ||
           kind == ast::ConstantKind::False ||
           invalid("MatchSingleton can only contain True, False and None");
  }
  bool check(const ast::MatchSequence& node) { return subpatterns(node.patterns, true); }
  bool subpatterns(Seq<ast::PatternNode> patterns, bool starAllowed) {
    for (const ast::PatternNode* pattern : patterns) {
      if (pattern->kind == ast::PatternKind::MatchStar && !starAllowed)
        return invalid("can't use MatchStar here");
      if (!one(*pattern))
        return false;
    }
    return true;
  }
  bool check(const ast::MatchMapping& node) {
    if (node.keys.size() != node.patterns.size())
      return invalid("MatchMapping doesn't have the same number of keys as patterns");
    if (!capture(node.rest))
      return false;
    for (const ExprNode* key : node.keys) {
      const auto* constant = ast::dynCast<ast::Constant>(key);
      bool isSingleton = constant && (constant->value.kind == ast::ConstantKind::None ||
                                      constant->value.kind == ast::ConstantKind::True ||
                                      constant->value.kind == ast::ConstantKind::False);
      if (!isSingleton && !patternValue(*key))
        return false;
    }
    return subpatterns(node.patterns, false);
  }
  bool check(const ast::MatchClass& node) {
    if (node.kwd_attrs.size() != node.kwd_patterns.size())
      return invalid("MatchClass doesn't have the same number of keyword attributes as patterns");
    const ExprNode* cls = node.cls;
    while (const auto* attribute = ast::dynCast<ast::Attribute>(cls))
      cls = attribute->value;
    if (cls->kind != ast::ExprKind::Name)
      return invalid("MatchClass cls field can only contain Name or Attribute nodes.");
    return one(*node.cls) && subpatterns(node.patterns, false) &&
           subpatterns(node.kwd_patterns, false);
  }
  bool check(const ast::MatchStar& node) { return capture(node.name); }
  bool check(const ast::MatchAs& node) {
    if (!capture(node.name))
      return false;
    if (!node.pattern)
      return true;
    if (!node.name)
      return invalid("MatchAs must specify a target name if a pattern is given");
    return node.pattern->kind != ast::PatternKind::MatchStar ? one(*node.pattern)
                                                             : invalid("can't use MatchStar here");
  }
  bool check(const ast::MatchOr& node) {
    return node.patterns.size() < 2 ? invalid("MatchOr requires at least 2 patterns")
                                    : subpatterns(node.patterns, false);
  }
  bool capture(ast::Identifier id) {
    return id && id->text == "_" ? invalid("can't capture name '_' in patterns") : name(id);
  }
};

} // namespace

bool checkTree(const ast::Tree& tree) {
  TreeChecker checker;
  return ast::visit(*tree.root, checker);
}

} // namespace pyc::rt
