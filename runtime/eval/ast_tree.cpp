// A tree of the frontend made from Python objects.
#include "compiler/frontend/parse/names.h"
#include "runtime/eval/ast_types.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

/// "a int", "a Name": what CPython says of a value of the wrong type.
template <class T> constexpr AstClass kCategory = AstClass::Count;
template <> constexpr AstClass kCategory<ast::ModNode> = AstClass::mod;
template <> constexpr AstClass kCategory<ast::StmtNode> = AstClass::stmt;
template <> constexpr AstClass kCategory<ast::ExprNode> = AstClass::expr;
template <> constexpr AstClass kCategory<ast::PatternNode> = AstClass::pattern;
template <> constexpr AstClass kCategory<ast::TypeParamNode> = AstClass::type_param;
template <> constexpr AstClass kCategory<ast::ExceptHandler> = AstClass::excepthandler;
template <> constexpr AstClass kCategory<ast::Arg> = AstClass::Arg;
template <> constexpr AstClass kCategory<ast::Arguments> = AstClass::Arguments;
template <> constexpr AstClass kCategory<ast::Keyword> = AstClass::Keyword;
template <> constexpr AstClass kCategory<ast::Alias> = AstClass::Alias;
template <> constexpr AstClass kCategory<ast::WithItem> = AstClass::WithItem;
template <> constexpr AstClass kCategory<ast::MatchCase> = AstClass::MatchCase;
template <> constexpr AstClass kCategory<ast::Comprehension> = AstClass::Comprehension;
template <> constexpr AstClass kCategory<ast::ExprContext> = AstClass::expr_context;
template <> constexpr AstClass kCategory<ast::BoolOperator> = AstClass::boolop;
template <> constexpr AstClass kCategory<ast::Operator> = AstClass::operator_;
template <> constexpr AstClass kCategory<ast::UnaryOperator> = AstClass::unaryop;
template <> constexpr AstClass kCategory<ast::CmpOp> = AstClass::cmpop;

/// The concrete class of the category that the object is an instance of; Count when there is none.
AstClass classOfObject(Value object, AstClass category) {
  for (bool exact : {true, false})
    for (size_t k = 0; k < kAstClassCount; ++k) {
      auto id = static_cast<AstClass>(k);
      const AstSchema& schema = astSchema(id);
      if (schema.isAbstract || (schema.base != category && id != category))
        continue;
      if (exact ? typeOf(object) == astClass(id) : isInstance(object, astClass(id)))
        return id;
    }
  return AstClass::Count;
}

/// As classOfObject; TypeError when there is none.
bool findClass(Value object, AstClass category, AstClass& id) {
  id = classOfObject(object, category);
  if (id != AstClass::Count)
    return true;
  std::string name(astSchema(category).name);
  return raise(typeErrorType, "expected some sort of %s, but got %R", name.c_str(), object);
}

class TreeReader {
public:
  explicit TreeReader(ast::Tree& tree) : arena_(tree.arena), names_(tree.arena) {}

  uint32_t nameCount() const { return names_.count(); }

  /// A node of any category, or a part; None is a null pointer.
  template <class Node> bool node(Value object, Node*& out) {
    out = nullptr;
    if (object.isNone())
      return true;
    if (++depth_ > ast::kMaxTreeHeight)
      return raise(recursionErrorType, "maximum recursion depth exceeded during ast construction");
    SourceSpan span;
    AstClass id;
    bool done = position(object, kCategory<Node>, span) && findClass(object, kCategory<Node>, id) &&
                concrete(object, id, out);
    --depth_;
    if constexpr (requires { out->span; })
      if (done)
        out->span = span;
    return done;
  }

private:
  // Positions.

  bool number(Value object, const char* name, AstClass owner, bool isRequired, int64_t& out) {
    Ref value;
    if (!findAttr(object, internLiteral(name), value))
      return false;
    if (!value || (value.isNone() && !isRequired)) {
      std::string category(astSchema(owner).name);
      return !isRequired ||
             raise(typeErrorType, "required field \"%s\" missing from %s", name, category.c_str());
    }
    return integer(value, out);
  }

  bool integer(Value value, int64_t& out) {
    if (!isInteger(value))
      return raise(valueErrorType, "invalid integer value: %R", value);
    if (!toInt64(value, out, &overflowErrorType))
      return false;
    if (out < INT32_MIN || out > INT32_MAX)
      return raise(overflowErrorType, "Python int too large to convert to C int");
    return true;
  }

