// What profiles call the layout of an object's attributes, "instance M.C{a,b}@24" (profile.h), and
// joined layouts: those of several classes, separated by `|`.
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace pyc {

/// Offset of an attribute in a layout of one class; nothing when the layout does not say.
std::optional<unsigned> offsetIn(llvm::StringRef layout, llvm::StringRef name);

/// The offset of an attribute, when it is the same in all layouts (a base class's attributes in its
/// subclasses).
std::optional<unsigned> commonOffset(llvm::ArrayRef<llvm::StringRef> layouts, llvm::StringRef name);

/// One name for all of the layouts; each is named once.
std::string joinLayouts(llvm::SmallVector<llvm::StringRef> layouts);

/// Classes at most that one guard expects: profiles name no more than one more.
inline constexpr unsigned kMaxLayouts = 7;

} // namespace pyc
