// The modules that are written in C++ (modules.def), and helpers for their fill functions.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/module.h"
#include "runtime/objects/str.h"

#include <span>
#include <string_view>

namespace pyc::rt {

/// The modules that are linked: an executable has those of its NativeProgram.
std::span<const BuiltinModule> builtinModules();
/// Before the first import.
void setBuiltinModules(std::span<const BuiltinModule> modules);
/// Every module of modules.def. Who refers to this function links them all.
std::span<const BuiltinModule> allBuiltinModules();
/// Null when there is none of that name.
const BuiltinModule* findBuiltinModule(std::string_view name);

#define PYC_MODULE(name) extern "C" bool fillModule_##name(ModuleObject* module);
#include "runtime/modules/modules.def"

/// A raw function of a module, without the module as first argument.
template <Ref (*function)(const Value*, size_t, Value)>
Ref moduleRaw(const Value* args, size_t argc, Value kwnames) {
  return function(args + 1, argc - 1, kwnames);
}

/// module.name = value; takes over the value's count. False with an exception, also when value is
/// null.
bool addValue(ModuleObject* module, std::string_view name, Ref value);
bool addInt(ModuleObject* module, std::string_view name, int64_t value);
bool addStr(ModuleObject* module, std::string_view name, std::string_view value);
/// A built-in type under the last part of its name.
bool addType(ModuleObject* module, TypeObject& type);

} // namespace pyc::rt
