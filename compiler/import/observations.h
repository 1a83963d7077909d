// What a profile says of a module's code, ready to be attached to operations.
//
// Operations carry it as `seen`: for each slot (dialects/uop/profiled.h) the types that were seen,
// most frequent first, with "..." at the end when there were more. No attribute: the operation was
// not executed while the profile was recorded.
#pragma once

#include "dialects/uop/image.h"
#include "profiler/report/match.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

namespace pyc {

/// The profile of one code object; empty when there is none that fits its body.
class Observations {
public:
  Observations() = default;
  Observations(const profile::Profile& profile, const profile::Function& function);

  explicit operator bool() const { return function_ != nullptr; }
  /// Of the instruction at `word`; null when it was not executed.
  const profile::Site* at(uint32_t word) const;
  /// Types of a slot, as in `seen`.
  mlir::ArrayAttr types(mlir::Builder b, const profile::Slot& slot) const;
  const profile::Function& function() const { return *function_; }

private:
  const profile::Profile* profile_ = nullptr;
  const profile::Function* function_ = nullptr;
  llvm::DenseMap<uint32_t, const profile::Site*> sites_;
};

/// Finds the profile of a code object by module, qualified name and body.
class ModuleObservations {
public:
  /// `profile` may be null and must outlive this.
  ModuleObservations(uop::ImageView image, const std::string& moduleName,
                     const profile::Profile* profile);
  Observations of(const uop::CodeRecord& code) const;

private:
  const profile::Profile* profile_;
  std::vector<profile::CodeMatch> matches_; // by code index
};

} // namespace pyc
