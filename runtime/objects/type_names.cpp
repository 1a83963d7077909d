// Names of types, as messages and repr() show them.
#include "runtime/objects/type_names.h"

#include "runtime/objects/type_internal.h"

#include <cstring>

namespace pyc::rt {

const char* nameOf(const TypeObject* type) {
  const char* dot = (type->flags & kTypeHeap) ? nullptr : std::strrchr(type->name, '.');
  return dot ? dot + 1 : type->name;
}

const char* typeName(Value value) {
  return nameOf(typeOf(value));
}

Ref typeNameStr(TypeObject* type) {
  if (!type->nameValue)
    type->nameValue = internLiteral(nameOf(type));
  return Ref::copy(type->nameValue);
}

Ref typeQualifiedName(TypeObject* type) {
  return type->qualifiedName ? Ref::copy(type->qualifiedName) : typeNameStr(type);
}

Ref typeModuleName(TypeObject* type) {
  if (type->flags & kTypeHeap)
    return Ref::copy(dictFindStr(typeDict(type), names::__module__));
  const char* dot = std::strrchr(type->name, '.');
  if (!dot)
    return Ref::copy(names::builtins);
  return Ref::steal(internLiteral({type->name, static_cast<size_t>(dot - type->name)}));
}

Ref fullTypeName(TypeObject* type) {
  PYC_TRY(name, typeQualifiedName(type));
  Ref module = typeModuleName(type);
  if (!module || !isStr(module) || strEquals(asStr(module), "builtins"))
    return name;
  StrBuilder text;
  text.append(Value(module));
  text.append(".");
  text.append(Value(name));
  return text.finish();
}

} // namespace pyc::rt
