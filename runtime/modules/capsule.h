// Capsules: what a C++ pointer is to Python programs, an object with a name.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

struct CapsuleObject {
  Object header;
  const char* name; // of static storage
  const void* pointer;
};

extern constinit TypeObject capsuleType;

/// Name and pointer must outlive the capsule.
Ref makeCapsule(const char* name, const void* pointer);

} // namespace pyc::rt
