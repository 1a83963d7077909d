// Functions made by `def` and `lambda`, functions written in C++, bound methods, cells.
#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

struct FunctionObject {
  Object header;
  CodeObject* code;
  CodeObject* nativeCode; // what native calls of this function run, owned; null without native code
  DictObject* globals;
  DictObject* builtins;
  Value closure;    // tuple of cells, or null
  Value defaults;   // tuple, or null
  Value kwDefaults; // dict, or null
  /// Native entry that takes exactly `directArgs` positional arguments in registers (abi/native.h).
  void* nativeEntry;
  /// Number of arguments of a plain positional call when that needs no binding at all: no *args,
  /// **kwargs, keyword-only parameters, free variables, generator. Else kNoDirectCall, as in a
  /// function whose code is not prepared yet (CodeObject::prepared): makeFunction sets it for
  /// prepared code, the first call for other.
  uint32_t directArgs;
  uint32_t version;
  Value name, qualifiedName, module, doc, annotate, annotations, typeParams;
};
inline constexpr uint32_t kNoDirectCall = 0xFFFFFFFFu;

inline FunctionObject* asFunction(Value value) {
  return value.as<FunctionObject>();
}

/// Entry of the code's native version for functions with these globals; null: interpret. Native
/// code keeps the slots of one namespace.
void* nativeEntryFor(CodeObject* code, DictObject* globals);
/// make_function's meaning; parts may be None.
Ref makeFunction(CodeObject* code, DictObject* globals, Value defaults, Value kwDefaults,
                 Value annotate, Value closure);
/// Calls a Python function. Set by the interpreter at its start, so that this library links without
/// it; the `call` slot of functionType goes through it. Until then calls are a SystemError.
extern CallFn functionCaller;
inline Ref callFunction(Value function, const Value* args, size_t argc, Value kwnames) {
  return functionCaller(function, args, argc, kwnames);
}
/// Binds call arguments to a function's parameters: fills locals[0..parameters) with new
/// references; the array starts null. TypeError with CPython's message (what was filled in stays
/// for the caller to release).
bool bindArguments(FunctionObject* function, const Value* args, size_t argc, Value kwnames,
                   Value* locals);

struct BuiltinFunctionObject {
  Object header;
  const MethodDef* def;
  Value self;                        // bound object or module, or null
  Value module;                      // str or null
  const struct Signature* signature; // parsed on first use
};
/// A function of a module (self: the module) or a bound method of a built-in type. `module` is the
/// module's name, or null.
Ref makeBuiltinFunction(const MethodDef* def, Value self, Value module);

struct BoundMethodObject {
  Object header;
  Value function;
  Value self;
};
inline BoundMethodObject* asBoundMethod(Value value) {
  return value.as<BoundMethodObject>();
}
Ref makeBoundMethod(Value function, Value self);

struct CellObject {
  Object header;
  Value content; // null: empty
};
inline CellObject* asCell(Value value) {
  return value.as<CellObject>();
}
Ref makeCell(Value content); // null for an empty cell

/// Parsed form of a MethodDef's signature (signature.h). Never freed: one for a MethodDef.
struct Signature;
const Signature* parseSignature(const char* text);
/// Arranges arguments by the signature into out[0..parameterCount): see MethodDef::bound. Collected
/// *args and **kwargs are owned by `keep`. TypeErrors as CPython's.
bool bindSignature(const Signature& signature, const Value* args, size_t argc, Value kwnames,
                   Value* out, Ref keep[2]);

} // namespace pyc::rt
