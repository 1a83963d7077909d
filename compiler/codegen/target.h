// The machines that pyc makes code for.
#pragma once

#include "llvm/Target/TargetMachine.h"

#include <memory>
#include <string>

namespace pyc {

/// A target machine for the triple (empty: this machine's), or null with `error` set.
std::unique_ptr<llvm::TargetMachine> createTargetMachine(const std::string& triple,
                                                         unsigned optLevel, std::string& error);

} // namespace pyc
