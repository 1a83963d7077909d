// What a module's text lets suppose of its functions, where no profile has seen them: that a global
// with the name of a function of the module is that function.
#pragma once

#include "dialects/uop/hints.h"
#include "dialects/uop/image.h"

#include "llvm/ADT/StringMap.h"

#include <string>

namespace pyc {

class ModuleHints {
public:
  struct Callee {
    std::string type; // as a profile would name it: "function M:f"
    uop::Hint result = uop::Hint::None;
  };
  ModuleHints(uop::ImageView image, const std::string& moduleName);
  /// The function that a global is supposed to be; null when there is none, or several.
  const Callee* find(llvm::StringRef global) const;

private:
  llvm::StringMap<Callee> functions_;
};

} // namespace pyc
