// The module `builtins`: its functions, types, exceptions and constants.
#include "runtime/modules/builtins.h"

#include "runtime/modules/io.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

/// Types that go by their own names.
TypeObject* const kTypes[] = {
    &objectType,    &typeType,   &intType,      &boolType,         &floatType,
    &complexType,   &strType,    &bytesType,    &byteArrayType,    &memoryViewType,
    &tupleType,     &listType,   &dictType,     &frozenDictType,   &setType,
    &frozenSetType, &rangeType,  &sliceType,    &enumerateType,    &zipType,
    &mapType,       &filterType, &reversedType, &staticMethodType, &classMethodType,
    &propertyType,  &superType,  &sentinelType,
};

#define PYC_TYPE(id, variable)
#define PYC_EXCEPTION(id, variable, base) &variable,
TypeObject* const kExceptions[] = {
#include "runtime/objects/builtin_types.def"
};

bool addFunctionTables(ModuleObject* module) {
  for (std::span<const MethodDef> table : {numberBuiltins(), textBuiltins(), objectBuiltins(),
                                           iterationBuiltins(), codeBuiltins(), streamBuiltins()})
    if (!addFunctions(module, table.data(), table.size()))
      return false;
  return true;
}

bool addTypes(ModuleObject* module) {
  for (TypeObject* type : kTypes)
    if (!addType(module, *type))
      return false;
  for (TypeObject* type : kExceptions)
    if (!addType(module, *type))
      return false;
  return addValue(module, "EnvironmentError", Ref::copy(&osErrorType.header)) &&
         addValue(module, "IOError", Ref::copy(&osErrorType.header));
}

bool addConstants(ModuleObject* module) {
  return addValue(module, "None", Ref::none()) && addValue(module, "True", Ref::boolean(true)) &&
         addValue(module, "False", Ref::boolean(false)) &&
         addValue(module, "Ellipsis", Ref::copy(Value::ellipsis())) &&
         addValue(module, "NotImplemented", Ref::notImplemented()) &&
         addValue(module, "__debug__", Ref::boolean(true));
}

} // namespace

bool fillModule_builtins(ModuleObject* module) {
  return addStr(module, "__doc__",
                "Built-in functions, types, exceptions, and other objects.\n\n"
                "This module provides direct access to all 'built-in'\n"
                "identifiers of Python; for example, builtins.len is\n"
                "the full name for the built-in function len().\n\n"
                "This module is not normally accessed explicitly by most\n"
                "applications, but can be useful in modules that provide\n"
                "objects with the same name as a builtin and need to\n"
                "reference the built-in of that name.") &&
         addFunctionTables(module) && addFunctions(module, &openDefinition(), 1) &&
         addTypes(module) && addConstants(module) && addQuitters(module);
}

} // namespace pyc::rt