  bool position(Value object, AstClass category, SourceSpan& span) {
    if (!astSchema(category).hasPosition)
      return true;
    int64_t line = 0, column = 0;
    if (!number(object, "lineno", category, true, line) ||
        !number(object, "col_offset", category, true, column))
      return false;
    int64_t endLine = line, endColumn = column;
    if (!number(object, "end_lineno", category, false, endLine) ||
        !number(object, "end_col_offset", category, false, endColumn))
      return false;
    if (line > endLine)
      return raise(valueErrorType, "AST node line range (%lld, %lld) is not valid",
                   static_cast<long long>(line), static_cast<long long>(endLine));
    if ((line < 0 && endLine != line) || (column < 0 && endColumn != column) ||
        (line == endLine && column > endColumn))
      return raise(valueErrorType,
                   "AST node column range (%lld, %lld) for line range (%lld, %lld) is not valid",
                   static_cast<long long>(column), static_cast<long long>(endColumn),
                   static_cast<long long>(line), static_cast<long long>(endLine));
    auto clamp = [](int64_t value) { return static_cast<uint32_t>(std::max<int64_t>(value, 0)); };
    span = {clamp(line), clamp(column), clamp(endLine), clamp(endColumn)};
    return true;
  }

  // Concrete nodes.

  template <class Node, class Base> bool make(Value object, Base*& out) {
    auto* made = arena_.create<Node>();
    out = made;
    return read(object, *made);
  }

