// What annotations say of a function's values, for the compiler alone: a hint is never trusted, it
// is where a guard may pay. The names in an annotation are taken as they are written; nothing is
// looked up.
//
// Hints lie in bits of the image that nothing else uses: those of locals in their kinds, above
// LocalKind; that of the result in the code's flags. They are no part of a body's hash, so that a
// profile outlives annotations.
#pragma once

#include "dialects/uop/image.h"

namespace pyc::uop {

enum class Hint : uint8_t { None, Int, Float, Bool, IntList, FloatList, BoolList };

inline constexpr unsigned kLocalHintShift = 4;
inline constexpr unsigned kResultHintShift = 30;
inline constexpr uint32_t kCodeHints = 3u << kResultHintShift; // None, Int, Float or Bool

inline Hint hintOfLocal(ImageView image, const CodeRecord& code, unsigned local) {
  return static_cast<Hint>(image.array<uint8_t>(code.localKinds)[local] >> kLocalHintShift);
}
inline Hint hintOfResult(const CodeRecord& code) {
  return static_cast<Hint>(code.flags >> kResultHintShift);
}

/// The type as a profile would name it; empty for None.
inline const char* typeOf(Hint hint) {
  constexpr const char* kTypes[] = {"",          "int",         "float",     "bool",
                                    "list[int]", "list[float]", "list[bool]"};
  return kTypes[static_cast<unsigned>(hint)];
}
/// Whether the value itself is tested, not what a container holds.
inline bool isScalar(Hint hint) {
  return hint == Hint::Int || hint == Hint::Float || hint == Hint::Bool;
}

} // namespace pyc::uop
