// From the code list to the matcher's instructions. Nothing in the list is trusted: what the
// matcher relies on is checked here.
#include "runtime/modules/sre_program.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt::sre {

namespace {

constexpr uint32_t kNoSlot = UINT32_MAX;

class Translator {
public:
  Translator(const std::vector<uint32_t>& code, Program& program) : code_(code), out_(program) {}

  Translation run() {
    if (!info() || !sequence(code_.size(), Op::Match) || at_ != code_.size())
      return raised_ ? Translation::Raised : Translation::Invalid;
    return Translation::Done;
  }

private:
  bool has(size_t count) const { return code_.size() - at_ >= count; }
  Code peek() const { return static_cast<Code>(code_[at_]); }
  uint32_t here() const { return static_cast<uint32_t>(out_.code.size()); }
  Instr& emit(Op op, uint32_t argument = 0) {
    lastLiteral_ = kNoSlot;
    out_.code.push_back({.op = op,
                         .single = SingleKind::Any,
                         .flags = 0,
                         .extra = 0,
                         .argument = argument,
                         .least = 0,
                         .most = 0,
                         .target = 0,
                         .tail = 0,
                         .set = nullptr});
    return out_.code.back();
  }
  /// The place that the distance at `slot` leads to; false unless it lies in (slot, limit].
  bool distance(size_t slot, size_t limit, size_t& place) const {
    place = slot + code_[slot];
    return place > slot && place <= limit;
  }

  bool info();
  bool sequence(size_t stop, Op closing);
  bool statement(size_t stop);
  bool single(Instr& into);
  bool charSet(Instr& into, Fold fold);
  bool literalSet(Instr& into, Fold fold, bool negate);
  const CharSet* keep(std::unique_ptr<CharSet> set);
  bool literal();
  bool oneCharacter();
  bool place();
  bool mark();
  bool branch(size_t stop);
  bool runOf(Op op, uint8_t flags, size_t stop);
  bool repeat(size_t stop);
  bool possessive(size_t stop);
  bool look(Op op, Op closing, size_t stop);
  bool atomic(size_t stop);
  bool groupRef(Fold fold);
  bool ifGroup(size_t stop);

