// Generic access to the tree: dispatch on a node's kind, and walking the fields of a node.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <utility>

namespace pyc::ast {

/// Calls `function` with `node` as its own type and returns what that returns. An overload set that
/// lacks a node does not compile.
template <class F> decltype(auto) visit(const ModNode& node, F&& function) {
  switch (node.kind) {
#define PYC_MOD(Name)                                                                              \
  case ModKind::Name:                                                                              \
    return function(static_cast<const Name&>(node));
#include "compiler/frontend/parse/ast.def"
  }
  PYC_UNREACHABLE("ModKind");
}
template <class F> decltype(auto) visit(const StmtNode& node, F&& function) {
  switch (node.kind) {
#define PYC_STMT(Name)                                                                             \
  case StmtKind::Name:                                                                             \
    return function(static_cast<const Name&>(node));
#include "compiler/frontend/parse/ast.def"
  }
  PYC_UNREACHABLE("StmtKind");
}
template <class F> decltype(auto) visit(const ExprNode& node, F&& function) {
  switch (node.kind) {
#define PYC_EXPR(Name)                                                                             \
  case ExprKind::Name:                                                                             \
    return function(static_cast<const Name&>(node));
#include "compiler/frontend/parse/ast.def"
  }
  PYC_UNREACHABLE("ExprKind");
}
template <class F> decltype(auto) visit(const PatternNode& node, F&& function) {
  switch (node.kind) {
#define PYC_PATTERN(Name)                                                                          \
  case PatternKind::Name:                                                                          \
    return function(static_cast<const Name&>(node));
#include "compiler/frontend/parse/ast.def"
  }
  PYC_UNREACHABLE("PatternKind");
}
template <class F> decltype(auto) visit(const TypeParamNode& node, F&& function) {
  switch (node.kind) {
#define PYC_TYPE_PARAM(Name)                                                                       \
  case TypeParamKind::Name:                                                                        \
    return function(static_cast<const Name&>(node));
#include "compiler/frontend/parse/ast.def"
  }
  PYC_UNREACHABLE("TypeParamKind");
}

/// Calls `function(fieldName, field)` for each field of a node, in the order of the ASDL.
// clang-format off
#define PYC_FIELDS_OF(Name)                                                                        \
  template <class F> void forEachField([[maybe_unused]] const Name& node,                          \
                                       [[maybe_unused]] F&& function) {
#define PYC_MOD(Name) PYC_FIELDS_OF(Name)
#define PYC_STMT(Name) PYC_FIELDS_OF(Name)
#define PYC_EXPR(Name) PYC_FIELDS_OF(Name)
#define PYC_PATTERN(Name) PYC_FIELDS_OF(Name)
#define PYC_TYPE_PARAM(Name) PYC_FIELDS_OF(Name)
#define PYC_LOCATED(Name, asdlName) PYC_FIELDS_OF(Name)
#define PYC_PRODUCT(Name, asdlName) PYC_FIELDS_OF(Name)
#define PYC_FIELD(Type, name) function(#name, node.name);
#define PYC_END(Name) }
#include "compiler/frontend/parse/ast.def"
#undef PYC_FIELDS_OF
// clang-format on

namespace detail {
/// What `forEachChild` calls for one field: children are passed on, anything else is left out.
template <class F> struct ChildCaller {
  F& function;
  template <class T> void operator()(const char*, T* const& child) const {
    if constexpr (!std::is_same_v<T, const InternedName>)
      if (child)
        function(*child);
  }
  template <class T> void operator()(const char*, const Seq<T>& children) const {
    if constexpr (!std::is_same_v<T, const InternedName>)
      for (T* child : children)
        if (child)
          function(*child);
  }
  template <class T> void operator()(const char*, const T&) const {}
};
} // namespace detail

/// Calls `function(child)` for each child node of `node` (a category, a part such as Arguments, or
/// a node's own type), in the order of the fields, not deeper. Absent children are left out.
template <class Node, class F> void forEachChild(const Node& node, F&& function) {
  if constexpr (requires { visit(node, [](const auto&) {}); } && !requires { Node::kKind; })
    visit(node, [&](const auto& concrete) { forEachChild(concrete, function); });
  else
    forEachField(node, detail::ChildCaller<std::remove_reference_t<F>>{function});
}

} // namespace pyc::ast
