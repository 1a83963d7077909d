// Leaving native code at a guard: the interpreter's frame is rebuilt from the frame state and run
// to its end, whose result is the native function's.

#include "runtime/abi/context.h"
#include "runtime/abi/native.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/tuple.h"
#include "runtime/stats/exit_count.h"

#include <bit>

namespace pyc::rt {

namespace {

/// Numbers that the iterator still has: those from `next` on.
Ref rebuildRange(int64_t next, int64_t stop, int64_t step) {
  int64_t count = 0;
  if (step > 0 && next < stop)
    count = (stop - next - 1) / step + 1;
  else if (step < 0 && next > stop)
    count = (next - stop - 1) / -step + 1;
  return makeRangeIterator(next, step, count);
}

/// The register's value, boxed and owned; `words` moves on.
Value rebuild(DeoptKind kind, const uint64_t*& words) {
  uint64_t word = *words++;
  switch (kind) {
  case kDeoptOwned:
    return Value::fromBits(word);
  case kDeoptBorrowed:
    return Ref::copy(Value::fromBits(word)).release();
  case kDeoptInt:
    return makeInt(static_cast<int64_t>(word)).release();
  case kDeoptFloat:
    return Value::fromForeignDouble(std::bit_cast<double>(word));
  case kDeoptBool:
    return Value::fromBool(word != 0);
  case kDeoptRangeIterator: {
    int64_t stop = static_cast<int64_t>(*words++);
    int64_t step = static_cast<int64_t>(*words++);
    return rebuildRange(static_cast<int64_t>(word), stop, step).release();
  }
  }
  PYC_UNREACHABLE("deopt kind");
}

/// Releases what the frame state owned. The result says that an exception is raised.
uint64_t abandon(const DeoptInfo* info, const uint64_t* words) {
  Ref error = takeRaised();
  for (uint32_t k = 0; k < info->valueCount; ++k) {
    auto kind = static_cast<DeoptKind>(info->kinds[k]);
    if (kind == kDeoptOwned)
      decrefMaybe(Value::fromBits(*words));
    words += kind == kDeoptRangeIterator ? 3 : 1;
  }
  restoreRaised(std::move(error));
  return 0;
}

} // namespace

/// A generator's values go back to its frame, which the interpreter takes over.
extern "C" uint64_t pyc_deopt_generator(Value self, const DeoptInfo* info, const uint64_t* words,
                                        Value* registers) {
  Frame* frame = generatorFrame(self, registers);
  for (uint32_t k = 0; k < info->valueCount; ++k)
    registers[info->registers[k]] = rebuild(static_cast<DeoptKind>(info->kinds[k]), words);
  frame->pc = frame->code->entry + info->word;
  thisThread().frame = frame;
  if (PYC_UNLIKELY(countsExits))
    countExit(frame, info);
  return runHandler(goOn, frame);
}

extern "C" uint64_t pyc_deopt(Value self, const DeoptInfo* info, const uint64_t* words) {
  FunctionObject* function = asFunction(self);
  CodeObject* code = function->nativeCode;
  Frame* frame = pushFrame(function, code);
  if (PYC_UNLIKELY(!frame)) // a RecursionError
    return abandon(info, words);
  Value* regs = frame->registers;
  for (uint32_t k = 0; k < info->valueCount; ++k)
    regs[info->registers[k]] = rebuild(static_cast<DeoptKind>(info->kinds[k]), words);
  if (code->flags() & uop::kCodeModule) {
    frame->locals = Ref::copy(&function->globals->header).release();
    frame->flags |= kFrameNamespace;
  }
  frame->pc = code->entry + info->word;
  if (PYC_UNLIKELY(countsExits))
    countExit(frame, info);
  return runFrame(frame).release().bits();
}

} // namespace pyc::rt
