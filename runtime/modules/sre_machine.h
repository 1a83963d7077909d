// The machine for texts of one width: its state, tests of characters, and going back. What the
// instructions do is in sre_machine_run.h. Internal to sre_machine_*.cpp.
#pragma once

#include "runtime/base/check.h"
#include "runtime/interp/poll.h"
#include "runtime/modules/sre_match.h"
#include "runtime/objects/text_search.h"

#include <bit>

#define PYC_SRE_INLINE [[gnu::always_inline]] inline

namespace pyc::rt::sre {

template <class Char> class Machine {
public:
  explicit Machine(Matching& matching)
      : m_(matching), program_(matching.program), code_(matching.program.code.data()),
        text_(static_cast<const Char*>(matching.text)), end_(matching.length), top_(matching.stack),
        limit_(matching.stack + matching.capacity) {}

  void reset() {
    for (size_t i = 0; i < 2 * static_cast<size_t>(program_.groups); ++i)
      m_.marks[i] = -1;
    m_.lastGroup = -1;
  }
  /// One attempt. When it fails all marks are as they were: not set.
  Outcome run(int64_t at, bool full, bool mustAdvance);
  Outcome search(int64_t from, bool mustAdvance);

private:
  static constexpr uint8_t kKeeps = sizeof(Char) == 1 ? kKeepsNarrow : kKeepsAll;
  enum class Back : uint8_t { Resume, Exhausted, Error };

  bool single(const Instr& instr, int64_t at) const;
  int64_t runFrom(const Instr& instr, int64_t at, int64_t limit) const;
  bool tailAllows(const Instr& instr, int64_t at) const;
  int64_t giveBack(const Instr& instr, int64_t at, int64_t low) const;
  int64_t extend(const Instr& instr, int64_t at, int64_t limit) const;
  bool isWordAt(Place place, int64_t at) const;
  bool isAt(Place place, int64_t at) const;
  bool literals(const Instr& instr, int64_t& at) const;
  bool groupRef(const Instr& instr, int64_t& at) const;

  bool room() { return limit_ - top_ >= 2 || makeRoom(); }
  bool makeRoom();
  void push(EntryKind kind, uint32_t code, int64_t a, int64_t b = 0) {
    *top_++ = {kind, code, a, b};
  }
  uint32_t indexOf(const Instr* pc) const { return static_cast<uint32_t>(pc - code_); }

  int64_t limitOf(const Instr& instr, int64_t at) const;
  bool greedy(const Instr*& pc, int64_t& at);
  bool lazy(const Instr*& pc, int64_t& at);
  bool branch(const Instr*& pc, int64_t at);
  void mark(const Instr* pc, int64_t at);
  void enter(const Instr*& pc);
  void maxUntil(const Instr*& pc, int64_t at);
  void minUntil(const Instr*& pc, int64_t at);
  bool look(const Instr*& pc, int64_t& at);
  void iteratePossessive(const Instr*& pc, int64_t at);
  Entry cutToBarrier();
  void undoToBarrier();
  Back back(const Instr*& pc, int64_t& at);
  bool barrierFailed(const Entry& entry, const Instr*& pc, int64_t& at);
  Outcome found(int64_t start, int64_t stop);
  const Char* prefix() const;

  Matching& m_;
  const Program& program_;
  const Instr* code_;
  const Char* text_;
  int64_t end_;
  Entry* top_;
  Entry* limit_;
  int64_t barrier_ = -1; // index of the innermost one on the stack
};

// Characters.

template <class Char>
PYC_SRE_INLINE bool Machine<Char>::single(const Instr& instr, int64_t at) const {
  if (at >= end_)
    return false;
  uint32_t c = text_[at];
  switch (instr.single) {
  case SingleKind::Any:
    return c != '\n';
  case SingleKind::AnyAll:
    return true;
  case SingleKind::Literal:
    return c == instr.argument;
  case SingleKind::Not:
    return c != instr.argument;
  case SingleKind::In:
    return instr.set->contains(c);
  }
  __builtin_unreachable();
}

/// The first place from `at` on, up to `limit`, whose character the single does not match.
template <class Char>
int64_t Machine<Char>::runFrom(const Instr& instr, int64_t at, int64_t limit) const {
  int64_t found;
  switch (instr.single) {
  case SingleKind::AnyAll:
    return limit;
  case SingleKind::Any:
    found = text::findChar(text_ + at, limit - at, static_cast<Char>('\n'));
    return found < 0 ? limit : at + found;
  case SingleKind::Literal:
    while (at < limit && text_[at] == instr.argument)
      ++at;
    return at;
  case SingleKind::Not:
    if (static_cast<Char>(instr.argument) != instr.argument)
      return limit;
    found = text::findChar(text_ + at, limit - at, static_cast<Char>(instr.argument));
    return found < 0 ? limit : at + found;
  case SingleKind::In:
    if (sizeof(Char) == 1 && !instr.set->isLocale) {
      const bool* table = instr.set->table;
      while (at < limit && table[static_cast<uint8_t>(text_[at])])
        ++at;
    } else {
      while (at < limit && instr.set->contains(text_[at]))
        ++at;
    }
    return at;
  }
  __builtin_unreachable();
}

template <class Char>
PYC_SRE_INLINE bool Machine<Char>::tailAllows(const Instr& instr, int64_t at) const {
  if (instr.flags & kTailLiteral)
    return at < end_ && text_[at] == instr.tail;
  if (instr.flags & kTailFilter)
    return program_.firsts[instr.tail]->allows(text_ + at, text_ + end_);
  return true;
}

/// The last place in [low, at] where what follows a run can begin; less than `low`: none.
template <class Char>
int64_t Machine<Char>::giveBack(const Instr& instr, int64_t at, int64_t low) const {
  while (at >= low && !tailAllows(instr, at))
    --at;
  return at;
}

/// The first place in [at, limit] where what follows a lazy run can begin; -1: none.
template <class Char>
int64_t Machine<Char>::extend(const Instr& instr, int64_t at, int64_t limit) const {
  bool isDot = instr.single == SingleKind::Any || instr.single == SingleKind::AnyAll;
  if ((instr.flags & kTailLiteral) && isDot) {
    if (static_cast<Char>(instr.tail) != instr.tail)
      return -1;
    int64_t stop = runFrom(instr, at, limit);
    stop = stop < end_ ? stop + 1 : stop;
    int64_t found = text::findChar(text_ + at, stop - at, static_cast<Char>(instr.tail));
    return found < 0 ? -1 : at + found;
  }
  for (; !tailAllows(instr, at); ++at)
    if (at >= limit || !single(instr, at))
      return -1;
  return at;
}

template <class Char> bool Machine<Char>::literals(const Instr& instr, int64_t& at) const {
  int64_t count = instr.least;
  if (end_ - at < count)
    return false;
  const uint32_t* wanted = program_.literals.data() + instr.argument;
  for (int64_t i = 0; i < count; ++i)
    if (text_[at + i] != wanted[i])
      return false;
  at += count;
  return true;
}

template <class Char> bool Machine<Char>::groupRef(const Instr& instr, int64_t& at) const {
  int64_t from = m_.marks[2 * instr.argument], to = m_.marks[2 * instr.argument + 1];
  if (from < 0 || to < from || end_ - at < to - from)
    return false;
  auto fold = static_cast<Fold>(instr.extra);
  for (int64_t i = 0; i < to - from; ++i) {
    uint32_t a = text_[from + i], b = text_[at + i];
    if (a != b && (fold == Fold::None || foldChar(fold, a) != foldChar(fold, b)))
      return false;
  }
  at += to - from;
  return true;
}

template <class Char> bool Machine<Char>::isWordAt(Place place, int64_t at) const {
  bool isUnicode = place == Place::UniBoundary || place == Place::UniNonBoundary;
  bool isLocale = place == Place::LocBoundary || place == Place::LocNonBoundary;
  return inCategory(isUnicode  ? Category::UniWord
                    : isLocale ? Category::LocWord
                               : Category::Word,
                    text_[at]);
}

template <class Char> bool Machine<Char>::isAt(Place place, int64_t at) const {
  switch (place) {
  case Place::Beginning:
  case Place::BeginningString:
    return at == 0;
  case Place::BeginningLine:
    return at == 0 || text_[at - 1] == '\n';
  case Place::End:
    return at == end_ || (at + 1 == end_ && text_[at] == '\n');
  case Place::EndLine:
    return at == end_ || (at < end_ && text_[at] == '\n');
  case Place::EndString:
    return at == end_;
  case Place::Boundary:
  case Place::NonBoundary:
  case Place::LocBoundary:
  case Place::LocNonBoundary:
  case Place::UniBoundary:
  case Place::UniNonBoundary: {
    bool before = at > 0 && isWordAt(place, at - 1), here = at < end_ && isWordAt(place, at);
    bool wanted =
        place == Place::Boundary || place == Place::LocBoundary || place == Place::UniBoundary;
    return (before != here) == wanted;
  }
  }
  __builtin_unreachable();
}

// The stack.

template <class Char> bool Machine<Char>::makeRoom() {
  ptrdiff_t used = top_ - m_.stack;
  if (!m_.grow())
    return false;
  top_ = m_.stack + used;
  limit_ = m_.stack + m_.capacity;
  return true;
}

/// Takes the innermost barrier and the choices above it away; marks can still be undone.
template <class Char> Entry Machine<Char>::cutToBarrier() {
  Entry* to = m_.stack + barrier_;
  Entry barrier = *to;
  for (Entry* from = to + 1; from < top_; ++from)
    if (from->kind == EntryKind::Mark)
      *to++ = *from;
  top_ = to;
  barrier_ = barrier.b;
  return barrier;
}

/// Takes everything above the innermost barrier back, and the barrier itself away.
template <class Char> void Machine<Char>::undoToBarrier() {
  Entry* barrier = m_.stack + barrier_;
  while (--top_ > barrier)
    if (top_->kind == EntryKind::Mark) {
      m_.marks[top_->code] = top_->a;
      m_.lastGroup = top_->b;
    }
  barrier_ = barrier->b;
}

/// The body behind a barrier does not match; true when that makes the machine go on.
template <class Char>
bool Machine<Char>::barrierFailed(const Entry& entry, const Instr*& pc, int64_t& at) {
  const Instr& instr = code_[entry.code];
  barrier_ = entry.b;
  bool goesOn = instr.op == Op::LookNot ||
                (instr.op == Op::Possessive && m_.registers[instr.argument].count >= instr.least);
  pc = code_ + instr.target;
  at = entry.a;
  return goesOn;
}

/// Goes back to the last choice.
template <class Char>
typename Machine<Char>::Back Machine<Char>::back(const Instr*& pc, int64_t& at) {
  if (PYC_UNLIKELY(isPollRequested(thisThread())) && !poll())
    return Back::Error;
  for (;;) {
    if (top_ == m_.stack)
      return Back::Exhausted;
    Entry& entry = top_[-1];
    const Instr* instr = code_ + entry.code;
    switch (entry.kind) {
    case EntryKind::Branch: {
      auto mask = static_cast<uint32_t>(entry.b);
      pc = code_ + program_.branches[instr->argument]->targets[std::countr_zero(mask)];
      at = entry.a;
      entry.b = mask & (mask - 1);
      top_ -= entry.b == 0;
      return Back::Resume;
    }
    case EntryKind::Run: {
      int64_t place = giveBack(*instr, entry.a - 1, entry.b);
      entry.a = place;
      top_ -= place <= entry.b;
      if (place < entry.b)
        continue;
      at = place;
      pc = instr + 1;
      return Back::Resume;
    }
    case EntryKind::Lazy: {
      int64_t place = single(*instr, entry.a) ? extend(*instr, entry.a + 1, entry.b) : -1;
      entry.a = place;
      top_ -= place < 0 || place >= entry.b;
      if (place < 0)
        continue;
      at = place;
      pc = instr + 1;
      return Back::Resume;
    }
    case EntryKind::Tail: {
      Register& repeat = m_.registers[instr->argument];
      --repeat.count;
      repeat.last = entry.b;
      at = entry.a;
      pc = instr + 1;
      --top_;
      return Back::Resume;
    }
    case EntryKind::Body: {
      Register& repeat = m_.registers[instr->argument];
      ++repeat.count;
      at = entry.a;
      pc = code_ + instr->target;
      entry = {EntryKind::Repeat, instr->argument, repeat.last, 0};
      repeat.last = at;
      return Back::Resume;
    }
    case EntryKind::Barrier:
      --top_;
      if (barrierFailed(entry, pc, at))
        return Back::Resume;
      continue;
    case EntryKind::Mark:
      m_.marks[entry.code] = entry.a;
      m_.lastGroup = entry.b;
      --top_;
      continue;
    case EntryKind::Enter:
      m_.registers[entry.code] = {.count = entry.b, .last = entry.a};
      --top_;
      continue;
    case EntryKind::Repeat:
      --m_.registers[entry.code].count;
      m_.registers[entry.code].last = entry.a;
      --top_;
      continue;
    }
  }
}

} // namespace pyc::rt::sre
