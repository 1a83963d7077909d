#include "runtime/stats/exit_profile.h"

#include "dialects/uop/body_hash.h"

namespace pyc::rt {

profile::Profile exitProfile(const std::vector<ExitCount>& exits) {
  profile::Profile profile;
  for (const ExitCount& exit : exits) {
    const CodeObject* code = exit.code;
    const uop::CodeRecord& record = *code->record;
    if (code->ownsRecord) // made at run time by code.replace()
      continue;
    profile::Function& function = profile.functions.emplace_back();
    function.module = exit.module;
    function.name = code->image.string(record.qualifiedName);
    function.ordinal = uop::ordinalOf(code->image, record);
    function.hash = uop::hashBody(code->image, record);
    function.firstLine = record.firstLine;
    profile::Site& site = function.sites.emplace_back();
    site.word = exit.word;
    int line = codeLine(code, exit.word);
    site.line = line > static_cast<int>(record.firstLine) ? line - record.firstLine : 0;
    site.exits = exit.count;
  }
  normalize(profile);
  return profile;
}

} // namespace pyc::rt
