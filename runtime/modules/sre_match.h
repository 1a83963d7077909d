// Matching: a backtracking machine with a stack of its own, so that no pattern and no text can
// overflow the native one. The stack holds choices (what to try when the way taken fails) and, in
// the same order, undo records of marks and repeat registers; going back pops both.
#pragma once

#include "runtime/modules/sre_program.h"

#include <cstddef>

namespace pyc::rt::sre {

enum class Outcome : uint8_t { Found, NotFound, Error };

enum class EntryKind : uint32_t {
  // Choices; `code` is an instruction.
  Branch,  // at `a`: the alternatives in the mask `b` are left
  Run,     // a run that reaches to `a` can give back as far as `b`
  Lazy,    // a run that reaches to `a` can grow as far as `b`
  Tail,    // at `a`: leave a repeat; its register's `last` was `b`
  Body,    // at `a`: once more through a lazy repeat's body
  Barrier, // a Look, LookNot, Atomic or Possessive that began at `a`; `b`: the barrier around it
  // Undo records; `code` is a mark or a register.
  Mark,   // was `a`; the last group that was closed, `b`
  Enter,  // register: count `b`, last `a`
  Repeat, // register: one iteration fewer, last `a`
};

struct Entry {
  EntryKind kind;
  uint32_t code;
  int64_t a, b;
};

struct Register {
  int64_t count; // of iterations
  int64_t last;  // where the last one began that had to get on
};

/// A text, what is asked of it, and what was found. One for all the matches of a search.
class Matching {
public:
  explicit Matching(const Program& program) : program(program) {}
  Matching(const Matching&) = delete;
  Matching& operator=(const Matching&) = delete;
  ~Matching();
  /// Room for marks and registers. False with MemoryError.
  bool prepare();

  /// The expression at exactly `at`, to the very end when `full`; `mustAdvance`: an empty match
  /// doesn't count.
  Outcome matchAt(int64_t at, bool full = false, bool mustAdvance = false);
  /// The first place from `from` on; `mustAdvance` is about `from` itself.
  Outcome search(int64_t from, bool mustAdvance = false);

  const Program& program;
  const void* text = nullptr;
  unsigned width = 1;
  int64_t length = 0; // the text seems to end here

  int64_t start = 0, stop = 0; // of the match
  int64_t lastGroup = -1;      // that was closed, from 0
  int64_t* marks = nullptr;    // two a group, -1: not set

  // The machine's.
  Register* registers = nullptr;
  Entry* stack = nullptr;
  size_t capacity = 0;
  /// Twice the room. False with MemoryError.
  bool grow();

private:
  template <class Char> friend class Machine;
  static constexpr size_t kOwnEntries = 48;
  static constexpr size_t kOwnWords = 40;
  Entry ownStack_[kOwnEntries];
  int64_t ownWords_[kOwnWords];
  int64_t* words_ = nullptr;
};

template <class Char>
Outcome matchText(Matching& matching, int64_t at, bool full, bool mustAdvance);
template <class Char> Outcome searchText(Matching& matching, int64_t from, bool mustAdvance);

} // namespace pyc::rt::sre
