// A regular expression as the matcher runs it. The code list that re compiled is checked and
// translated once (sre_translate.cpp): every test of one character becomes a Single, literals in a
// row one instruction, jumps absolute; and what can follow each choice is worked out
// (sre_optimise.cpp), so that few choices have to be remembered.
#pragma once

#include "runtime/modules/sre_charset.h"

#include <memory>
#include <vector>

namespace pyc::rt::sre {

/// Which characters something can begin with, at least.
struct FirstSet {
  bool table[256] = {};
  bool wide = false;  // characters from 256 up
  bool atEnd = false; // it can match at the end of the text
  void addAll();
  void add(const FirstSet& other);
  void intersect(const FirstSet& other);
  bool isAll() const;
  template <class Char> bool allows(const Char* at, const Char* end) const {
    if (at >= end)
      return atEnd;
    if constexpr (sizeof(Char) == 1)
      return table[static_cast<uint8_t>(*at)];
    else
      return *at < 256 ? table[*at] : wide;
  }
};

enum class Op : uint8_t {
  Fail,
  Match,
  Any,      // but a newline
  AnyAll,   // any character
  Literal,  // argument
  Not,      // any but argument
  In,       // set
  Literals, // literals[argument], `least` of them
  At,       // place
  Mark,     // argument
  Branch,   // branches[argument]
  Jump,
  Run,      // a single as often as it goes: least, most; then what follows
  Lazy,     // the same, as few as possible
  Enter,    // a repeat: register argument; goes to its Until at target
  MaxUntil, // the end of a repeat's body, which begins at target
  MinUntil,
  Look, // argument characters back; its body follows, what comes behind is at target
  LookNot,
  Atomic,
  Possessive, // register argument: least, most
  EndLook,    // ends of the four above
  EndLookNot,
  EndAtomic,
  EndPossessive,
  GroupRef, // argument: group
  IfGroup,  // argument: group; target: where it did not take part
};

enum class SingleKind : uint8_t { Any, AnyAll, Literal, Not, In };

enum InstrFlag : uint8_t {
  kKeepsNarrow = 1,   // Run: giving characters back never helps in texts of one byte a character
  kKeepsAll = 2,      // ... in any text
  kTailLiteral = 4,   // Run, Lazy: what follows begins with the character `tail`
  kTailFilter = 8,    // ... with one of firsts[tail]
  kRepeatFilter = 16, // MaxUntil: body and tail begin with firsts[tail], firsts[tail + 1]
};

struct Instr {
  Op op;
  SingleKind single; // Run, Lazy
  uint8_t flags;     // InstrFlag
  uint8_t extra;     // Place; Fold of a GroupRef
  uint32_t argument; // character, mark, group, register, ...
  uint32_t least, most;
  uint32_t target;
  uint32_t tail;
  const CharSet* set;
};
static_assert(sizeof(Instr) == 32);

/// The alternatives that can begin with a character, as bits.
struct BranchTable {
  static constexpr unsigned kMost = 31; // the 32nd place is for a further Branch
  uint32_t masks[256];
  uint32_t wide, atEnd;
  unsigned count = 0;
  uint32_t targets[kMost + 1];
};

/// How a search finds places worth a try.
enum class SearchPlan : uint8_t {
  Everywhere,
  Start,   // only at the beginning of the string
  Prefix,  // where `prefix` is
  FirstOf, // where one of the last of `firsts` is
};

struct Program {
  std::vector<Instr> code;
  std::vector<std::unique_ptr<CharSet>> sets;
  std::vector<std::unique_ptr<BranchTable>> branches;
  std::vector<std::unique_ptr<FirstSet>> firsts;
  std::vector<uint32_t> literals;
  uint32_t groups = 0;
  uint32_t registers = 0;   // of repeats
  uint32_t leastLength = 0; // of a match
  SearchPlan plan = SearchPlan::Everywhere;
  bool isLiteral = false; // the prefix is all there is
  std::vector<uint32_t> prefix;
  std::vector<uint8_t> prefix8; // empty when a character doesn't fit
  std::vector<uint16_t> prefix16;
};

enum class Translation : uint8_t { Done, Invalid, Raised };

/// Fills `program` from a code list.
Translation translate(const std::vector<uint32_t>& code, uint32_t groups, Program& program);
/// Works out what can follow what, and how to search. After translate().
void optimise(Program& program);

} // namespace pyc::rt::sre
