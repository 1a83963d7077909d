// Leaving native code at a guard: the interpreter's frame is rebuilt from the frame state and run
// to its end, whose result is the native function's.

#include "runtime/abi/context.h"
#include "runtime/abi/native.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/reductions.h"
#include "runtime/objects/tuple.h"
#include "runtime/stats/exit_count.h"

#include <bit>
#include <vector>

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

/// Makes the values of a frame state, one after the other.
class StateReader {
public:
  StateReader(const DeoptInfo* info, const uint64_t* words)
      : registers_(info->registers), kinds_(info->kinds), words_(words) {}

  /// The next entry's value goes, boxed and owned, to its register.
  void readInto(Value* registers) {
    int16_t at = registers_[next_];
    registers[at] = read();
  }

  /// The next entry's value, boxed and owned.
  Value read() {
    auto kind = static_cast<DeoptKind>(kinds_[next_++]);
    uint64_t word = *words_++;
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
      int64_t stop = static_cast<int64_t>(*words_++);
      int64_t step = static_cast<int64_t>(*words_++);
      made_.push_back(rebuildRange(static_cast<int64_t>(word), stop, step).release());
      return made_.back();
    }
    case kDeoptIntOrNull:
      return *words_++ != 0 ? makeInt(static_cast<int64_t>(word)).release() : Value();
    case kDeoptGenerator:
      return readGenerator(Value::fromBits(word));
    case kDeoptReduction:
      return readReduction(Value::fromBits(word));
    case kDeoptAgain:
      return Ref::copy(made_[word]).release();
    }
    PYC_UNREACHABLE("deopt kind");
  }

private:
  Value readReduction(Value function) {
    uint64_t count = *words_++;
    std::vector<Value> state;
    for (uint64_t k = 0; k < count; ++k)
      state.push_back(read());
    Ref callee = resumedReduction(function, state);
    PYC_CHECK(callee); // out of memory, where the program can't go on
    decref(function);
    for (Value value : state)
      decrefMaybe(value);
    return callee.release();
  }

  Value readGenerator(Value function) {
    int64_t resumption = static_cast<int64_t>(*words_++);
    uint64_t count = *words_++;
    Ref generator = rebuildGenerator(asFunction(function), resumption);
    decref(function);
    PYC_CHECK(generator); // out of memory, where the program can't go on
    made_.push_back(generator);
    Value* registers = asGenerator(generator)->frame.registers;
    for (uint64_t k = 0; k < count; ++k)
      readInto(registers);
    return generator.release();
  }

  const int16_t* registers_;
  const uint8_t* kinds_;
  const uint64_t* words_;
  uint32_t next_ = 0;
  std::vector<Value> made_; // borrowed: the frames hold them
};

/// Releases what the frame state owned. The result says that an exception is raised.
uint64_t abandon(const DeoptInfo* info, const uint64_t* words) {
  Ref error = takeRaised();
  StateReader reader(info, words);
  std::vector<Value> values;
  for (uint32_t k = 0; k < info->valueCount; ++k)
    values.push_back(reader.read());
  for (Value value : values)
    decrefMaybe(value);
  restoreRaised(std::move(error));
  return 0;
}

} // namespace

/// A generator's values go back to its frame, which the interpreter takes over.
extern "C" uint64_t pyc_deopt_generator(Value self, const DeoptInfo* info, const uint64_t* words,
                                        Value* registers) {
  Frame* frame = generatorFrame(self, registers);
  StateReader reader(info, words);
  for (uint32_t k = 0; k < info->valueCount; ++k)
    reader.readInto(registers);
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
  StateReader reader(info, words);
  for (uint32_t k = 0; k < info->valueCount; ++k)
    reader.readInto(frame->registers);
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
