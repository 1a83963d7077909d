// The interpreter's frame. Memory, from low to high:
//   Frame | local n-1 ... local 0 | temporary 0 ... temporary m-1
// `registers` points at temporary 0, so that register r of an instruction is registers[r]:
// local i is registers[-1 - i].
// Frames of plain calls live on the thread's frame stack; those of generators in the generator.
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

struct GeneratorObject;

enum FrameFlags : uint32_t {
  /// Words of the caller's instruction, behind which it goes on. Its first operand takes the
  /// result.
  kFrameReturnWords = 0xFF,
  kFrameEntry = 0x100,        // returns to C++, not to an instruction of frame->back
  kFrameConstructor = 0x200,  // runs __init__: the result must be None, the call's is the instance
  kFrameGenerator = 0x400,    // lives in a generator, coroutine or async generator
  kFrameObserved = 0x800,     // a Python frame object refers to it
  kFrameNamespace = 0x1000,   // `locals` is owned (module, class body, exec)
  kFrameNative = 0x2000,      // stands in for native code (abi/context.h): no registers
  kFrameWaiting = 0x4000,     // not run yet: gets the result of the frame in front (abi/deopt.cpp)
  kFrameRaising = 0x8000,     // an exception leaves it
  kFrameLeft = 0x10000,       // left native code, where it may go on (continuation.h)
  kFrameDelegating = 0x20000, // a generator's that waits in the throw() of another
};

struct Frame {
  Frame* back;
  CodeObject* code;         // kept alive by the function, or owned where there is none
  FunctionObject* function; // owned; null for module and exec'ed code
  DictObject* globals;      // kept alive by the function, or owned where there is none
  DictObject* builtins;
  Value locals;       // namespace of module, class and exec frames, owned; null in functions
  const uint64_t* pc; // current instruction; valid while anything is called
  Value* registers;
  GeneratorObject* generator; // null for plain frames
  Value object;               // the Python frame object, if one was asked for (borrowed)
  uint32_t flags;             // FrameFlags
  uint32_t backEdgesToGo;     // with kFrameLeft: until native code may take over
};
static_assert(sizeof(Frame) == 88);

inline size_t frameBytes(const CodeObject* code) {
  return sizeof(Frame) + code->registerCount * sizeof(Value);
}
inline Value* registersOf(Frame* frame, const CodeObject* code) {
  return reinterpret_cast<Value*>(frame + 1) + code->localCount;
}
/// Offset of the frame's current instruction, in words.
inline uint32_t wordOf(const Frame* frame) {
  return static_cast<uint32_t>(frame->pc - frame->code->entry);
}

/// Runs a frame until it returns (owned result), yields, or raises (null). The frame is gone
/// afterwards, unless it is a generator's.
Ref runFrame(Frame* frame);

/// Runs code in a namespace (module bodies, exec, class bodies). `locals` null: same as globals.
Ref runCode(CodeObject* code, DictObject* globals, Value locals,
            FunctionObject* function = nullptr);

} // namespace pyc::rt
