// Leaving native code at a guard: the interpreter's frame is rebuilt from the frame state and run
// to its end, or to where general code can go on (interp/continuation.h). The result of that is the
// native function's.

#include "dialects/uop/uop_info.h"
#include "runtime/abi/context.h"
#include "runtime/abi/native.h"
#include "runtime/interp/continuation.h"
#include "runtime/interp/dispatch.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/class_cell.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/reductions.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/tuple.h"
#include "runtime/stats/exit_count.h"

#include <algorithm>
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

/// What is known of a frame that is entered behind others in a frame state.
struct InlinedCallee {
  int16_t kind; // InlinedCall
  Value function;
  uint32_t word;
};

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
    case kDeoptTuple:
      return readTuple(word);
    case kDeoptInstance:
      return readInstance(word);
    case kDeoptFrame:
      break;
    }
    PYC_UNREACHABLE("deopt kind");
  }

  /// Whether the next entry begins a callee's frame.
  bool isAtFrame() const { return kinds_[next_] == kDeoptFrame; }
  /// What that frame is: the call's kind, function and word.
  InlinedCallee readCallee() {
    auto kind = registers_[next_++];
    Value function = Value::fromBits(*words_++);
    return {kind, function, static_cast<uint32_t>(*words_++)};
  }
  int16_t nextRegister() const { return registers_[next_]; }

private:
  std::vector<Value> readAll(uint64_t count, bool& areSet) {
    std::vector<Value> values;
    for (uint64_t k = 0; k < count; ++k)
      values.push_back(read());
    areSet = std::all_of(values.begin(), values.end(), [](Value value) { return bool(value); });
    return values;
  }

  Value remember(Value object) {
    made_.push_back(object);
    return object;
  }

  Value readTuple(uint64_t count) {
    bool areSet;
    std::vector<Value> items = readAll(count, areSet);
    if (areSet) {
      Ref tuple = makeTupleStealing(items.data(), items.size());
      PYC_CHECK(tuple); // out of memory, where the program can't go on
      return remember(tuple.release());
    }
    for (Value item : items)
      decrefMaybe(item);
    return remember(Value());
  }

  Value readInstance(uint64_t count) {
    const uint64_t* attributes = words_;
    words_ += count;
    bool areSet;
    std::vector<Value> values = readAll(count + 1, areSet);
    Ref instance;
    if (areSet) {
      instance = rebuildInstance(asType(values[0]), attributes, values.data() + 1, count);
      PYC_CHECK(instance); // out of memory, where the program can't go on
    }
    for (Value value : values)
      decrefMaybe(value);
    return remember(instance.release());
  }

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
    return remember(callee.release());
  }

  Value readGenerator(Value function) {
    int64_t resumption = static_cast<int64_t>(*words_++);
    uint64_t count = *words_++;
    if (function.isNull())
      return readFinished();
    Ref generator = rebuildGenerator(asFunction(function), resumption);
    decref(function);
    PYC_CHECK(generator); // out of memory, where the program can't go on
    made_.push_back(generator);
    Value* registers = asGenerator(generator)->frame.registers;
    for (uint64_t k = 0; k < count; ++k)
      readInto(registers);
    return generator.release();
  }

  /// In the place of a generator that has finished and let go of its function. A built-in function
  /// that was to iterate it finds no more items.
  Value readFinished() {
    Ref nothing = makeTuple(nullptr, 0);
    made_.push_back(nothing);
    return nothing.release();
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

namespace {

/// A call whose callee was inlined: its frame waits for the callee's result.
struct WaitingCall {
  Frame* frame;
  int16_t kind; // InlinedCall
  Ref instance, function;
};

/// Releases the temporaries that an instruction consumes.
void consumeOperands(Frame* frame) {
  const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(frame->pc));
  for (unsigned k = 0; k < info.operandCount; ++k) {
    const uop::OperandInfo& operand = info.operands[k];
    int32_t reg = uop::readOperand(frame->pc, operand);
    unsigned count = operand.kind == uop::OperandKind::In && reg >= 0 ? 1
                     : operand.kind == uop::OperandKind::InWindow
                         ? uop::windowCount(frame->pc, info, operand)
                         : 0;
    for (unsigned i = 0; i < count; ++i)
      decrefMaybe(std::exchange(frame->registers[reg + static_cast<int32_t>(i)], Value()));
  }
}

/// The call's result, from what the callee returned (null: raised).
Value settle(WaitingCall& call, Value returned) {
  if (!returned)
    return returned;
  if (call.kind == kInlinedConstruction) {
    Ref result = Ref::steal(returned);
    if (returned.isNone())
      return call.instance.release();
    raise(typeErrorType, "__init__() should return None, not '%T'", returned);
    return {};
  }
  if (call.kind <= kInlinedCall || returned != Value::notImplemented())
    return returned;
  decref(returned);
  const uint64_t* pc = call.frame->pc;
  const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(pc));
  auto operand = [&](unsigned k) {
    return call.frame->registers[uop::readOperand(pc, info.operands[k])];
  };
  auto op = static_cast<uint32_t>(call.kind - kInlinedOperator);
  return operatorOfRight(op, operand(1), operand(2)).release();
}

