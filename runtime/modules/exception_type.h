// Exception types of modules that add nothing to their base.
#pragma once

#include "runtime/objects/exception_fields.h"

namespace pyc::rt {

/// `name` as tp_name: "zlib.error".
constexpr TypeObject moduleException(const char* name, TypeObject& base,
                                     const char* doc = nullptr) {
  TypeObject type;
  type.name = name;
  type.base = &base;
  type.basicSize = sizeof(ExceptionObject);
  type.flags = kExceptionFlags;
  type.doc = doc;
  return type;
}

} // namespace pyc::rt
