// Types of values as numbers that are quick to make and compare. Their texts (profile.h) are made
// when a key is seen for the first time, while what it stands for is sure to be alive.
#pragma once

#include "profiler/format/profile.h"
#include "profiler/record/live.h"
#include "runtime/objects/array_object.h"
#include "runtime/objects/function.h"
#include "runtime/objects/list.h"
#include "runtime/objects/type.h"

#include <optional>
#include <string>

namespace pyc::profile {

inline constexpr TypeKey kKeyInt = 8, kKeyFloat = 16, kKeyNull = 24;

/// Built-in types whose keys say more than the type, by the numbers of their shapes.
inline constexpr uint64_t kDetailedShapes = [] {
  uint64_t shapes = 0;
  for (rt::ShapeRef shape :
       {rt::kShapeList, rt::kShapeTuple, rt::kShapeInt, rt::kShapeFunction, rt::kShapeType,
        rt::kShapeBoundMethod, rt::kShapeBuiltinFunction, rt::kShapeMethodDescriptor})
    shapes |= uint64_t{1} << shape / sizeof(rt::Shape);
  return shapes;
}();

/// Their keys.
TypeKey keyOfBuiltin(rt::Object* object);
/// The key of an exact array.array.
TypeKey keyOfArray(rt::Object* object);

inline TypeKey keyOf(rt::Value value) {
  if (value.isInt())
    return kKeyInt;
  if (!value.isObject())
    return kKeyFloat;
  if (!value)
    return kKeyNull;
  rt::Object* object = value.object();
  size_t number = object->shape / sizeof(rt::Shape);
  if (number < 64 && (kDetailedShapes >> number & 1))
    return keyOfBuiltin(object);
  if (object->shape == rt::pycArrayShape)
    return keyOfArray(object);
  return static_cast<TypeKey>(object->shape) << 3;
}

/// A str's text; "?" for anything else.
std::string utf8(rt::Value text);

/// The name by which the module of a namespace was imported: what its spec says, since a module may
/// give itself another `__name__` (_pydecimal does). "?" when there is none.
std::string moduleOf(rt::DictObject* globals);

/// The text that a code was compiled from while the program ran; nothing when it is a module's, or
/// was changed since (code.replace()).
std::optional<Text> textOf(const rt::CodeObject* code);
/// What the profile calls the module of a code that runs in this namespace: textName() of a text.
std::string moduleOf(const rt::CodeObject* code, rt::DictObject* globals);

/// Makes the key's text and keeps what it stands for alive. `value` has this key.
void describeKey(TypeKey key, rt::Value value);
/// The text of a key that was described. Thread-safe.
std::string textOfKey(TypeKey key);

} // namespace pyc::profile
