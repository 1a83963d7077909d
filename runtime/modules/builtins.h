// The functions of the module `builtins`, by topic: each table is one builtins_<topic>.cpp.
#pragma once

#include "runtime/objects/type.h"

#include <span>

namespace pyc::rt {

std::span<const MethodDef> numberBuiltins();    // abs, divmod, pow, round, sum, min, max, ...
std::span<const MethodDef> textBuiltins();      // ascii, bin, chr, format, hex, oct, ord, repr
std::span<const MethodDef> objectBuiltins();    // getattr, isinstance, hash, id, len, vars, ...
std::span<const MethodDef> iterationBuiltins(); // all, any, iter, next, sorted, ...
std::span<const MethodDef> codeBuiltins();      // compile, eval, exec, __import__, __build_class__
std::span<const MethodDef> streamBuiltins();    // print, input, open

/// exit and quit.
bool addQuitters(struct ModuleObject* module);

} // namespace pyc::rt
