// Helpers for tests that make classes and instances without the interpreter.
#pragma once

#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/runtime.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace pyc::rt {

inline StrObject* nameStr(std::string_view text) {
  return internLiteral(text);
}

/// type(name, bases, namespace)
inline Ref makeTestClass(std::string_view name, std::initializer_list<Value> bases = {},
                         std::initializer_list<std::pair<const char*, Value>> attributes = {}) {
  Ref basesTuple = makeTuple(bases.begin(), bases.size());
  Ref nameSpace = newDict();
  for (auto& [key, value] : attributes)
    if (!dictSetStr(asDict(nameSpace), nameStr(key), value))
      return {};
  Ref nameValue = makeStr(name);
  return call(&typeType, nameValue, basesTuple, nameSpace);
}

/// Text of the exception being raised, which is taken off: "TypeError: ...".
inline std::string takeError() {
  Ref exception = takeRaised();
  if (!exception)
    return "nothing raised";
  Ref text = str(exception);
  std::string storage;
  return std::string(typeName(exception)) + ": " + std::string(utf8View(text, storage));
}

inline std::string textOf(Value value) {
  Ref text = repr(value);
  std::string storage;
  return text ? std::string(utf8View(text, storage)) : takeError();
}

} // namespace pyc::rt
