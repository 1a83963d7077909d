#include "compiler/frontend/parse/dump.h"

#include "compiler/frontend/parse/ast_visit.h"
#include "compiler/frontend/parse/repr.h"

#include <string_view>

namespace pyc {

namespace {

using namespace ast;

#define PYC_NODE_NAME(Name, text)                                                                  \
  constexpr std::string_view nameOf(const Name&) {                                                 \
    return text;                                                                                   \
  }
#define PYC_MOD(Name) PYC_NODE_NAME(Name, #Name)
#define PYC_STMT(Name) PYC_NODE_NAME(Name, #Name)
#define PYC_EXPR(Name) PYC_NODE_NAME(Name, #Name)
#define PYC_PATTERN(Name) PYC_NODE_NAME(Name, #Name)
#define PYC_TYPE_PARAM(Name) PYC_NODE_NAME(Name, #Name)
#define PYC_LOCATED(Name, asdlName) PYC_NODE_NAME(Name, asdlName)
#define PYC_PRODUCT(Name, asdlName) PYC_NODE_NAME(Name, asdlName)
#include "compiler/frontend/parse/ast.def"
#undef PYC_NODE_NAME

std::string_view nameOf(ExprContext context) {
  static constexpr std::string_view kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<size_t>(context)];
}
std::string_view nameOf(BoolOperator op) {
  return op == BoolOperator::And ? "And" : "Or";
}
std::string_view nameOf(Operator op) {
  static constexpr std::string_view kNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                                "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                                "BitXor", "BitAnd", "FloorDiv"};
  return kNames[static_cast<size_t>(op)];
}
std::string_view nameOf(UnaryOperator op) {
  static constexpr std::string_view kNames[] = {"Invert", "Not", "UAdd", "USub"};
  return kNames[static_cast<size_t>(op)];
}
std::string_view nameOf(CmpOp op) {
  static constexpr std::string_view kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                                "GtE", "Is",    "IsNot", "In",  "NotIn"};
  return kNames[static_cast<size_t>(op)];
}

/// Python's ast nodes have positions, except for roots and products.
template <class Node> constexpr bool hasPosition() {
  return requires(const Node& node) { node.span; } && !std::is_base_of_v<ModNode, Node>;
}

class Dumper {
public:
  explicit Dumper(bool includeAttributes) : includeAttributes_(includeAttributes) {}

  /// Appends any node, as the type it really is.
  template <class Node> void node(const Node& value) {
    if constexpr (requires { value.kind; } && !requires { Node::kKind; })
      visit(value, [&](const auto& concrete) { concreteNode(concrete); });
    else
      concreteNode(value);
  }

  std::string take() { return std::move(out_); }

private:
  /// What one line holds: at most three arguments, none of which has arguments itself.
  struct Shape {
    size_t arguments = 0;
    bool isSimple = true;
  };

  template <class Node> Shape shapeOf(const Node& value) {
    Shape shape;
    if constexpr (requires { value.kind; } && !requires { Node::kKind; }) {
      visit(value, [&](const auto& concrete) { shape = shapeOf(concrete); });
      return shape;
    } else {
      forEachField(value, [&](const char*, const auto& field) {
        if (!isShown(field))
          return;
        ++shape.arguments;
        shape.isSimple = shape.isSimple && isSimple(field);
      });
      if (includeAttributes_ && hasPosition<Node>())
        shape.arguments += 4;
      return shape;
    }
  }

  bool isShown(ExprContext context) { return context != ExprContext::Load; }
  bool isShown(StringPrefix kind) { return kind != StringPrefix::None; }
  template <class T> bool isShown(T* const& child) { return child != nullptr; }
  template <class T> bool isShown(const std::span<T>& items) { return !items.empty(); }
  template <class T> bool isShown(const T&) { return true; }

  bool isSimple(Identifier) { return true; }
  template <class T> bool isSimple(T* const& child) { return shapeOf(*child).arguments == 0; }
  template <class T> bool isSimple(const std::span<T>&) { return false; }
  template <class T> bool isSimple(const T&) { return true; }

  template <class Node> void concreteNode(const Node& value) {
    Shape shape = shapeOf(value);
    bool isOneLine = shape.isSimple && shape.arguments <= 3;
    out_ += nameOf(value);
    out_ += '(';
    ++level_;
    bool isFirst = true;
    auto begin = [&](std::string_view name) {
      separate(isFirst, isOneLine);
      out_ += name;
      out_ += '=';
    };
    forEachField(value, [&](const char* name, const auto& field) {
      if (!isShown(field))
        return;
      begin(name);
      this->field(field);
    });
    if constexpr (hasPosition<Node>()) {
      if (includeAttributes_) {
        begin("lineno");
        out_ += std::to_string(value.span.line);
        begin("col_offset");
        out_ += std::to_string(value.span.column);
        begin("end_lineno");
        out_ += std::to_string(value.span.endLine);
        begin("end_col_offset");
        out_ += std::to_string(value.span.endColumn);
      }
    }
    --level_;
    out_ += ')';
  }

  void separate(bool& isFirst, bool isOneLine) {
    if (!isFirst)
      out_ += isOneLine ? ", " : ",";
    isFirst = false;
    if (isOneLine)
      return;
    out_ += '\n';
    out_.append(level_ * 2, ' ');
  }

  template <class T> void list(const std::span<T>& items) {
    out_ += '[';
    ++level_;
    bool isFirst = true;
    for (const auto& item : items) {
      separate(isFirst, false);
      element(item);
    }
    --level_;
    out_ += ']';
  }

  void element(Identifier name) { out_ += reprOfText(name->text); }
  void element(CmpOp op) { field(op); }
  template <class T> void element(T* child) {
    if (child)
      node(*child);
    else
      out_ += "None";
  }

  void field(int32_t number) { out_ += std::to_string(number); }
  void field(Identifier name) { out_ += reprOfText(name->text); }
  void field(const ConstantValue& value) { out_ += reprOf(value); }
  void field(StringPrefix) { out_ += "'u'"; }
  template <class T> void field(const std::span<T>& items) { list(items); }
  template <class T> void field(T* const& child) { node(*child); }
  template <class T>
    requires std::is_enum_v<T>
  void field(T value) {
    out_ += nameOf(value);
    out_ += "()";
  }

  bool includeAttributes_;
  size_t level_ = 0;
  std::string out_;
};

} // namespace

std::string dumpAst(const ast::Tree& tree, const AstDumpOptions& options) {
  if (!tree.root)
    return {};
  Dumper dumper(options.includeAttributes);
  dumper.node(*tree.root);
  return dumper.take();
}

} // namespace pyc
