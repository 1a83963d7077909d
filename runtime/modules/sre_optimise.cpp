// What can come next: the first characters of every continuation, so that choices that cannot work
// out are neither tried nor remembered, and how a search finds its candidates.
#include "runtime/modules/sre_program.h"

#include <algorithm>

namespace pyc::rt::sre {

void FirstSet::addAll() {
  std::fill(std::begin(table), std::end(table), true);
  wide = atEnd = true;
}

void FirstSet::add(const FirstSet& other) {
  for (unsigned c = 0; c < 256; ++c)
    table[c] |= other.table[c];
  wide |= other.wide;
  atEnd |= other.atEnd;
}

void FirstSet::intersect(const FirstSet& other) {
  for (unsigned c = 0; c < 256; ++c)
    table[c] &= other.table[c];
  wide &= other.wide;
  atEnd &= other.atEnd;
}

bool FirstSet::isAll() const {
  return wide && atEnd && std::all_of(std::begin(table), std::end(table), [](bool b) { return b; });
}

namespace {

/// Walks from one instruction to those that can test the next character. Gives up (everything can
/// come) after a number of steps, as nested choices would take for ever.
class FirstFinder {
public:
  explicit FirstFinder(const Program& program) : program_(program) {}

  FirstSet from(uint32_t pc) {
    FirstSet result;
    budget_ = 100;
    visit(pc, result);
    return result;
  }
  static void addSingle(SingleKind kind, const Instr& instr, FirstSet& result);

private:
  void visit(uint32_t pc, FirstSet& result);
  bool step(uint32_t& pc, FirstSet& result);
  void place(Place place, uint32_t pc, FirstSet& result);
  void look(const Instr& instr, uint32_t pc, FirstSet& result);
  const Program& program_;
  int budget_ = 0;
};

void FirstFinder::addSingle(SingleKind kind, const Instr& instr, FirstSet& result) {
  switch (kind) {
  case SingleKind::Literal:
    if (instr.argument < 256)
      result.table[instr.argument] = true;
    else
      result.wide = true;
    return;
  case SingleKind::In:
    for (unsigned c = 0; c < 256; ++c)
      result.table[c] |= instr.set->isLocale || instr.set->table[c];
    result.wide |= instr.set->hasWide;
    return;
  case SingleKind::Any:
  case SingleKind::AnyAll:
  case SingleKind::Not:
    for (unsigned c = 0; c < 256; ++c)
      result.table[c] |= !(kind == SingleKind::Any && c == '\n') &&
                         !(kind == SingleKind::Not && c == instr.argument);
    result.wide = true;
    return;
  }
}

void FirstFinder::place(Place place, uint32_t pc, FirstSet& result) {
  if (place == Place::End || place == Place::EndLine || place == Place::EndString) {
    result.table['\n'] |= place != Place::EndString;
    result.atEnd = true;
    return;
  }
  visit(pc + 1, result);
}

void FirstFinder::look(const Instr& instr, uint32_t pc, FirstSet& result) {
  FirstSet after;
  visit(instr.target, after);
  if (instr.op == Op::Look && instr.argument == 0) {
    FirstSet body;
    visit(pc + 1, body);
    after.intersect(body);
  }
  result.add(after);
}

void FirstFinder::visit(uint32_t pc, FirstSet& result) {
  while (step(pc, result)) {
  }
}

/// One instruction; true when the walk goes on at `pc`.
bool FirstFinder::step(uint32_t& pc, FirstSet& result) {
  if (--budget_ < 0) {
    result.addAll();
    return false;
  }
  const Instr& instr = program_.code[pc];
  switch (instr.op) {
  case Op::Fail:
    return false;
  case Op::Any:
  case Op::AnyAll:
  case Op::Literal:
  case Op::Not:
  case Op::In:
    addSingle(
        static_cast<SingleKind>(static_cast<unsigned>(instr.op) - static_cast<unsigned>(Op::Any)),
        instr, result);
    return false;
  case Op::Literals: {
    Instr first = instr;
    first.argument = program_.literals[instr.argument];
    addSingle(SingleKind::Literal, first, result);
    return false;
  }
  case Op::Run:
  case Op::Lazy:
    addSingle(instr.single, instr, result);
    ++pc;
    return instr.least == 0;
  case Op::At:
    place(static_cast<Place>(instr.extra), pc, result);
    return false;
  case Op::Mark:
    ++pc;
    return true;
  case Op::Jump:
    pc = instr.target;
    return true;
  case Op::Enter: // a body that has to come is visited first; the Until shows up behind it
    pc = program_.code[instr.target].least > 0 ? pc + 1 : instr.target;
    return true;
  case Op::MaxUntil:
  case Op::MinUntil: // as if the body could always be left: it may have been gone through
    if (instr.most != 0)
      visit(instr.target, result);
    ++pc;
    return true;
  case Op::Possessive:
    visit(pc + 1, result);
    pc = instr.target;
    return instr.least == 0;
  case Op::Atomic:
    ++pc;
    return true;
  case Op::Look:
  case Op::LookNot:
    look(instr, pc, result);
    return false;
  case Op::IfGroup:
    visit(instr.target, result);
    ++pc;
    return true;
  case Op::Branch: {
    const BranchTable& table = *program_.branches[instr.argument];
    for (unsigned i = 0; i < table.count; ++i)
      visit(table.targets[i], result);
    return false;
  }
  // What is taken inside an atomic group must not depend on what follows it.
  case Op::EndAtomic:
  case Op::Match:
  case Op::EndLook:
  case Op::EndLookNot:
  case Op::EndPossessive:
  case Op::GroupRef:
    result.addAll();
    return false;
  }
  __builtin_unreachable();
}

class Optimiser {
public:
  explicit Optimiser(Program& program) : program_(program), finder_(program) {}

