// uop code -> SSA in the `uop` dialect.
#pragma once

#include "compiler/remarks/remark.h"
#include "dialects/uop/image.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "profiler/format/profile.h"

#include <optional>
#include <string>

namespace pyc {

/// Imports every code object of the image that native code covers (not generators, coroutines and
/// class bodies; those stay with the interpreter) as one func.func each, named `<module>.<qualified
/// name>`, with the attribute `uop.code` = index of its code record. What `profile` (or null) saw
/// is attached (observations.h); to the other functions, with `usesHints`, what annotations
/// suppose. Both need the passes of -O1. Beside a hot function that the profile specialises stands
/// general code for where calls may go on (continuations.h), with `uop.continues`. Functions
/// that are not hot (profile::isHot) are left out, unless `hotWeight` is 0. `image` must
/// outlive the call.
mlir::OwningOpRef<mlir::ModuleOp> importImage(mlir::MLIRContext& context, uop::ImageView image,
                                              const std::string& moduleName,
                                              const profile::Profile* profile = nullptr,
                                              bool usesHints = false, uint64_t hotWeight = 0);

/// Symbol of a code object's function: `module.qualified.name`, with `#index` behind it for all but
/// the first of a name. gdb and perf show it.
std::string functionSymbol(uop::ImageView image, const uop::CodeRecord& code,
                           const std::string& moduleName);

/// Why native code does not cover a function: a kind of remark; nothing when it does. (Class bodies
/// and most modules' code run once and are not compiled either, which needs no reason.)
std::optional<RemarkKind> whyInterpreted(uop::ImageView image, const uop::CodeRecord& code);

/// What profiles call a function.
std::string profileName(uop::ImageView image, const uop::CodeRecord& code,
                        const std::string& moduleName);

/// Whether native code covers this code object.
bool isCompiled(uop::ImageView image, const uop::CodeRecord& code);

} // namespace pyc
