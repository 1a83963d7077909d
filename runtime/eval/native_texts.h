// Texts that a program compiles while it runs, and that a profile foresaw: their native code is in
// the executable already.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/interp/compile.h"
#include "runtime/objects/code.h"

namespace pyc::rt {

/// The module that was compiled ahead of this very text, in this very way; null when there is none,
/// or when it is taken: native code belongs to one code object. Thread-safe.
const NativeModule* takeNativeText(const CompileRequest& request);

/// What a code is to remember of its text; null when nobody wants to know.
std::unique_ptr<const TextOrigin> originOf(const CompileRequest& request);

} // namespace pyc::rt
