// The machine for texts of one width. Internal to sre_machine_*.cpp.
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

// Instructions that remember something. There is room for two entries.

/// How far a run that begins at `at` (which may be past the end) can reach.
template <class Char>
PYC_SRE_INLINE int64_t Machine<Char>::limitOf(const Instr& instr, int64_t at) const {
  int64_t left = end_ > at ? end_ - at : 0;
  return at + (instr.most == kMaxRepeat || left < instr.most ? left : instr.most);
}

template <class Char> PYC_SRE_INLINE bool Machine<Char>::greedy(const Instr*& pc, int64_t& at) {
  int64_t stop = runFrom(*pc, at, limitOf(*pc, at));
  int64_t low = at + pc->least;
  if (stop < low)
    return false;
  if (stop > low && !(pc->flags & kKeeps)) {
    stop = giveBack(*pc, stop, low);
    if (stop < low)
      return false;
    if (stop > low)
      push(EntryKind::Run, indexOf(pc), stop, low);
  }
  at = stop;
  ++pc;
  return true;
}

template <class Char> PYC_SRE_INLINE bool Machine<Char>::lazy(const Instr*& pc, int64_t& at) {
  int64_t limit = limitOf(*pc, at);
  int64_t low = at + pc->least;
  if (pc->least > 0 && (low > limit || runFrom(*pc, at, low) < low))
    return false;
  int64_t stop = extend(*pc, low, limit);
  if (stop < 0)
    return false;
  if (stop < limit)
    push(EntryKind::Lazy, indexOf(pc), stop, limit);
  at = stop;
  ++pc;
  return true;
}

template <class Char> PYC_SRE_INLINE bool Machine<Char>::branch(const Instr*& pc, int64_t at) {
  const BranchTable& table = *program_.branches[pc->argument];
  uint32_t mask;
  if (at >= end_)
    mask = table.atEnd;
  else if (sizeof(Char) == 1 || text_[at] < 256)
    mask = table.masks[text_[at] & 255];
  else
    mask = table.wide;
  if (mask == 0)
    return false;
  if (uint32_t rest = mask & (mask - 1))
    push(EntryKind::Branch, indexOf(pc), at, rest);
  pc = code_ + table.targets[std::countr_zero(mask)];
  return true;
}

template <class Char> PYC_SRE_INLINE void Machine<Char>::mark(const Instr* pc, int64_t at) {
  push(EntryKind::Mark, pc->argument, m_.marks[pc->argument], m_.lastGroup);
  m_.marks[pc->argument] = at;
  if (pc->argument & 1)
    m_.lastGroup = pc->argument / 2;
}

template <class Char> PYC_SRE_INLINE void Machine<Char>::enter(const Instr*& pc) {
  Register& repeat = m_.registers[pc->argument];
  push(EntryKind::Enter, pc->argument, repeat.last, repeat.count);
  repeat = {.count = -1, .last = -1};
  pc = code_ + pc->target;
}

template <class Char> PYC_SRE_INLINE void Machine<Char>::maxUntil(const Instr*& pc, int64_t at) {
  Register& repeat = m_.registers[pc->argument];
  int64_t count = repeat.count + 1;
  if (count < pc->least) {
    push(EntryKind::Repeat, pc->argument, repeat.last);
    repeat.count = count;
    pc = code_ + pc->target;
    return;
  }
  bool mayIterate = (pc->most == kMaxRepeat || count < pc->most) && at != repeat.last;
  bool mayLeave = true;
  if (mayIterate && (pc->flags & kRepeatFilter)) {
    const Char *here = text_ + at, *end = text_ + end_;
    mayIterate = program_.firsts[pc->tail]->allows(here, end);
    mayLeave = program_.firsts[pc->tail + 1]->allows(here, end);
  }
  if (!mayIterate) {
    ++pc;
    return;
  }
  if (mayLeave)
    push(EntryKind::Tail, indexOf(pc), at, repeat.last);
  else
    push(EntryKind::Repeat, pc->argument, repeat.last);
  repeat = {.count = count, .last = at};
  pc = code_ + pc->target;
}