  const std::vector<uint32_t>& code_;
  Program& out_;
  size_t at_ = 0;
  uint32_t lastLiteral_ = kNoSlot; // an instruction that a further literal can join
  bool raised_ = false;
};

/// The block in front: of it the matcher needs the least length; the rest is worked out anew.
bool Translator::info() {
  if (!has(1) || peek() != Code::Info)
    return true;
  size_t after;
  if (!has(5) || !distance(1, code_.size(), after) || after < 5)
    return false;
  out_.leastLength = code_[3];
  if (code_[3] > code_[4])
    return false;
  at_ = after;
  return true;
}

/// Statements up to `stop`, then `closing` (Jump: nothing, the caller closes). A sequence that ends
/// in Success stands for itself in the list.
bool Translator::sequence(size_t stop, Op closing) {
  if (!checkRecursion(" during compilation")) {
    raised_ = true;
    return false;
  }
  lastLiteral_ = kNoSlot;
  while (at_ < stop) {
    if (peek() == Code::Success) {
      if (at_ + 1 != stop || closing == Op::Jump)
        return false;
      ++at_;
      emit(closing);
      return true;
    }
    if (!statement(stop))
      return false;
  }
  return at_ == stop && closing == Op::Jump;
}

bool Translator::statement(size_t stop) {
  switch (peek()) {
  case Code::Failure:
    ++at_;
    emit(Op::Fail);
    return true;
  case Code::Literal:
    return literal();
  case Code::At:
    return place();
  case Code::Mark:
    return mark();
  case Code::Branch:
    return branch(stop);
  case Code::RepeatOne:
    return runOf(Op::Run, 0, stop);
  case Code::MinRepeatOne:
    return runOf(Op::Lazy, 0, stop);
  case Code::PossessiveRepeatOne:
    return runOf(Op::Run, kKeepsNarrow | kKeepsAll, stop);
  case Code::Repeat:
    return repeat(stop);
  case Code::PossessiveRepeat:
    return possessive(stop);
  case Code::Assert:
    return look(Op::Look, Op::EndLook, stop);
  case Code::AssertNot:
    return look(Op::LookNot, Op::EndLookNot, stop);
  case Code::AtomicGroup:
    return atomic(stop);
  case Code::GroupRef:
    return groupRef(Fold::None);
  case Code::GroupRefIgnore:
    return groupRef(Fold::Ascii);
  case Code::GroupRefUniIgnore:
    return groupRef(Fold::Unicode);
  case Code::GroupRefLocIgnore:
    return groupRef(Fold::Locale);
  case Code::GroupRefExists:
    return ifGroup(stop);
  default:
    return oneCharacter();
  }
}

const CharSet* Translator::keep(std::unique_ptr<CharSet> set) {
  for (auto& known : out_.sets)
    if (*known == *set)
      return known.get();
  set->finish();
  out_.sets.push_back(std::move(set));
  return out_.sets.back().get();
}

bool Translator::charSet(Instr& into, Fold fold) {
  size_t after;
  if (!has(2) || !distance(at_ + 1, code_.size(), after))
    return false;
  size_t begin = at_ + 2;
  if (after <= begin || measureCharSet(code_.data() + begin, after - begin) != after - begin)
    return false;
  auto set = std::make_unique<CharSet>();
  set->fold = fold;
  set->items.assign(code_.begin() + static_cast<int64_t>(begin),
                    code_.begin() + static_cast<int64_t>(after));
  into.single = SingleKind::In;
  into.set = keep(std::move(set));
  at_ = after;
  return true;
}

bool Translator::literalSet(Instr& into, Fold fold, bool negate) {
  if (!has(2))
    return false;
  auto set = std::make_unique<CharSet>();
  set->fold = fold;
  set->isComplement = negate;
  set->items = {static_cast<uint32_t>(Code::Literal), code_[at_ + 1],
                static_cast<uint32_t>(Code::Failure)};
  into.single = SingleKind::In;
  into.set = keep(std::move(set));
  at_ += 2;
  return true;
}

/// The code at hand as a test of one character.
bool Translator::single(Instr& into) {
  switch (peek()) {
  case Code::Any:
  case Code::AnyAll:
    into.single = peek() == Code::Any ? SingleKind::Any : SingleKind::AnyAll;
    ++at_;
    return true;
  case Code::Literal:
  case Code::NotLiteral:
    if (!has(2))
      return false;
    into.single = peek() == Code::Literal ? SingleKind::Literal : SingleKind::Not;
    into.argument = code_[at_ + 1];
    at_ += 2;
    return true;
  case Code::Failure: { // the empty set
    auto set = std::make_unique<CharSet>();
    set->items = {static_cast<uint32_t>(Code::Failure)};
    into.single = SingleKind::In;
    into.set = keep(std::move(set));
    ++at_;
    return true;
  }
  case Code::Category: {
    if (!has(2) || code_[at_ + 1] >= kCategoryCount)
      return false;
    auto set = std::make_unique<CharSet>();
    set->items = {code_[at_], code_[at_ + 1], static_cast<uint32_t>(Code::Failure)};
    into.single = SingleKind::In;
    into.set = keep(std::move(set));
    at_ += 2;
    return true;
  }
  case Code::In:
    return charSet(into, Fold::None);
  case Code::InIgnore:
    return charSet(into, Fold::Ascii);
  case Code::InUniIgnore:
    return charSet(into, Fold::Unicode);
  case Code::InLocIgnore:
    return charSet(into, Fold::Locale);
  case Code::LiteralIgnore:
  case Code::NotLiteralIgnore:
    return literalSet(into, Fold::Ascii, peek() == Code::NotLiteralIgnore);
  case Code::LiteralUniIgnore:
  case Code::NotLiteralUniIgnore:
    return literalSet(into, Fold::Unicode, peek() == Code::NotLiteralUniIgnore);
  case Code::LiteralLocIgnore:
  case Code::NotLiteralLocIgnore:
    return literalSet(into, Fold::Locale, peek() == Code::NotLiteralLocIgnore);
  default:
    return false;
  }
}

bool Translator::oneCharacter() {
  Instr instr{};
  if (!single(instr))
    return false;
  constexpr Op kOps[] = {Op::Any, Op::AnyAll, Op::Literal, Op::Not, Op::In};
  Instr& made = emit(kOps[static_cast<unsigned>(instr.single)], instr.argument);
  made.set = instr.set;
  return true;
}

/// Literals in a row become one instruction.
bool Translator::literal() {
  if (!has(2))
    return false;
  uint32_t character = code_[at_ + 1];
  at_ += 2;
  if (lastLiteral_ == kNoSlot) {
    emit(Op::Literal, character);
    lastLiteral_ = here() - 1;
    return true;
  }
  Instr& last = out_.code[lastLiteral_];
  if (last.op == Op::Literal) {
    out_.literals.push_back(last.argument);
    last.op = Op::Literals;
    last.argument = static_cast<uint32_t>(out_.literals.size() - 1);
    last.least = 1;
  }
  out_.literals.push_back(character);
  ++last.least;
  return true;
}

bool Translator::place() {
  if (!has(2) || code_[at_ + 1] >= kPlaceCount)
    return false;
  emit(Op::At).extra = static_cast<uint8_t>(code_[at_ + 1]);
  at_ += 2;
  return true;
}

bool Translator::mark() {
  if (!has(2) || code_[at_ + 1] >= 2 * static_cast<uint64_t>(out_.groups))
    return false;
  emit(Op::Mark, code_[at_ + 1]);
  at_ += 2;
  return true;
}

/// BRANCH (distance, alternative, JUMP, distance to the end)* 0
bool Translator::branch(size_t stop) {
  ++at_;
  std::vector<uint32_t> jumps;
  size_t common = 0; // where all alternatives go on
  uint32_t table = static_cast<uint32_t>(out_.branches.size());
  out_.branches.push_back(std::make_unique<BranchTable>());
  emit(Op::Branch, table);
  for (;;) {
    if (at_ >= stop)
      return false;
    if (code_[at_] == 0)
      break;
    size_t next, end;
    if (!distance(at_, stop, next) || next < at_ + 3 ||
        static_cast<Code>(code_[next - 2]) != Code::Jump || !distance(next - 1, stop, end) ||
        (common && end != common))
      return false;
    common = end;
    if (out_.branches[table]->count == BranchTable::kMost) {
      uint32_t further = static_cast<uint32_t>(out_.branches.size());
      out_.branches.push_back(std::make_unique<BranchTable>());
      out_.branches[table]->targets[out_.branches[table]->count++] = here();
      emit(Op::Branch, further);
      table = further;
    }
    BranchTable& branches = *out_.branches[table];
    branches.targets[branches.count++] = here();
    ++at_;
    if (!sequence(next - 2, Op::Jump))
      return false;
    jumps.push_back(here());
    emit(Op::Jump);
    at_ = next;
  }
  ++at_;
  if (common != at_) // also when there are no alternatives
    return false;
  for (uint32_t jump : jumps)
    out_.code[jump].target = here();
  return true;
}

/// OP distance least most single SUCCESS
bool Translator::runOf(Op op, uint8_t flags, size_t stop) {
  size_t after;
  if (!has(5) || !distance(at_ + 1, stop, after) || after < at_ + 5)
    return false;
  Instr instr{};
  instr.least = code_[at_ + 2];
  instr.most = code_[at_ + 3];
  at_ += 4;
  if (instr.least > instr.most || !single(instr) || at_ + 1 != after || peek() != Code::Success)
    return false;
  at_ = after;
  instr.op = op;
  instr.flags = flags;
  emit(op) = instr;
  return true;
}

/// REPEAT distance least most body UNTIL
bool Translator::repeat(size_t stop) {
  size_t until;
  if (!has(4) || !distance(at_ + 1, stop - 1, until) || until < at_ + 4)
    return false;
  uint32_t least = code_[at_ + 2], most = code_[at_ + 3];
  auto closing = static_cast<Code>(code_[until]);
  if (least > most || (closing != Code::MaxUntil && closing != Code::MinUntil))
    return false;
  at_ += 4;
  uint32_t number = out_.registers++;
  uint32_t enter = here();
  emit(Op::Enter, number);
  if (!sequence(until, Op::Jump))
    return false;
  out_.code[enter].target = here();
  Instr& end = emit(closing == Code::MaxUntil ? Op::MaxUntil : Op::MinUntil, number);
  end.least = least;
  end.most = most;
  end.target = enter + 1;
  at_ = until + 1;
  return true;
}

/// POSSESSIVE_REPEAT distance least most body SUCCESS
bool Translator::possessive(size_t stop) {
  size_t success;
  if (!has(4) || !distance(at_ + 1, stop - 1, success) || success < at_ + 4 ||
      code_[at_ + 2] > code_[at_ + 3])
    return false;
  uint32_t begin = here();
  Instr& enter = emit(Op::Possessive, out_.registers++);
  enter.least = code_[at_ + 2];
  enter.most = code_[at_ + 3];
  at_ += 4;
  if (!sequence(success + 1, Op::EndPossessive))
    return false;
  out_.code[begin].target = here();
  return true;
}

/// ASSERT distance back body SUCCESS
bool Translator::look(Op op, Op closing, size_t stop) {
  size_t after;
  if (!has(4) || !distance(at_ + 1, stop, after) || after < at_ + 4)
    return false;
  uint32_t begin = here();
  emit(op, code_[at_ + 2]);
  at_ += 3;
  if (!sequence(after, closing))
    return false;
  out_.code[begin].target = here();
  return true;
}

/// ATOMIC_GROUP distance body SUCCESS
bool Translator::atomic(size_t stop) {
  size_t after;
  if (!has(3) || !distance(at_ + 1, stop, after) || after < at_ + 3)
    return false;
  uint32_t begin = here();
  emit(Op::Atomic);
  at_ += 2;
  if (!sequence(after, Op::EndAtomic))
    return false;
  out_.code[begin].target = here();
  return true;
}

bool Translator::groupRef(Fold fold) {
  if (!has(2) || code_[at_ + 1] >= out_.groups)
    return false;
  emit(Op::GroupRef, code_[at_ + 1]).extra = static_cast<uint8_t>(fold);
  at_ += 2;
  return true;
}

/// GROUPREF_EXISTS group distance yes [JUMP distance no]; the distances count from the group.
bool Translator::ifGroup(size_t stop) {
  size_t group = at_ + 1;
  if (!has(3) || code_[group] >= out_.groups)
    return false;
  size_t other = group + code_[group + 1];
  if (other < at_ + 3 || other > stop)
    return false;
  uint32_t test = here();
  emit(Op::IfGroup, code_[group]);
  at_ += 3;
  // Whether a JUMP closes the first part shows only while it is read: its end may as well be an
  // argument of the same number.
  while (at_ < other) {
    if (at_ + 2 == other && peek() == Code::Jump) {
      size_t after;
      if (!distance(at_ + 1, stop, after))
        return false;
      at_ = other;
      uint32_t jump = here();
      emit(Op::Jump);
      out_.code[test].target = here();
      if (!sequence(after, Op::Jump))
        return false;
      lastLiteral_ = kNoSlot;
      out_.code[jump].target = here();
      return true;
    }
    if (!statement(other))
      return false;
  }
  lastLiteral_ = kNoSlot;
  out_.code[test].target = here();
  return at_ == other;
}

} // namespace

Translation translate(const std::vector<uint32_t>& code, uint32_t groups, Program& program) {
  program.groups = groups;
  return Translator(code, program).run();
}

} // namespace pyc::rt::sre
