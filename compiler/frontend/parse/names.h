// The interned names of one tree.
#pragma once

#include "compiler/frontend/parse/ast.h"

#include <vector>

namespace pyc::parsing {

/// An open-addressing table; the names live in the tree's arena.
class NameTable {
public:
  explicit NameTable(Arena& arena) : arena_(arena), slots_(64) {}

  /// The one InternedName of `text`, which is NFKC-normalised.
  ast::Identifier intern(std::string_view text) {
    uint32_t hash = hashOf(text);
    for (size_t slot = hash & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
      ast::Identifier name = slots_[slot];
      if (!name)
        return insert(slot, text);
      if (name->text == text)
        return name;
    }
  }

  uint32_t count() const { return count_; }

private:
  static uint32_t hashOf(std::string_view text) {
    uint32_t hash = 2166136261u;
    for (char c : text)
      hash = (hash ^ uint8_t(c)) * 16777619u;
    return hash ^ hash >> 15;
  }

  ast::Identifier insert(size_t slot, std::string_view text) {
    auto* name = arena_.create<ast::InternedName>(ast::InternedName{arena_.copy(text), count_++});
    slots_[slot] = name;
    if (count_ * 2 > slots_.size())
      grow();
    return name;
  }

  void grow() {
    std::vector<ast::Identifier> old(slots_.size() * 2);
    old.swap(slots_);
    for (ast::Identifier name : old) {
      if (!name)
        continue;
      size_t slot = hashOf(name->text) & (slots_.size() - 1);
      while (slots_[slot])
        slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = name;
    }
  }

  Arena& arena_;
  std::vector<ast::Identifier> slots_;
  uint32_t count_ = 0;
};

} // namespace pyc::parsing
