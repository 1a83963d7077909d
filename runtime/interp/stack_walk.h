// The Python functions that are running, whichever way they run. Those of the interpreter are
// frames in the thread's chain. Native code has none: its functions are found by the return
// addresses on the native stack, and their order among the frames by where these are or run.
#pragma once

#include "runtime/interp/frame.h"

#include <functional>

namespace pyc::rt {

/// One running function.
struct StackEntry {
  Frame* frame; // null: native code
  CodeObject* code;
  uint32_t word; // of the current instruction, in native code maybe another one of the same line

  DictObject* globals() const { return frame ? frame->globals : code->nativeGlobals; }
};

/// Calls `visit` for the functions that this thread runs, the innermost first, until it returns
/// false. It must not run Python code. `innermost` is the first of the frames: usually the
/// thread's.
void walkStack(Frame* innermost, const std::function<bool(const StackEntry&)>& visit);

/// Whether a function of this code is among them.
bool isRunning(const CodeObject* code);

/// The entry that is `depth` calls out; false when there are not that many.
bool stackEntryAt(int64_t depth, StackEntry& entry);

} // namespace pyc::rt
