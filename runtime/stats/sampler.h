// Looks every millisecond of CPU time where the program is: a timer's signal (SIGPROF), whose
// handler tells native code, the interpreter and the rest of the runtime apart by the program
// counter and by the return addresses on the stack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pyc::rt {

/// Whose work it was; of the runtime's functions: who had called them.
enum class SampleKind : uint8_t { Native, NativeRuntime, Interpreter, InterpreterRuntime, Runtime };
inline constexpr unsigned kSampleKindCount = 5;

struct SampledPlace {
  std::string place; // "file.py:12 f"; native code: "file.py f"
  uint64_t count;
};

struct Samples {
  uint64_t kinds[kSampleKindCount] = {};
  uint64_t total = 0;
  std::vector<SampledPlace> places; // the most frequent first; equal counts by place
};

/// Starts the timer; without one, or where the program wants SIGPROF for itself, there will be no
/// samples.
void startSampling();
void stopSampling();
Samples samples();

} // namespace pyc::rt
