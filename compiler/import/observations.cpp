#include "compiler/import/observations.h"

#include "dialects/uop/body_hash.h"

#include <map>
#include <string_view>

using namespace mlir;

namespace pyc {

Observations::Observations(const profile::Profile& profile, const profile::Function& function)
    : profile_(&profile), function_(&function) {
  for (const profile::Site& site : function.sites)
    sites_[site.word] = &site;
}

const profile::Site* Observations::at(uint32_t word) const {
  return sites_.lookup(word);
}

ArrayAttr Observations::types(OpBuilder& b, const profile::Slot& slot) const {
  SmallVector<Attribute> texts;
  for (const profile::Seen& seen : slot.seen)
    texts.push_back(b.getStringAttr(profile_->types[seen.type]));
  if (slot.other != 0)
    texts.push_back(b.getStringAttr("..."));
  return b.getArrayAttr(texts);
}

ArrayAttr Observations::seen(OpBuilder& b, const profile::Site& site) const {
  SmallVector<Attribute> slots;
  for (const profile::Slot& slot : site.slots)
    slots.push_back(types(b, slot));
  return b.getArrayAttr(slots);
}

ModuleObservations::ModuleObservations(uop::ImageView image, const std::string& moduleName,
                                       const profile::Profile* profile)
    : image_(image), profile_(profile) {
  if (!profile)
    return;
  std::multimap<std::string_view, const profile::Function*> byName;
  for (const profile::Function& function : profile->functions)
    if (function.module == moduleName)
      byName.emplace(function.name, &function);
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    auto [first, last] = byName.equal_range(image.string(code.qualifiedName));
    if (first == last)
      continue;
    uint32_t ordinal = uop::ordinalOf(image, code);
    uint64_t hash = uop::hashBody(image, code);
    for (; first != last; ++first)
      if (first->second->ordinal == ordinal && first->second->hash == hash)
        functions_[i] = first->second;
  }
}

Observations ModuleObservations::of(const uop::CodeRecord& code) const {
  const profile::Function* function = functions_.lookup(code.index);
  return function ? Observations(*profile_, *function) : Observations();
}

} // namespace pyc