  // clang-format off
#define PYC_MAKE(Name) case AstClass::Name: return make<ast::Name>(object, out);
  bool concrete(Value object, AstClass id, ast::ModNode*& out) {
    switch (id) {
#define PYC_MOD(Name) PYC_MAKE(Name)
#include "compiler/frontend/parse/ast.def"
    default: return raise(typeErrorType, "cannot compile %T", object);
    }
  }
  bool concrete(Value object, AstClass id, ast::StmtNode*& out) {
    switch (id) {
#define PYC_STMT(Name) PYC_MAKE(Name)
#include "compiler/frontend/parse/ast.def"
    default: PYC_UNREACHABLE("a statement");
    }
  }
  bool concrete(Value object, AstClass id, ast::ExprNode*& out) {
    switch (id) {
#define PYC_EXPR(Name) PYC_MAKE(Name)
#include "compiler/frontend/parse/ast.def"
    default: PYC_UNREACHABLE("an expression");
    }
  }
  bool concrete(Value object, AstClass id, ast::PatternNode*& out) {
    switch (id) {
#define PYC_PATTERN(Name) PYC_MAKE(Name)
#include "compiler/frontend/parse/ast.def"
    default: PYC_UNREACHABLE("a pattern");
    }
  }
  bool concrete(Value object, AstClass id, ast::TypeParamNode*& out) {
    switch (id) {
#define PYC_TYPE_PARAM(Name) PYC_MAKE(Name)
#include "compiler/frontend/parse/ast.def"
    default: PYC_UNREACHABLE("a type parameter");
    }
  }
#undef PYC_MAKE
#define PYC_LOCATED(Name, asdlName) PYC_PRODUCT(Name, asdlName)
#define PYC_PRODUCT(Name, asdlName)                                                                \
  bool concrete(Value object, AstClass, ast::Name*& out) { return make<ast::Name>(object, out); }
#include "compiler/frontend/parse/ast.def"

#define PYC_READ(Name)                                                                             \
  bool read([[maybe_unused]] Value object, [[maybe_unused]] ast::Name& node) {                     \
    [[maybe_unused]] constexpr AstClass kOwner = AstClass::Name;                                   \
    using namespace ast;                                                                           \
    return true
#define PYC_MOD(Name) PYC_READ(Name)
#define PYC_STMT(Name) PYC_READ(Name)
#define PYC_EXPR(Name) PYC_READ(Name)
#define PYC_PATTERN(Name) PYC_READ(Name)
#define PYC_TYPE_PARAM(Name) PYC_READ(Name)
#define PYC_LOCATED(Name, asdlName) PYC_READ(Name)
#define PYC_PRODUCT(Name, asdlName) PYC_READ(Name)
#define PYC_FIELD(Type, name) && field(object, kOwner, #name, AstMany::One, node.name)
#define PYC_OPTIONAL(Type, name) && field(object, kOwner, #name, AstMany::Optional, node.name)
#define PYC_HOLEY(Type, name) && field(object, kOwner, #name, AstMany::HoleyList, node.name)
#define PYC_END(Name) ; }
#include "compiler/frontend/parse/ast.def"
#undef PYC_READ
  // clang-format on

  // Fields.

  template <class T> static constexpr bool kIsList = false;
  template <class T> static constexpr bool kIsList<std::span<T>> = true;

  template <class T>
  bool field(Value object, AstClass owner, const char* name, AstMany many, T& out) {
    Ref value;
    if (!findAttr(object, internLiteral(name), value))
      return false;
    std::string ownerName(astSchema(owner).name);
    if constexpr (kIsList<T>) {
      return !value || list(value, ownerName.c_str(), name, many, out);
    } else {
      if (many == AstMany::Optional && (!value || value.isNone()))
        return true;
      if (!value)
        return raise(typeErrorType, "required field \"%s\" missing from %s", name,
                     ownerName.c_str());
      if constexpr (std::is_pointer_v<T>)
        if (value.isNone())
          return raise(valueErrorType, "field '%s' is required for %s", name, ownerName.c_str());
      return convert(value, out);
    }
  }

  template <class T>
  bool list(Value value, const char* owner, const char* name, AstMany many, std::span<T>& out) {
    using Item = std::remove_const_t<T>;
    if (!isList(value))
      return raise(typeErrorType, "%s field \"%s\" must be a list, not a %T", owner, name, value);
    ListObject* items = asList(value);
    int64_t count = items->count;
    std::vector<Item> read;
    for (int64_t k = 0; k < count; ++k) {
      PYC_TRY(item, listGet(items, k));
      if (many != AstMany::HoleyList && item.isNone())
        return raise(valueErrorType, "None disallowed in expression list");
      if (!convert(item, read.emplace_back()))
        return false;
      if (items->count != count)
        return raise(runtimeErrorType, "%s field \"%s\" changed size during iteration", owner,
                     name);
    }
    out = arena_.copy(std::span<const Item>(read));
    return true;
  }

  template <class Node> bool convert(Value value, Node*& out) { return node(value, out); }

  bool convert(Value value, ast::Identifier& out) {
    std::string storage;
    if (value.isNone())
      return true;
    if (!isStr(value))
      return raise(typeErrorType, "AST identifier must be of type str");
    out = names_.intern(utf8View(value, storage));
    return true;
  }

  bool convert(Value value, int32_t& out) {
    int64_t wide = 0;
    if (!integer(value, wide))
      return false;
    out = static_cast<int32_t>(wide);
    return true;
  }

  bool convert(Value value, ast::StringPrefix& out) {
    if (!isStr(value) && !isBytes(value))
      return raise(typeErrorType, "AST string must be of type str");
    bool isU = isStr(value) && strEquals(asStr(value), "u");
    out = isU ? ast::StringPrefix::U : ast::StringPrefix::None;
    return true;
  }

  template <class Enum>
    requires std::is_enum_v<Enum>
  bool convert(Value value, Enum& out) {
    AstClass id;
    if (!findClass(value, kCategory<Enum>, id))
      return false;
    auto first = static_cast<unsigned>(astClassOf(Enum{}));
    out = static_cast<Enum>(static_cast<unsigned>(id) - first);
    return true;
  }

  // Constants.

  bool convert(Value value, ast::ConstantValue& out) {
    using Kind = ast::ConstantKind;
    TypeObject* type = typeOf(value);
    if (value.isNone() || type == &boolType || value == Value::ellipsis()) {
      out.kind = value.isNone()                         ? Kind::None
                 : value == Value::ellipsis()           ? Kind::Ellipsis
                 : isSame(value, Value::fromBool(true)) ? Kind::True
                                                        : Kind::False;
      return true;
    }
    if (type == &intType)
      return integerConstant(value, out);
    if (type == &floatType) {
      out.kind = Kind::Float;
      return toDouble(value, out.number);
    }
    if (type == &complexType) {
      out.kind = Kind::Complex;
      out.real = asComplex(value)->real;
      out.number = asComplex(value)->imag;
      return true;
    }
    if (type == &strType || type == &bytesType) {
      std::string storage;
      out.kind = type == &strType ? Kind::Str : Kind::Bytes;
      out.text = arena_.copy(type == &strType ? utf8View(value, storage) : asBytes(value)->view());
      return true;
    }
    if (type == &tupleType || type == &frozenSetType)
      return itemsConstant(value, out);
    return raise(typeErrorType, "got an invalid type in Constant: %T", value);
  }

  bool integerConstant(Value value, ast::ConstantValue& out) {
    out.kind = ast::ConstantKind::Int;
    IntView view(value);
    out.isNegative = view.negative;
    if (view.count <= 1) {
      out.integer = view.low();
      return true;
    }
    std::string digits;
    if (!appendDigits(digits, value, 16))
      return false;
    out.digitsBase = 16;
    out.text = arena_.copy(std::string_view(digits));
    return true;
  }

  bool itemsConstant(Value value, ast::ConstantValue& out) {
    out.kind = isTuple(value) ? ast::ConstantKind::Tuple : ast::ConstantKind::FrozenSet;
    PYC_TRY(items, sequenceTuple(value));
    std::vector<ast::ConstantValue> read(static_cast<size_t>(asTuple(items)->count));
    for (size_t k = 0; k < read.size(); ++k)
      if (!convert(asTuple(items)->items()[k], read[k]))
        return false;
    out.items = arena_.copy(std::span<const ast::ConstantValue>(read)).data();
    out.itemCount = read.size();
    return true;
  }

  Arena& arena_;
  parsing::NameTable names_;
  uint32_t depth_ = 0;
};

} // namespace

bool objectsToTree(Value object, AstClass root, ast::Tree& tree) {
  if (!makeAstClasses())
    return false;
  if (!isInstance(object, astClass(root))) {
    std::string wanted(astSchema(root).name);
    return raise(typeErrorType, "expected %s node, got %T", wanted.c_str(), object);
  }
  TreeReader reader(tree);
  if (!reader.node(object, tree.root))
    return false;
  tree.nameCount = reader.nameCount();
  return true;
}

} // namespace pyc::rt
