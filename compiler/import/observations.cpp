#include "compiler/import/observations.h"

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

ArrayAttr Observations::types(Builder b, const profile::Slot& slot) const {
  SmallVector<Attribute> texts;
  for (const profile::Seen& seen : slot.seen)
    texts.push_back(b.getStringAttr(profile_->types[seen.type]));
  if (slot.other != 0)
    texts.push_back(b.getStringAttr("..."));
  return b.getArrayAttr(texts);
}

ModuleObservations::ModuleObservations(uop::ImageView image, const std::string& moduleName,
                                       const profile::Profile* profile)
    : profile_(profile) {
  if (profile)
    matches_ = profile::matchModule(image, moduleName, *profile);
}

Observations ModuleObservations::of(const uop::CodeRecord& code) const {
  bool isFound = profile_ && matches_[code.index].fit == profile::Fit::Found;
  return isFound ? Observations(*profile_, *matches_[code.index].function) : Observations();
}

} // namespace pyc
