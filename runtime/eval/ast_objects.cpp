// A tree of the frontend as Python objects.
#include "compiler/frontend/parse/ast_visit.h"
#include "runtime/eval/ast_types.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

namespace {

template <class Node> constexpr AstClass kClassOf = AstClass::Count;
// clang-format off
#define PYC_CLASS_OF(Name) template <> constexpr AstClass kClassOf<ast::Name> = AstClass::Name;
#define PYC_MOD(Name) PYC_CLASS_OF(Name)
#define PYC_STMT(Name) PYC_CLASS_OF(Name)
#define PYC_EXPR(Name) PYC_CLASS_OF(Name)
#define PYC_PATTERN(Name) PYC_CLASS_OF(Name)
#define PYC_TYPE_PARAM(Name) PYC_CLASS_OF(Name)
#define PYC_LOCATED(Name, asdlName) PYC_CLASS_OF(Name)
#define PYC_PRODUCT(Name, asdlName) PYC_CLASS_OF(Name)
#include "compiler/frontend/parse/ast.def"
#undef PYC_CLASS_OF
// clang-format on

Ref intConstant(const ast::ConstantValue& value) {
  return value.digitsBase == 0 ? makeIntUnsigned(value.integer)
                               : makeIntFromDigits(value.text, value.digitsBase);
}

/// The parser's literals; it makes no tuples and frozensets.
Ref constantObject(const ast::ConstantValue& value) {
  switch (value.kind) {
  case ast::ConstantKind::None:
    return Ref::none();
  case ast::ConstantKind::True:
    return Ref::boolean(true);
  case ast::ConstantKind::False:
    return Ref::boolean(false);
  case ast::ConstantKind::Ellipsis:
    return Ref::number(Value::ellipsis());
  case ast::ConstantKind::Int:
    return intConstant(value);
  case ast::ConstantKind::Float:
    return Ref::number(Value::fromForeignDouble(value.number));
  case ast::ConstantKind::Complex:
    return makeComplex(0, value.number);
  case ast::ConstantKind::Str:
    return makeStr(value.text);
  case ast::ConstantKind::Bytes:
    return makeBytes(value.text);
  case ast::ConstantKind::Tuple:
  case ast::ConstantKind::FrozenSet:
    break;
  }
  PYC_UNREACHABLE("a literal");
}

template <class Node> Ref makeNode(const Node& node);

// A field's value as an object.
Ref fieldObject(ast::Identifier name) {
  if (!name)
    return Ref::none();
  PYC_TRY(text, makeStr(name->text));
  return intern(text);
}
Ref fieldObject(int32_t number) {
  return Ref::number(Value::fromInt(number));
}
Ref fieldObject(const ast::ConstantValue& value) {
  return constantObject(value);
}
Ref fieldObject(ast::StringPrefix prefix) {
  return prefix == ast::StringPrefix::U ? makeStr("u") : Ref::none();
}
template <class Enum>
  requires std::is_enum_v<Enum>
Ref fieldObject(Enum value) {
  return astConstant(astClassOf(value));
}
template <class Node> Ref fieldObject(Node* const& node) {
  return node ? makeNode(*node) : Ref::none();
}
template <class T> Ref fieldObject(const std::span<T>& items) {
  PYC_TRY(list, newList(items.size()));
  for (const auto& item : items) {
    PYC_TRY(object, fieldObject(item));
    if (!listAppend(asList(list), object))
      return {};
  }
  return list;
}

bool setField(Object* object, std::string_view name, Ref value) {
  return value && setOwnAttr(object, internLiteral(name), value);
}

bool setPosition(Object* object, const SourceSpan& span) {
  return setField(object, "lineno", makeInt(span.line)) &&
         setField(object, "col_offset", makeInt(span.column)) &&
         setField(object, "end_lineno", makeInt(span.endLine)) &&
         setField(object, "end_col_offset", makeInt(span.endColumn));
}

/// The fields that only Python's classes have.
bool setAbsentFields(Object* object, AstClass id) {
  for (const AstField& field : astSchema(id).fields) {
    bool isAbsent = field.name == "type_comment" || field.name == "type_ignores";
    if (isAbsent &&
        !setField(object, field.name, field.many == AstMany::Optional ? Ref::none() : newList(0)))
      return false;
  }
  return true;
}

template <class Node> Ref concreteNode(const Node& node) {
  constexpr AstClass kClass = kClassOf<Node>;
  if (!checkRecursion(" during ast construction"))
    return {};
  Ref object = Ref::steal(allocObject(astClass(kClass)));
  bool done = static_cast<bool>(object);
  ast::forEachField(node, [&](const char* name, const auto& field) {
    done = done && setField(object.get().object(), name, fieldObject(field));
  });
  done = done && setAbsentFields(object.get().object(), kClass);
  if constexpr (requires { node.span; })
    if (astSchema(kClass).hasPosition)
      done = done && setPosition(object.get().object(), node.span);
  return done ? std::move(object) : Ref();
}

template <class Node> Ref makeNode(const Node& node) {
  if constexpr (requires { node.kind; } && !requires { Node::kKind; })
    return ast::visit(node, [](const auto& concrete) { return concreteNode(concrete); });
  else
    return concreteNode(node);
}

} // namespace

Ref treeToObjects(const ast::Tree& tree) {
  return makeAstClasses() ? makeNode(*tree.root) : Ref();
}

} // namespace pyc::rt
