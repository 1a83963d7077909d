#include "runtime/stats/sampler.h"

#include "runtime/interp/frame.h"
#include "runtime/objects/code_internal.h"
#include "runtime/objects/recursion.h"
#include "runtime/stats/python_places.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <ctime>
#include <map>
#include <memory>
#include <ucontext.h>

/// Sections of native code and of the interpreter's handlers; the linker defines their ends. A
/// program may have no native code.
extern "C" {
[[gnu::weak]] extern const char __start_pyc_code[], __stop_pyc_code[];
extern const char __start_pyc_interp[], __stop_pyc_interp[];
}

namespace pyc::rt {

namespace {

constexpr long kPeriod = 1'000'000; // nanoseconds of CPU time

/// A place where samples were taken. `address`: of the instruction, Python's (then `code` is its
/// code) or the machine's.
struct Place {
  std::atomic<uintptr_t> address;
  std::atomic<CodeObject*> code;
  std::atomic<uint64_t> count;
};

/// Open addressing; what finds no room within some places of its own counts for no place.
constexpr size_t kPlaceCount = size_t{1} << 16, kMaxProbes = 64;
std::unique_ptr<Place[]> placeTable;
std::atomic<uint64_t> kindCounts[kSampleKindCount];
timer_t timer;
bool isRunning = false;

bool isNative(uintptr_t address) {
  return address - reinterpret_cast<uintptr_t>(__start_pyc_code) <
         static_cast<uintptr_t>(__stop_pyc_code - __start_pyc_code);
}
bool isInterpreter(uintptr_t address) {
  return address - reinterpret_cast<uintptr_t>(__start_pyc_interp) <
         static_cast<uintptr_t>(__stop_pyc_interp - __start_pyc_interp);
}

/// What the signal interrupted: program counter, stack pointer, and the register in which the
/// interpreter's handlers get their instruction (dispatch.h: the first one of preserve_none).
struct Interrupted {
  uintptr_t pc, sp, instruction;
};

Interrupted interrupted(const void* context) {
  const mcontext_t& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return {static_cast<uintptr_t>(machine.gregs[REG_RIP]),
          static_cast<uintptr_t>(machine.gregs[REG_RSP]),
          static_cast<uintptr_t>(machine.gregs[REG_R12])};
#else
  return {machine.pc, machine.sp, machine.regs[20]};
#endif
}

void countPlace(uintptr_t address, CodeObject* code) {
  size_t at = address * 0x9E3779B97F4A7C15 >> 48;
  for (size_t probe = 0; probe < kMaxProbes; ++probe, at = (at + 1) % kPlaceCount) {
    Place& place = placeTable[at];
    uintptr_t expected = 0;
    if (place.address.compare_exchange_strong(expected, address))
      place.code.store(code);
    else if (expected != address)
      continue;
    place.count.fetch_add(1, std::memory_order_relaxed);
    return;
  }
}

bool contains(const CodeObject* code, uintptr_t instruction) {
  auto entry = reinterpret_cast<uintptr_t>(code->entry);
  return instruction - entry < code->record->wordCount * sizeof(uint64_t) && instruction % 8 == 0;
}

/// The innermost frame's line. Its `pc` is as of the last call; a handler that runs has a newer one
/// in a register, maybe.
void countLine(uintptr_t instruction) {
  const Frame* frame = thisThread().frame;
  CodeObject* code = frame ? frame->code : nullptr;
  if (!code || code->header.shape != kShapeCode)
    return;
  if (!contains(code, instruction))
    instruction = reinterpret_cast<uintptr_t>(frame->pc);
  countPlace(contains(code, instruction) ? instruction : reinterpret_cast<uintptr_t>(code->entry),
             code);
}

/// Return addresses that a function of the runtime has above itself lead to its caller; further up
/// are those of longer calls.
constexpr size_t kScannedWords = 4096;

/// The nearest word on the stack that points into native code or the interpreter; 0: none.
uintptr_t findCaller(uintptr_t sp) {
  uintptr_t top = threadStackTop();
  uintptr_t end = std::min(sp + kScannedWords * sizeof(uintptr_t), top);
  for (uintptr_t at = sp; at + sizeof(uintptr_t) <= end; at += sizeof(uintptr_t)) {
    uintptr_t word = *reinterpret_cast<const uintptr_t*>(at);
    if (isNative(word) || isInterpreter(word))
      return word;
  }
  return 0;
}

SampleKind classify(const Interrupted& at) {
  if (isNative(at.pc)) {
    countPlace(at.pc, nullptr);
    return SampleKind::Native;
  }
  if (isInterpreter(at.pc)) {
    countLine(at.instruction);
    return SampleKind::Interpreter;
  }
  uintptr_t caller = findCaller(at.sp);
  if (caller == 0)
    return SampleKind::Runtime;
  if (isInterpreter(caller)) {
    countLine(0);
    return SampleKind::InterpreterRuntime;
  }
  countPlace(caller - 1, nullptr); // the call, not what comes behind it
  return SampleKind::NativeRuntime;
}

void onTimer(int, siginfo_t*, void* context) {
  SampleKind kind = classify(interrupted(context));
  kindCounts[static_cast<unsigned>(kind)].fetch_add(1, std::memory_order_relaxed);
}

std::string nameOf(const Place& place) {
  CodeObject* code = place.code;
  if (!code)
    return nativePlace(place.address);
  auto word = static_cast<uint32_t>(place.address / sizeof(uint64_t) -
                                    reinterpret_cast<uintptr_t>(code->entry) / sizeof(uint64_t));
  return placeName(code, codeLine(code, word));
}

} // namespace

void startSampling() {
  struct sigaction old, action = {};
  if (sigaction(SIGPROF, nullptr, &old) != 0 || old.sa_handler != SIG_DFL)
    return;
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGPROF;
  // Not setitimer's, which goes on after exec and kills a program that knows nothing of it.
  if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0)
    return;
  placeTable = std::make_unique<Place[]>(kPlaceCount);
  keepsDeadCodes = true;
  action.sa_sigaction = onTimer;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGPROF, &action, nullptr);
  itimerspec period = {{0, kPeriod}, {0, kPeriod}};
  isRunning = timer_settime(timer, 0, &period, nullptr) == 0;
}

void stopSampling() {
  if (isRunning)
    timer_delete(timer);
  isRunning = false;
}

Samples samples() {
  Samples result;
  for (unsigned i = 0; i < kSampleKindCount; ++i)
    result.total += result.kinds[i] = kindCounts[i];
  std::map<std::string, uint64_t> places;
  for (size_t i = 0; placeTable && i < kPlaceCount; ++i)
    if (placeTable[i].count != 0)
      places[nameOf(placeTable[i])] += placeTable[i].count;
  for (auto& [place, count] : places)
    result.places.push_back({place, count});
  std::sort(result.places.begin(), result.places.end(),
            [](const SampledPlace& a, const SampledPlace& b) {
              return a.count != b.count ? a.count > b.count : a.place < b.place;
            });
  return result;
}

} // namespace pyc::rt
