// How control goes from uop to uop: one function per uop, which ends in a tail call of the next
// one's. The interpreter's state travels in registers: preserve_none passes the first four
// parameters in the registers that the C convention preserves across calls, so a call into the
// runtime saves nothing.
#pragma once

#include "runtime/interp/frame.h"
#include "uop/foreach.h"
#include "uop/layout.h"

namespace pyc::rt {

#define PYC_STATE                                                                                  \
  const uint64_t *pc, ::pyc::rt::Value *regs, ::pyc::rt::Frame *frame,                             \
      ::pyc::rt::CodeObject *code, uint64_t scratchA, uint64_t scratchB
#define PYC_HANDLER                                                                                \
  __attribute__((preserve_none, visibility("hidden"), section("pyc_interp"))) uint64_t

/// Result: bits of the value that the entry frame returned or yielded, 0 when it raised. The
/// scratch parameters mean nothing to a uop; they carry values to the slow parts of one.
using Handler = __attribute__((preserve_none)) uint64_t (*)(PYC_STATE);

#define PYC_DECLARE(name) PYC_HANDLER uop##name(PYC_STATE);
PYC_FOR_EACH_UOP(PYC_DECLARE)
#undef PYC_DECLARE

/// By opcode. Written only before the program begins, by a profiler that wants to see every uop.
__attribute__((visibility("hidden"))) extern Handler dispatchTable[uop::kUopCount];

/// The instruction at pc raised: goes on at the handler, in this frame or an outer one.
PYC_HANDLER raiseHere(PYC_STATE);
/// The same for an exception that is raised again: this frame has its traceback entry.
PYC_HANDLER reraiseHere(PYC_STATE);
/// Releases two values (bits, 0: none) that may run code, then goes on at pc.
PYC_HANDLER releaseAndGo(PYC_STATE);
/// Leaves the frame with an owned value (scratchA), taking every special case into account.
PYC_HANDLER returnSlow(PYC_STATE);
/// A generator's frame goes on behind the uop that suspended it, with an owned value (scratchA)
/// sent to it.
PYC_HANDLER resumeAtYield(PYC_STATE);
/// A generator that the uop at pc resumed has returned an owned value (scratchA).
PYC_HANDLER generatorReturned(PYC_STATE);

/// Goes on at pc.
PYC_HANDLER goOn(PYC_STATE);

/// One run of the interpreter, in the memory of runHandler's native frame: from the entry frame,
/// which returns to C++, to those that it calls without leaving the interpreter.
struct Activation {
  const Activation* back;
  const Frame* entry;
};

/// Runs a frame, beginning with the given handler; the frame is linked by then and returns to C++.
uint64_t runHandler(Handler handler, Frame* frame, uint64_t scratch = 0);

} // namespace pyc::rt
