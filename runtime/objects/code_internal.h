// What the files code*.cpp share.
#pragma once

#include "runtime/objects/code.h"

#include <memory>

namespace pyc::rt {

/// Bytes of an image that are freed with the last code object which uses them.
struct CodeMemory {
  uint32_t references; // atomic
  void* image;
  std::unique_ptr<const TextOrigin> origin; // or null
};

/// Code objects that die keep what they have, for statistics that mention them. Set once, before
/// the program begins.
extern bool keepsDeadCodes;

/// A code object of an image; a new reference to `memory` when that is not null.
Ref makeCodeIn(uop::ImageView image, const uop::CodeRecord* record, NativeCode* const* natives,
               CodeMemory* memory);
/// A constant of the code as a new object.
Ref makeConstant(const CodeObject* code, const uop::ConstRecord& constant);
/// A string of the image, interned.
StrObject* internImageString(uop::ImageView image, uint32_t offset);

inline constexpr size_t kCodeGetSetCount = 18;
extern const GetSetDef codeGetSets[kCodeGetSetCount];
inline constexpr size_t kCodeMethodCount = 5;
extern const MethodDef codeMethods[kCodeMethodCount];

} // namespace pyc::rt