template <class Char> PYC_SRE_INLINE void Machine<Char>::minUntil(const Instr*& pc, int64_t at) {
  Register& repeat = m_.registers[pc->argument];
  int64_t count = repeat.count + 1;
  if (count < pc->least) {
    push(EntryKind::Repeat, pc->argument, repeat.last);
    repeat.count = count;
    pc = code_ + pc->target;
    return;
  }
  if ((pc->most == kMaxRepeat || count < pc->most) && at != repeat.last)
    push(EntryKind::Body, indexOf(pc), at);
  ++pc;
}

template <class Char> PYC_SRE_INLINE bool Machine<Char>::look(const Instr*& pc, int64_t& at) {
  if (at < pc->argument) { // not so much text behind
    if (pc->op == Op::Look)
      return false;
    pc = code_ + pc->target;
    return true;
  }
  push(EntryKind::Barrier, indexOf(pc), at, barrier_);
  barrier_ = top_ - m_.stack - 1;
  at -= pc->argument;
  ++pc;
  return true;
}

/// `pc` is the Possessive: the next iteration, or what follows.
template <class Char>
PYC_SRE_INLINE void Machine<Char>::iteratePossessive(const Instr*& pc, int64_t at) {
  Register& repeat = m_.registers[pc->argument];
  bool isNeeded = repeat.count < pc->least;
  bool isAllowed = pc->most == kMaxRepeat || repeat.count < pc->most;
  if (!isNeeded && (!isAllowed || at == repeat.last)) {
    pc = code_ + pc->target;
    return;
  }
  repeat.last = isNeeded ? -1 : at;
  push(EntryKind::Barrier, indexOf(pc), at, barrier_);
  barrier_ = top_ - m_.stack - 1;
  ++pc;
}

// Running.

template <class Char> Outcome Machine<Char>::found(int64_t start, int64_t stop) {
  m_.start = start;
  m_.stop = stop;
  return Outcome::Found;
}

template <class Char> Outcome Machine<Char>::run(int64_t at, bool full, bool mustAdvance) {
  const int64_t start = at;
  const Instr* pc = code_;
  top_ = m_.stack;
  barrier_ = -1;
  for (;;) {
    bool ok;
    switch (pc->op) {
    case Op::Fail:
      ok = false;
      break;
    case Op::Match:
      if (!(full && at != end_) && !(mustAdvance && at == start))
        return found(start, at);
      ok = false;
      break;
    case Op::Any:
      ok = at < end_ && text_[at] != '\n';
      ++at, ++pc;
      break;
    case Op::AnyAll:
      ok = at < end_;
      ++at, ++pc;
      break;
    case Op::Literal:
      ok = at < end_ && text_[at] == pc->argument;
      ++at, ++pc;
      break;
    case Op::Not:
      ok = at < end_ && text_[at] != pc->argument;
      ++at, ++pc;
      break;
    case Op::In:
      ok = at < end_ && pc->set->contains(text_[at]);
      ++at, ++pc;
      break;
    case Op::Literals:
      ok = literals(*pc, at);
      ++pc;
      break;
    case Op::At:
      ok = isAt(static_cast<Place>(pc->extra), at);
      ++pc;
      break;
    case Op::Mark:
      if (!room())
        return Outcome::Error;
      mark(pc, at);
      ++pc;
      continue;
    case Op::Branch:
      if (!room())
        return Outcome::Error;
      ok = branch(pc, at);
      break;
    case Op::Jump:
      pc = code_ + pc->target;
      continue;
    case Op::Run:
      if (!room())
        return Outcome::Error;
      ok = greedy(pc, at);
      break;
    case Op::Lazy:
      if (!room())
        return Outcome::Error;
      ok = lazy(pc, at);
      break;
    case Op::Enter:
      if (!room())
        return Outcome::Error;
      enter(pc);
      continue;
    case Op::MaxUntil:
      if (!room())
        return Outcome::Error;
      maxUntil(pc, at);
      continue;
    case Op::MinUntil:
      if (!room())
        return Outcome::Error;
      minUntil(pc, at);
      continue;
    case Op::Look:
    case Op::LookNot:
    case Op::Atomic:
      if (!room())
        return Outcome::Error;
      ok = look(pc, at);
      break;
    case Op::Possessive:
      if (!room())
        return Outcome::Error;
      m_.registers[pc->argument] = {.count = 0, .last = -1};
      iteratePossessive(pc, at);
      continue;
    case Op::EndLook: {
      Entry barrier = cutToBarrier();
      at = barrier.a;
      pc = code_ + code_[barrier.code].target;
      continue;
    }
    case Op::EndLookNot:
      undoToBarrier();
      ok = false;
      break;
    case Op::EndAtomic:
      pc = code_ + code_[cutToBarrier().code].target;
      continue;
    case Op::EndPossessive:
      pc = code_ + cutToBarrier().code;
      ++m_.registers[pc->argument].count;
      if (!room())
        return Outcome::Error;
      iteratePossessive(pc, at);
      continue;
    case Op::GroupRef:
      ok = groupRef(*pc, at);
      ++pc;
      break;
    case Op::IfGroup: {
      const int64_t* marks = m_.marks + 2 * pc->argument;
      pc = marks[0] >= 0 && marks[1] >= marks[0] ? pc + 1 : code_ + pc->target;
      continue;
    }
    }
    if (PYC_LIKELY(ok))
      continue;
    Back outcome = back(pc, at);
    if (outcome != Back::Resume)
      return outcome == Back::Error ? Outcome::Error : Outcome::NotFound;
  }
}

