// Types of values as numbers that are quick to make and compare. Their texts (profile.h) are made
// when a key is seen for the first time, while what it stands for is sure to be alive.
#pragma once

#include "profiler/record/live.h"
#include "runtime/objects/function.h"
#include "runtime/objects/list.h"
#include "runtime/objects/type.h"

namespace pyc::profile {

inline constexpr TypeKey kKeyInt = 8, kKeyFloat = 16, kKeyNull = 24;

/// Keys of built-in types that say more than the type.
TypeKey keyOfBuiltin(rt::Object* object);

inline TypeKey keyOf(rt::Value value) {
  if (value.isInt())
    return kKeyInt;
  if (!value.isObject())
    return kKeyFloat;
  if (!value)
    return kKeyNull;
  rt::Object* object = value.object();
  if (object->shape < rt::kBuiltinShapeCount * sizeof(rt::Shape))
    return keyOfBuiltin(object);
  return static_cast<TypeKey>(object->shape) << 3;
}

/// A str's text; "?" for anything else.
std::string utf8(rt::Value text);

/// Makes the key's text and keeps what it stands for alive. `value` has this key.
void describeKey(TypeKey key, rt::Value value);
/// The text of a key that was described. Thread-safe.
std::string textOfKey(TypeKey key);

} // namespace pyc::profile
