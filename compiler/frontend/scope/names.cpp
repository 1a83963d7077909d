#include "compiler/frontend/scope/names.h"

#include <string>

namespace pyc {

NameTable::NameTable() {
  static constexpr std::string_view kTexts[] = {
#define PYC_NAME(Name, text) text,
#include "compiler/frontend/scope/names.def"
  };
  for (std::string_view text : kTexts)
    intern(text);
}

NameId NameTable::intern(std::string_view text) {
  auto found = ids_.find(text);
  if (found != ids_.end())
    return found->second;
  auto id = static_cast<NameId>(texts_.size());
  std::string_view kept = arena_.copy(text);
  texts_.push_back(kept);
  ids_.emplace(kept, id);
  return id;
}

NameId NameTable::of(ast::Identifier identifier) {
  if (identifier->id >= ofIdentifier_.size())
    ofIdentifier_.resize(identifier->id + 1, NameId::None);
  NameId& id = ofIdentifier_[identifier->id];
  if (id == NameId::None)
    id = intern(identifier->text);
  return id;
}

NameId NameTable::mangle(NameId name, NameId className) {
  if (className == NameId::None)
    return name;
  std::string_view plain = text(name);
  // Dunder names, and dotted names of imports, stay as they are.
  if (!plain.starts_with("__") || plain.ends_with("__") || plain.find('.') != plain.npos)
    return name;
  std::string_view owner = text(className);
  size_t start = owner.find_first_not_of('_');
  if (start == owner.npos)
    return name;
  std::string mangled = "_";
  mangled += owner.substr(start);
  mangled += plain;
  return intern(mangled);
}

} // namespace pyc
