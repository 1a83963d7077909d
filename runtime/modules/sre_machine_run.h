// The machine for texts of one width: instructions, attempts and searches. Internal to
// sre_machine_*.cpp.
#pragma once

#include "runtime/modules/sre_machine.h"

namespace pyc::rt::sre {

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
