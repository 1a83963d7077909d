// The abstract syntax tree: CPython 3.15's node and field names (ast.def declares them), in nodes
// that live in one arena and go with their `Tree`.
//
// A node is met through a pointer to its category (ExprNode, StmtNode, PatternNode, TypeParamNode,
// ModNode), which knows the node's kind and span. A consumer switches over the kind, exhaustively
// and without `default:`, so that the compiler names whatever it forgot:
//
//   switch (expr->kind) {
//   case ExprKind::Name:
//     return emitName(cast<Name>(*expr));
//   case ExprKind::Call: { auto& call = cast<Call>(*expr); ... }
//   ...
//   }
//
// or hands an overload set to ast_visit.h's `visit(*expr, functions)`. Only the parser writes to a
// tree; from then on it is read-only, and may be read from several threads.
//
// The tree's height is bounded (kMaxTreeHeight): recursive consumers need no guard of their own.
#pragma once

#include "compiler/frontend/source/span.h"
#include "runtime/base/arena.h"
#include "runtime/base/check.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace pyc::ast {

/// An identifier of one tree, NFKC-normalised UTF-8. Equal names of a tree have the same address
/// and the same `id`; ids count from 0 in the order of first appearance.
struct InternedName {
  std::string_view text;
  uint32_t id;
};
using Identifier = const InternedName*;
using IdentifierSeq = std::span<const Identifier>;

/// A list of child nodes.
template <class T> using Seq = std::span<T* const>;

enum class ExprContext : uint8_t { Load, Store, Del };
enum class BoolOperator : uint8_t { And, Or };
// clang-format off
enum class Operator : uint8_t {
  Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv
};
enum class UnaryOperator : uint8_t { Invert, Not, UAdd, USub };
enum class CmpOp : uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };
// clang-format on
using CmpOpSeq = std::span<const CmpOp>;

/// `Constant.kind` of the ASDL: whether a string literal began with a `u` prefix.
enum class StringPrefix : uint8_t { None, U };

/// The parser makes none of the last two, which a tree built by a program may have.
// clang-format off
enum class ConstantKind : uint8_t {
  None, True, False, Ellipsis, Int, Float, Complex, Str, Bytes, Tuple, FrozenSet
};
// clang-format on

/// The value of a literal.
struct ConstantValue {
  ConstantKind kind = ConstantKind::None;
  /// Int: 0 says that `integer` is the value; 10 and 16 say that `text` holds its digits in that
  /// base (without sign, prefix, underscores or leading zeros; lower case), for values that need
  /// more than 64 bits.
  uint8_t digitsBase = 0;
  /// Int: the number is below zero, which no literal is.
  bool isNegative = false;
  union {
    uint64_t integer = 0; // Int
    double number;        // Float, and the imaginary part of Complex
    size_t itemCount;     // Tuple and FrozenSet
  };
  /// Complex: the real part, which is 0 for literals.
  double real = 0;
  /// Tuple and FrozenSet.
  const ConstantValue* items = nullptr;
  /// Str: WTF-8 (UTF-8 in which lone surrogates keep their three-byte form). Bytes: the bytes.
  std::string_view text;
};

// clang-format off
enum class ModKind : uint8_t {
#define PYC_MOD(Name) Name,
#include "compiler/frontend/parse/ast.def"
};
enum class StmtKind : uint8_t {
#define PYC_STMT(Name) Name,
#include "compiler/frontend/parse/ast.def"
};
enum class ExprKind : uint8_t {
#define PYC_EXPR(Name) Name,
#include "compiler/frontend/parse/ast.def"
};
enum class PatternKind : uint8_t {
#define PYC_PATTERN(Name) Name,
#include "compiler/frontend/parse/ast.def"
};
enum class TypeParamKind : uint8_t {
#define PYC_TYPE_PARAM(Name) Name,
#include "compiler/frontend/parse/ast.def"
};
// clang-format on

/// What the nodes of one category share. `Derived` only keeps the categories apart.
template <class Derived, class KindType> struct NodeBase {
  using Category = Derived;
  using Kind = KindType;
  SourceSpan span;
  Kind kind;

protected:
  explicit NodeBase(Kind k) : kind(k) {}
};

struct ModNode : NodeBase<ModNode, ModKind> {
  using NodeBase::NodeBase;
};
struct StmtNode : NodeBase<StmtNode, StmtKind> {
  using NodeBase::NodeBase;
};
struct ExprNode : NodeBase<ExprNode, ExprKind> {
  /// How many expressions deep this one is, itself included.
  uint16_t height = 1;
  using NodeBase::NodeBase;
};
struct PatternNode : NodeBase<PatternNode, PatternKind> {
  using NodeBase::NodeBase;
};
struct TypeParamNode : NodeBase<TypeParamNode, TypeParamKind> {
  using NodeBase::NodeBase;
};

#define PYC_PRODUCT(Name, asdlName) struct Name;
#define PYC_LOCATED(Name, asdlName) struct Name;
#include "compiler/frontend/parse/ast.def"

// clang-format off
#define PYC_NODE(Name, Base)                                                                       \
  struct Name : Base##Node {                                                                       \
    static constexpr Base##Kind kKind = Base##Kind::Name;                                          \
    Name() : Base##Node(kKind) {}
#define PYC_MOD(Name) PYC_NODE(Name, Mod)
#define PYC_STMT(Name) PYC_NODE(Name, Stmt)
#define PYC_EXPR(Name) PYC_NODE(Name, Expr)
#define PYC_PATTERN(Name) PYC_NODE(Name, Pattern)
#define PYC_TYPE_PARAM(Name) PYC_NODE(Name, TypeParam)
#define PYC_LOCATED(Name, asdlName) struct Name { SourceSpan span;
#define PYC_PRODUCT(Name, asdlName) struct Name {
#define PYC_FIELD(Type, name) Type name{};
#define PYC_END(Name) };
#include "compiler/frontend/parse/ast.def"
#undef PYC_NODE
// clang-format on

/// True where `node` is a `T`.
template <class T> bool isa(const typename T::Category& node) {
  return node.kind == T::kKind;
}

/// `node` as the `T` that its kind says it is; a wrong cast is a bug of the caller.
template <class T> const T& cast(const typename T::Category& node) {
  PYC_DCHECK(isa<T>(node));
  return static_cast<const T&>(node);
}
template <class T> T& cast(typename T::Category& node) {
  PYC_DCHECK(isa<T>(node));
  return static_cast<T&>(node);
}

/// `node` as a `T`, or null where it is null or something else.
template <class T> const T* dynCast(const typename T::Category* node) {
  return node && isa<T>(*node) ? static_cast<const T*>(node) : nullptr;
}
template <class T> T* dynCast(typename T::Category* node) {
  return node && isa<T>(*node) ? static_cast<T*>(node) : nullptr;
}

/// No path from the root of a tree to a leaf is longer than this; what would be is an error.
inline constexpr uint32_t kMaxTreeHeight = 6000;

/// A parsed source and all its storage. Literals and names do not point into the source text.
struct Tree {
  Arena arena;
  ModNode* root = nullptr;
  /// One more than the largest InternedName::id.
  uint32_t nameCount = 0;
};

} // namespace pyc::ast
