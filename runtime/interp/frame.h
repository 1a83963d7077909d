// The interpreter's frame. Memory, from low to high:
//   Frame | local n-1 ... local 0 | temporary 0 ... temporary m-1
// `registers` points at temporary 0, so that register r of an instruction is registers[r]:
// local i is registers[-1 - i].
// Frames of plain calls live on the thread's frame stack; those of generators in the generator.
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

struct GeneratorObject;

struct Frame {
  Frame* back;
  CodeObject* code;         // borrowed from the function or owned by the caller
  FunctionObject* function; // owned; null for module and exec'ed code
  DictObject* globals;
  DictObject* builtins;
  Value locals;             // namespace of module, class and exec frames, owned; null in functions
  const uint64_t* pc;       // current instruction; valid while anything is called
  Value* registers;
  GeneratorObject* generator; // null for plain frames
  Value object;             // the Python frame object, if one was asked for (owned)
  uint32_t flags;             // FrameFlags
};

enum FrameFlags : uint32_t {
  /// Words of the caller's instruction, behind which it goes on. Its first operand takes the result.
  kFrameReturnWords = 0xFF,
  kFrameEntry = 0x100,       // returns to C++, not to an instruction of frame->back
  kFrameConstructor = 0x200, // runs __init__: the result must be None, the call's is the instance
};

/// Runs a frame until it returns (owned result), yields, or raises (null).
Ref runFrame(Frame* frame);

/// Runs code in a namespace (module bodies, exec, class bodies). `locals` null: same as globals.
Ref runCode(CodeObject* code, DictObject* globals, Value locals, FunctionObject* function = nullptr);

} // namespace pyc::rt
