#include "compiler/import/module_hints.h"

#include "compiler/import/import.h"
#include "dialects/uop/body_hash.h"

namespace pyc {

ModuleHints::ModuleHints(uop::ImageView image, const std::string& moduleName) {
  for (unsigned i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    if (!(code.flags & uop::kCodeOptimized))
      continue;
    std::string_view name = image.string(code.qualifiedName); // without dots: the module's own
    if (uop::ordinalOf(image, code) != 0)
      functions_.erase(name);
    else
      functions_[name] = {"function " + profileName(image, code, moduleName),
                          uop::hintOfResult(code)};
  }
}

const ModuleHints::Callee* ModuleHints::find(llvm::StringRef global) const {
  auto found = functions_.find(global);
  return found == functions_.end() ? nullptr : &found->second;
}

} // namespace pyc
