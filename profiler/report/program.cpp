#include "profiler/report/program.h"

namespace pyc::profile {

Program::Program(std::vector<ProgramModule> modules, const Profile& profile)
    : modules_(std::move(modules)) {
  for (const ProgramModule& module : modules_) {
    auto& matches = matches_.emplace_back(matchModule(module.image(), module.name, profile));
    for (uint32_t i = 0; i < matches.size(); ++i)
      if (matches[i].fit == Fit::Found)
        places_[matches[i].function] = {&module, &module.image().code(i)};
  }
}

Place Program::placeOf(const Function& function) const {
  auto at = places_.find(&function);
  return at == places_.end() ? Place() : at->second;
}

uint32_t lineOf(const Function& function, const Site& site, const Place& place) {
  if (place) {
    const uop::PositionEntry* entry = uop::findPosition(place.image(), *place.code, site.word);
    if (entry && entry->line > 0)
      return static_cast<uint32_t>(entry->line);
    return place.code->firstLine;
  }
  return function.firstLine + site.line;
}

std::string localName(const std::string& name, uint32_t ordinal) {
  return ordinal == 0 ? name : name + "#" + std::to_string(ordinal);
}

std::string nameOf(const Function& function) {
  return function.module + ":" + localName(function.name, function.ordinal);
}

} // namespace pyc::profile
