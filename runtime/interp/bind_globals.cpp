// Which code reads which namespace's slots directly. A namespace that dies takes its slots along,
// so the codes bound to it must forget them; a code that dies must leave the namespace's list.
#include "runtime/interp/bind_globals.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace pyc::rt {

namespace {

using Bindings = std::unordered_map<const DictObject*, std::vector<CodeObject*>>;

Bindings& bindings() {
  static Bindings table;
  return table;
}

void namespaceDies(DictObject* dict) {
  auto found = bindings().find(dict);
  if (found == bindings().end())
    return;
  for (CodeObject* code : found->second) {
    code->boundGlobals = nullptr;
    std::fill_n(code->globalSlots, code->record->nameCount, nullptr);
  }
  bindings().erase(found);
}

void codeDies(CodeObject* code) {
  auto found = bindings().find(code->boundGlobals);
  if (found != bindings().end())
    std::erase(found->second, code);
}

} // namespace

void bindGlobals(CodeObject* code, DictObject* globals) {
  bindings()[globals].push_back(code);
  code->boundGlobals = globals;
}

void installBindingHooks() {
  watchedDictDies = namespaceDies;
  boundCodeDies = codeDies;
}

} // namespace pyc::rt
