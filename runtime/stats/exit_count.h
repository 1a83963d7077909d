// Counts how often native code left at its guards (runtime/abi/deopt.cpp), a place and kind of
// guard at a time.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/interp/frame.h"

#include <string>
#include <vector>

namespace pyc::rt {

/// Whether exits are counted. Set once, before the program begins.
extern bool countsExits;

/// A guard failed; the frame that goes on for it is complete. Thread-safe.
void countExit(const Frame* frame, const DeoptInfo* info);

struct ExitCount {
  CodeObject* code; // kept alive
  uint32_t word;
  const char* guard;    // the operation's name
  std::string module;   // __name__ of the code's globals
  std::string operands; // types that the instruction read when it failed first
  uint64_t count;
};
/// All places, the most frequent first; equal counts by file, line, word, and guard.
std::vector<ExitCount> exitCounts();

} // namespace pyc::rt
