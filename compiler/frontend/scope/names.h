// The identifiers of one compilation: those of its tree, mangled ones, and the compiler's own.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyc {

/// Equal exactly when the texts are equal.
enum class NameId : uint32_t {
#define PYC_NAME(Name, text) Name,
#include "compiler/frontend/scope/names.def"
  None = UINT32_MAX,
};

/// Not thread-safe.
class NameTable {
public:
  NameTable();

  NameId intern(std::string_view text);
  NameId of(ast::Identifier identifier);
  std::string_view text(NameId name) const { return texts_[static_cast<uint32_t>(name)]; }
  uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }
  /// `name` as it stands inside class `className` (`__x` becomes `_C__x`); None: outside of any.
  NameId mangle(NameId name, NameId className);

private:
  Arena arena_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, NameId> ids_;
  std::vector<NameId> ofIdentifier_; // by InternedName::id
};

} // namespace pyc
