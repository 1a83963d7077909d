// The recorder's counters for running code.
#pragma once

#include "runtime/objects/code.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pyc::profile {

inline constexpr unsigned kMaxSeen = 4;

/// A value's type as a number: see type_key.h.
using TypeKey = uint64_t;

struct LiveSlot {
  TypeKey keys[kMaxSeen] = {};
  uint32_t counts[kMaxSeen] = {};
  uint32_t other = 0;
  int64_t least = INT64_MAX, greatest = INT64_MIN;
};

/// A register to look at before an instruction: an operand of it, or the result of the one before.
struct Note {
  int16_t reg;
  LiveSlot* slot;
};

struct LiveSite {
  uint32_t count = 0;
  uint32_t noteCount = 0;
  Note* notes = nullptr;
};

/// Counters of one code object in one thread.
struct LiveCode {
  explicit LiveCode(rt::CodeObject* code, std::string module);

  rt::CodeObject* code;             // kept alive
  std::string module;               // __name__ of its globals
  std::vector<LiveSite> sites;      // by word
  std::vector<LiveSlot> parameters; // by local
  std::vector<uint32_t> firstSlot;  // of the instruction at a word, in slotCounters
  /// Of all instructions' slots; null: its value is never looked at. An instruction's result that
  /// is an operand of the next one is looked at once, for both.
  std::vector<LiveSlot*> slotCounters;

private:
  /// Has a slot's register looked at, in the site whose notes begin there.
  void addNote(size_t firstOfSite, int16_t reg, uint32_t slot);

  std::unique_ptr<LiveSlot[]> counters_;
  std::vector<Note> notes_;
};

/// Adds one, unless that is too much for the counter. Only its own thread writes a counter; another
/// may read it meanwhile.
inline void countOne(uint32_t& counter) {
  __atomic_store_n(&counter, counter + (counter != UINT32_MAX), __ATOMIC_RELAXED);
}

} // namespace pyc::profile