/// The interpreter goes on behind the call, or with the exception.
Value finishCall(WaitingCall& call, Value returned) {
  Frame* frame = call.frame;
  frame->flags &= ~kFrameWaiting;
  Value result = settle(call, returned);
  Ref error = result ? Ref() : takeRaised();
  call.instance = Ref();
  call.function = Ref();
  if (!result) {
    restoreRaised(std::move(error));
    return Value::fromBits(runHandler(raiseHere, frame));
  }
  consumeOperands(frame);
  if (call.kind == kInlinedStore) {
    decref(result);
  } else {
    Value& target = frame->registers[reinterpret_cast<const int16_t*>(frame->pc)[1]];
    decrefMaybe(std::exchange(target, result));
  }
  frame->pc += uop::infoOf(uop::opcodeAt(frame->pc)).words;
  return Value::fromBits(runHandler(goOn, frame));
}

/// Frames of a frame state, the outermost first.
class FrameBuilder {
public:
  FrameBuilder(const DeoptInfo* info, const uint64_t* words)
      : reader_(info, words), left_(info->valueCount) {}

  /// The frame with what comes up to the next one; false behind the last.
  bool fill(Frame* frame) {
    WaitingCall call{frame, kInlinedCall, {}, {}};
    for (; left_ > 0 && !reader_.isAtFrame(); --left_) {
      int16_t reg = reader_.nextRegister();
      if (reg == kCallInstanceRegister)
        call.instance = Ref::steal(reader_.read());
      else if (reg == kCallFunctionRegister)
        call.function = Ref::steal(reader_.read());
      else
        reader_.readInto(frame->registers);
    }
    if (left_ == 0)
      return false;
    --left_;
    callee = reader_.readCallee();
    call.kind = callee.kind;
    calls.push_back(std::move(call));
    return true;
  }

  /// Releases what is left; an exception stays.
  void drop() {
    Ref error = takeRaised();
    for (; left_ > 0; --left_) {
      if (reader_.isAtFrame())
        reader_.readCallee();
      else
        decrefMaybe(reader_.read());
    }
    restoreRaised(std::move(error));
  }

  std::vector<WaitingCall> calls;
  InlinedCallee callee; // of the last call

private:
  StateReader reader_;
  uint32_t left_;
};

/// A frame that others are entered behind.
void link(Frame* frame) {
  ThreadState& thread = thisThread();
  frame->flags |= kFrameEntry | kFrameWaiting;
  frame->back = thread.frame;
  thread.frame = frame;
}

/// Runs the innermost frame, natively where that is possible at once: calls that wait for others do
/// not.
Value goOnIn(Frame* frame, bool isAlone) {
  const Continuation* general =
      isAlone && (frame->flags & kFrameLeft) ? findContinuation(frame) : nullptr;
  if (!general)
    return runFrame(frame).release();
  frame->back = thisThread().frame;
  return Value::fromBits(continueNatively(frame, *general));
}

} // namespace

extern "C" uint64_t pyc_deopt(Value self, const DeoptInfo* info, const uint64_t* words) {
  FunctionObject* function = asFunction(self);
  CodeObject* code = function->nativeCode;
  Frame* frame = pushFrame(function, code);
  if (PYC_UNLIKELY(!frame)) // a RecursionError
    return abandon(info, words);
  if (code->flags() & uop::kCodeModule) {
    frame->locals = Ref::copy(&function->globals->header).release();
    frame->flags |= kFrameNamespace;
  }
  frame->pc = code->entry + info->word;
  GeneralExit exit(code, info->isGeneral);
  allowContinuation(frame);
  FrameBuilder builder(info, words);
  while (builder.fill(frame)) {
    FunctionObject* callee = asFunction(builder.callee.function);
    frame = pushFrame(callee, callee->nativeCode);
    if (PYC_UNLIKELY(!frame)) {
      builder.drop();
      break;
    }
    frame->pc = frame->code->entry + builder.callee.word;
  }
  if (frame && PYC_UNLIKELY(countsExits))
    countExit(frame, info);
  for (WaitingCall& call : builder.calls)
    link(call.frame);
  Value result = frame ? goOnIn(frame, builder.calls.empty()) : Value();
  for (auto call = builder.calls.rbegin(); call != builder.calls.rend(); ++call)
    result = finishCall(*call, result);
  return result.bits();
}

} // namespace pyc::rt
