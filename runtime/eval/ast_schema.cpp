#include "runtime/eval/ast_schema.h"

#include "runtime/base/check.h"

#include <iterator>

namespace pyc::rt {

namespace {

// What a C++ type of ast.def is called in the abstract grammar.
template <class T> struct TypeName;
// clang-format off
template <> struct TypeName<ast::ExprNode*> { static constexpr std::string_view kName = "expr"; };
template <> struct TypeName<ast::StmtNode*> { static constexpr std::string_view kName = "stmt"; };
template <> struct TypeName<ast::PatternNode*> { static constexpr std::string_view kName = "pattern"; };
template <> struct TypeName<ast::TypeParamNode*> { static constexpr std::string_view kName = "type_param"; };
template <> struct TypeName<ast::Arg*> { static constexpr std::string_view kName = "arg"; };
template <> struct TypeName<ast::Arguments*> { static constexpr std::string_view kName = "arguments"; };
template <> struct TypeName<ast::Keyword*> { static constexpr std::string_view kName = "keyword"; };
template <> struct TypeName<ast::Alias*> { static constexpr std::string_view kName = "alias"; };
template <> struct TypeName<ast::WithItem*> { static constexpr std::string_view kName = "withitem"; };
template <> struct TypeName<ast::MatchCase*> { static constexpr std::string_view kName = "match_case"; };
template <> struct TypeName<ast::Comprehension*> { static constexpr std::string_view kName = "comprehension"; };
template <> struct TypeName<ast::ExceptHandler*> { static constexpr std::string_view kName = "excepthandler"; };
template <> struct TypeName<ast::Identifier> { static constexpr std::string_view kName = "identifier"; };
template <> struct TypeName<int32_t> { static constexpr std::string_view kName = "int"; };
template <> struct TypeName<ast::ConstantValue> { static constexpr std::string_view kName = "constant"; };
template <> struct TypeName<ast::StringPrefix> { static constexpr std::string_view kName = "string"; };
template <> struct TypeName<ast::ExprContext> { static constexpr std::string_view kName = "expr_context"; };
template <> struct TypeName<ast::BoolOperator> { static constexpr std::string_view kName = "boolop"; };
template <> struct TypeName<ast::Operator> { static constexpr std::string_view kName = "operator"; };
template <> struct TypeName<ast::UnaryOperator> { static constexpr std::string_view kName = "unaryop"; };
template <> struct TypeName<const ast::CmpOp> { static constexpr std::string_view kName = "cmpop"; };
// clang-format on

template <class T> struct FieldType {
  static constexpr std::string_view kName = TypeName<T>::kName;
  static constexpr bool kIsList = false;
};
template <class T> struct FieldType<std::span<T>> {
  static constexpr std::string_view kName = TypeName<T>::kName;
  static constexpr bool kIsList = true;
};
template <class T> struct FieldType<ast::Seq<T>> {
  static constexpr std::string_view kName = TypeName<T*>::kName;
  static constexpr bool kIsList = true;
};
template <> struct FieldType<ast::IdentifierSeq> {
  static constexpr std::string_view kName = "identifier";
  static constexpr bool kIsList = true;
};

template <class T> constexpr AstField makeField(std::string_view name, AstMany many) {
  bool isPlainList = FieldType<T>::kIsList && many == AstMany::One;
  return {name, FieldType<T>::kName, isPlainList ? AstMany::List : many};
}

/// A field that only Python's class has, of a type such as "string?" or "type_ignore*".
constexpr AstField absentField(std::string_view type, std::string_view name) {
  AstMany many = type.back() == '?' ? AstMany::Optional : AstMany::List;
  return {name, type.substr(0, type.size() - 1), many};
}

// The fields of each class; a last one without a name, as an array can't be empty.
namespace fields {
using namespace ast;
// clang-format off
#define PYC_FIELDS(Name) constexpr AstField k##Name[] = {
#define PYC_MOD(Name) PYC_FIELDS(Name)
#define PYC_STMT(Name) PYC_FIELDS(Name)
#define PYC_EXPR(Name) PYC_FIELDS(Name)
#define PYC_PATTERN(Name) PYC_FIELDS(Name)
#define PYC_TYPE_PARAM(Name) PYC_FIELDS(Name)
#define PYC_LOCATED(Name, asdlName) PYC_FIELDS(Name)
#define PYC_PRODUCT(Name, asdlName) PYC_FIELDS(Name)
#define PYC_FIELD(Type, name) makeField<Type>(#name, AstMany::One),
#define PYC_OPTIONAL(Type, name) makeField<Type>(#name, AstMany::Optional),
#define PYC_HOLEY(Type, name) makeField<Type>(#name, AstMany::HoleyList),
#define PYC_ABSENT(type, name) absentField(type, #name),
#define PYC_END(Name) {}};
#include "compiler/frontend/parse/ast.def"
#undef PYC_FIELDS
constexpr AstField kFunctionType[] = {
    {"argtypes", "expr", AstMany::List}, {"returns", "expr"}, {}};
constexpr AstField kTypeIgnore[] = {{"lineno", "int"}, {"tag", "string"}, {}};
// clang-format on
} // namespace fields

template <size_t size> constexpr std::span<const AstField> fieldsIn(const AstField (&table)[size]) {
  return {table, size - 1};
}

constexpr AstSchema abstractClass(std::string_view name, bool hasPosition = false) {
  return {name, AstClass::Count, true, hasPosition, {}};
}
constexpr AstSchema plainClass(std::string_view name, AstClass base) {
  return {name, base, false, false, {}};
}
constexpr AstClass baseOfPart(std::string_view name) {
  return name == "ExceptHandler" ? AstClass::excepthandler : AstClass::Count;
}

// In the order of AstClass.
constexpr AstSchema kSchemas[] = {
    abstractClass("mod"),
    abstractClass("stmt", true),
    abstractClass("expr", true),
    abstractClass("expr_context"),
    abstractClass("boolop"),
    abstractClass("operator"),
    abstractClass("unaryop"),
    abstractClass("cmpop"),
    abstractClass("excepthandler", true),
    abstractClass("pattern", true),
    abstractClass("type_ignore"),
    abstractClass("type_param", true),
#define PYC_NODE(Name, text, base, hasPosition)                                                    \
  {text, base, false, hasPosition, fieldsIn(fields::k##Name)},
#define PYC_MOD(Name) PYC_NODE(Name, #Name, AstClass::mod, false)
#define PYC_STMT(Name) PYC_NODE(Name, #Name, AstClass::stmt, true)
#define PYC_EXPR(Name) PYC_NODE(Name, #Name, AstClass::expr, true)
#define PYC_PATTERN(Name) PYC_NODE(Name, #Name, AstClass::pattern, true)
#define PYC_TYPE_PARAM(Name) PYC_NODE(Name, #Name, AstClass::type_param, true)
#define PYC_LOCATED(Name, text) PYC_NODE(Name, text, baseOfPart(text), true)
#define PYC_PRODUCT(Name, text) PYC_NODE(Name, text, AstClass::Count, false)
#include "compiler/frontend/parse/ast.def"
#undef PYC_NODE
    {"FunctionType", AstClass::mod, false, false, fieldsIn(fields::kFunctionType)},
    {"TypeIgnore", AstClass::type_ignore, false, false, fieldsIn(fields::kTypeIgnore)},
    plainClass("Load", AstClass::expr_context),
    plainClass("Store", AstClass::expr_context),
    plainClass("Del", AstClass::expr_context),
    plainClass("And", AstClass::boolop),
    plainClass("Or", AstClass::boolop),
    plainClass("Add", AstClass::operator_),
    plainClass("Sub", AstClass::operator_),
    plainClass("Mult", AstClass::operator_),
    plainClass("MatMult", AstClass::operator_),
    plainClass("Div", AstClass::operator_),
    plainClass("Mod", AstClass::operator_),
    plainClass("Pow", AstClass::operator_),
    plainClass("LShift", AstClass::operator_),
    plainClass("RShift", AstClass::operator_),
    plainClass("BitOr", AstClass::operator_),
    plainClass("BitXor", AstClass::operator_),
    plainClass("BitAnd", AstClass::operator_),
    plainClass("FloorDiv", AstClass::operator_),
    plainClass("Invert", AstClass::unaryop),
    plainClass("Not", AstClass::unaryop),
    plainClass("UAdd", AstClass::unaryop),
    plainClass("USub", AstClass::unaryop),
    plainClass("Eq", AstClass::cmpop),
    plainClass("NotEq", AstClass::cmpop),
    plainClass("Lt", AstClass::cmpop),
    plainClass("LtE", AstClass::cmpop),
    plainClass("Gt", AstClass::cmpop),
    plainClass("GtE", AstClass::cmpop),
    plainClass("Is", AstClass::cmpop),
    plainClass("IsNot", AstClass::cmpop),
    plainClass("In", AstClass::cmpop),
    plainClass("NotIn", AstClass::cmpop),
};
static_assert(std::size(kSchemas) == kAstClassCount);

std::string definitionOfOne(const AstSchema& schema) {
  std::string text(schema.name);
  for (size_t k = 0; k < schema.fields.size(); ++k) {
    const AstField& field = schema.fields[k];
    static constexpr std::string_view kMarks[] = {" ", "? ", "* ", "?* "};
    text += k ? ", " : "(";
    text += field.type;
    text += kMarks[static_cast<size_t>(field.many)];
    text += field.name;
  }
  return schema.fields.empty() ? text : text + ")";
}

} // namespace

const AstSchema& astSchema(AstClass id) {
  return kSchemas[static_cast<size_t>(id)];
}

AstClass astClassNamed(std::string_view name) {
  for (size_t k = 0; k < kAstClassCount; ++k)
    if (kSchemas[k].name == name)
      return static_cast<AstClass>(k);
  PYC_UNREACHABLE("a class of the abstract grammar");
}

std::string astDefinition(AstClass id) {
  const AstSchema& schema = astSchema(id);
  if (!schema.isAbstract)
    return definitionOfOne(schema);
  std::string text = std::string(schema.name) + " = ";
  // Alternatives without fields fit one line.
  bool isFirst = true;
  for (const AstSchema& derived : kSchemas) {
    if (derived.base != id)
      continue;
    if (!isFirst)
      text += derived.fields.empty() && derived.base != AstClass::stmt
                  ? " | "
                  : "\n" + std::string(schema.name.size() + 1, ' ') + "| ";
    text += definitionOfOne(derived);
    isFirst = false;
  }
  return text;
}

} // namespace pyc::rt