  void run() {
    for (uint32_t pc = 0; pc < program_.code.size(); ++pc) {
      Instr& instr = program_.code[pc];
      if (instr.op == Op::Run || instr.op == Op::Lazy)
        tailOf(instr, pc);
      else if (instr.op == Op::MaxUntil)
        exitsOf(instr, pc);
      else if (instr.op == Op::Branch)
        alternatives(*program_.branches[instr.argument]);
    }
    planSearch();
  }

private:
  uint32_t keep(const FirstSet& set) {
    program_.firsts.push_back(std::make_unique<FirstSet>(set));
    return static_cast<uint32_t>(program_.firsts.size() - 1);
  }
  void tailOf(Instr& instr, uint32_t pc);
  void giveBack(Instr& instr, const FirstSet& tail);
  bool endsAlone(uint32_t pc) const;
  void exitsOf(Instr& instr, uint32_t pc);
  void alternatives(BranchTable& table);
  void planSearch();
  bool readPrefix();

  Program& program_;
  FirstFinder finder_;
};

/// Whether a run's longest form is the only one that can do: only the end of the text, or of the
/// match, is asked for behind it.
bool Optimiser::endsAlone(uint32_t pc) const {
  uint32_t next = pc + 1;
  while (program_.code[next].op == Op::Mark)
    ++next;
  const Instr& after = program_.code[next];
  return after.op == Op::Match || after.op == Op::EndLook || after.op == Op::EndLookNot ||
         after.op == Op::EndAtomic || after.op == Op::EndPossessive ||
         (after.op == Op::At && static_cast<Place>(after.extra) == Place::EndString);
}

/// A run needs to give nothing back when what follows can begin with none of its characters.
void Optimiser::giveBack(Instr& instr, const FirstSet& tail) {
  FirstSet own;
  FirstFinder::addSingle(instr.single, instr, own);
  bool isWide = own.wide && tail.wide;
  own.intersect(tail);
  if (std::any_of(std::begin(own.table), std::end(own.table), [](bool b) { return b; }))
    return;
  instr.flags |= isWide ? kKeepsNarrow : kKeepsNarrow | kKeepsAll;
}

void Optimiser::tailOf(Instr& instr, uint32_t pc) {
  FirstSet tail = finder_.from(pc + 1);
  if (instr.op == Op::Run && endsAlone(pc))
    instr.flags |= kKeepsNarrow | kKeepsAll;
  if (tail.isAll())
    return;
  if (instr.op == Op::Run)
    giveBack(instr, tail);
  uint32_t next = pc + 1;
  while (program_.code[next].op == Op::Mark)
    ++next;
  const Instr& after = program_.code[next];
  if (after.op == Op::Literal || after.op == Op::Literals) {
    instr.flags |= kTailLiteral;
    instr.tail = after.op == Op::Literal ? after.argument : program_.literals[after.argument];
  } else {
    instr.flags |= kTailFilter;
    instr.tail = keep(tail);
  }
}

void Optimiser::exitsOf(Instr& instr, uint32_t pc) {
  FirstSet body = finder_.from(instr.target), tail = finder_.from(pc + 1);
  if (body.isAll() && tail.isAll())
    return;
  instr.flags |= kRepeatFilter;
  instr.tail = keep(body);
  keep(tail);
}

void Optimiser::alternatives(BranchTable& table) {
  std::fill(std::begin(table.masks), std::end(table.masks), 0u);
  table.wide = table.atEnd = 0;
  for (unsigned i = 0; i < table.count; ++i) {
    FirstSet first = finder_.from(table.targets[i]);
    uint32_t bit = 1u << i;
    for (unsigned c = 0; c < 256; ++c)
      table.masks[c] |= first.table[c] ? bit : 0;
    table.wide |= first.wide ? bit : 0;
    table.atEnd |= first.atEnd ? bit : 0;
  }
}

/// The literals that the expression begins with; true when that is all of it.
bool Optimiser::readPrefix() {
  for (uint32_t pc = 0;; ++pc) {
    const Instr& instr = program_.code[pc];
    if (instr.op == Op::Literal)
      program_.prefix.push_back(instr.argument);
    else if (instr.op == Op::Literals)
      program_.prefix.insert(program_.prefix.end(), program_.literals.begin() + instr.argument,
                             program_.literals.begin() + instr.argument + instr.least);
    else if (instr.op != Op::Mark)
      return instr.op == Op::Match && program_.groups == 0;
  }
}

void Optimiser::planSearch() {
  uint32_t pc = 0;
  while (program_.code[pc].op == Op::Mark)
    ++pc;
  const Instr& first = program_.code[pc];
  auto place = static_cast<Place>(first.extra);
  if (first.op == Op::At && (place == Place::Beginning || place == Place::BeginningString)) {
    program_.plan = SearchPlan::Start;
    return;
  }
  program_.isLiteral = readPrefix();
  const std::vector<uint32_t>& prefix = program_.prefix;
  if (!prefix.empty()) {
    uint32_t widest = *std::max_element(prefix.begin(), prefix.end());
    if (widest < 256)
      program_.prefix8.assign(prefix.begin(), prefix.end());
    if (widest < 65536)
      program_.prefix16.assign(prefix.begin(), prefix.end());
    program_.plan = SearchPlan::Prefix;
    return;
  }
  FirstSet start = finder_.from(0);
  if (start.isAll())
    return;
  program_.plan = SearchPlan::FirstOf;
  program_.firsts.push_back(std::make_unique<FirstSet>(start));
}

} // namespace

void optimise(Program& program) {
  Optimiser(program).run();
}

} // namespace pyc::rt::sre