template <class Char> const Char* Machine<Char>::prefix() const {
  if constexpr (sizeof(Char) == 1)
    return program_.prefix8.empty() ? nullptr : program_.prefix8.data();
  else if constexpr (sizeof(Char) == 2)
    return program_.prefix16.empty() ? nullptr : program_.prefix16.data();
  else
    return program_.prefix.data();
}

template <class Char> Outcome Machine<Char>::search(int64_t from, bool mustAdvance) {
  const int64_t first = from, last = end_ - program_.leastLength;
  const FirstSet* starts = nullptr;
  const Char* wanted = nullptr;
  auto wantedLength = static_cast<int64_t>(program_.prefix.size());
  if (program_.plan == SearchPlan::Start && from > 0)
    return Outcome::NotFound;
  if (program_.plan == SearchPlan::FirstOf)
    starts = program_.firsts.back().get();
  if (program_.plan == SearchPlan::Prefix && !(wanted = prefix()))
    return Outcome::NotFound;
  for (; from <= last; ++from) {
    if (wanted) {
      int64_t place = text::find(text_ + from, end_ - from, wanted, wantedLength);
      if (place < 0)
        return Outcome::NotFound;
      from += place;
      if (program_.isLiteral)
        return found(from, from + wantedLength);
    } else if (starts) {
      while (from <= last && !starts->allows(text_ + from, text_ + end_))
        ++from;
      if (from > last)
        return Outcome::NotFound;
    }
    Outcome outcome = run(from, false, mustAdvance && from == first);
    if (outcome != Outcome::NotFound || program_.plan == SearchPlan::Start)
      return outcome;
  }
  return Outcome::NotFound;
}

template <class Char>
Outcome matchText(Matching& matching, int64_t at, bool full, bool mustAdvance) {
  Machine<Char> machine(matching);
  machine.reset();
  return machine.run(at, full, mustAdvance);
}

template <class Char> Outcome searchText(Matching& matching, int64_t from, bool mustAdvance) {
  Machine<Char> machine(matching);
  machine.reset();
  return machine.search(from, mustAdvance);
}

} // namespace pyc::rt::sre
