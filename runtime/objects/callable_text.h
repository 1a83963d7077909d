// What C++ functions of all kinds show of their MethodDef: name, __doc__, __text_signature__.
#pragma once

#include "runtime/objects/signature.h"

namespace pyc::rt {

/// "append" of "append($self, object, /)".
std::string_view nameInSignature(const char* signature);
/// "($self, object, /)", or None. A function of a module gets the "$module, " that its text leaves
/// out.
Ref textSignature(const char* signature, bool ofModule);
Ref docOrNone(const char* doc);
/// A call's arguments with the object put first.
Ref callWithSelf(const MethodDef* def, const Signature& signature, Value self, const Value* args,
                 size_t argc, Value kwnames);
inline size_t keywordCount(Value kwnames) {
  return kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
}

} // namespace pyc::rt
