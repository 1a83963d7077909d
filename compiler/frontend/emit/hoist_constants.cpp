// Constants in loops. A constant that is an operand inside a loop is loaded into a hidden local
// once, in front of the outermost loop; the uop then takes the local, and the load inside is gone.
#include "compiler/frontend/emit/code_finisher.h"

#include <algorithm>
#include <cstring>

namespace pyc {

namespace {
constexpr size_t kMostConstants = 64; // hidden locals of one code object

template <class T> void writeAt(uint64_t* words, size_t offset, T value) {
  std::memcpy(reinterpret_cast<char*>(words) + offset, &value, sizeof value);
}
} // namespace

void CodeFinisher::hoistConstants() {
  findLoops();
  if (loops_.empty())
    return;
  isTarget_.assign(count() + 1, false);
  std::vector<bool> isEnteredElsewhere(loops_.size(), false);
  for (size_t i = 0; i < count(); ++i) {
    if (!isKept_[i])
      continue;
    if (targetOf(i) != kNoTarget)
      isTarget_[targetOf(i)] = true;
    for (uint32_t target : {targetOf(i), handlerOf(i)})
      if (const Loop* loop = loopAround(target);
          loop && target != loop->header && (i < loop->header || i >= loop->end))
        isEnteredElsewhere[static_cast<size_t>(loop - loops_.data())] = true;
  }
  for (size_t i = 0; i < loops_.size(); ++i)
    if (!isEnteredElsewhere[i])
      hoistFrom(loops_[i]);
  std::erase_if(loops_, [](const Loop& loop) { return loop.constants.empty(); });
}

/// A loop reaches from its header to the last jump back to it; those that overlap are one.
void CodeFinisher::findLoops() {
  for (size_t i = 0; i < count(); ++i) {
    if (!isKept_[i] || opcodeOf(i) != uop::Opcode::JumpBack)
      continue;
    size_t header = targetOf(i);
    while (!loops_.empty() && loops_.back().end > header) {
      header = std::min(header, loops_.back().header);
      loops_.pop_back();
    }
    loops_.push_back({header, i + 1, {}});
  }
}

/// Lets instruction `i` take `local` instead of `temporary`; false where it takes it in no plain
/// operand.
bool CodeFinisher::replaceOperand(size_t i, Reg temporary, Reg local) {
  const uop::UopInfo& info = infoOf(i);
  for (unsigned o = 0; o < info.operandCount; ++o) {
    const uop::OperandInfo& operand = info.operands[o];
    if (operand.kind != uop::OperandKind::In || uop::readOperand(wordsOf(i), operand) != temporary)
      continue;
    if (local != kPush)
      writeAt(wordsOf(i), operand.offset, local);
    return true;
  }
  return false;
}

/// The register that holds `constant` while the loop runs; kPush when there are too many.
Reg CodeFinisher::constantRegister(Loop& loop, ConstantId constant) {
  for (auto& [known, reg] : loop.constants)
    if (known == constant)
      return reg;
  Reg found = kPush;
  for (auto& [known, reg] : constantRegisters_)
    if (known == constant)
      found = reg;
  if (found == kPush) {
    if (constantRegisters_.size() == kMostConstants)
      return kPush;
    found = b_.addLocal(NameId::DotConst, uop::kLocalHidden);
    constantRegisters_.emplace_back(constant, found);
  }
  loop.constants.emplace_back(constant, found);
  return found;
}

void CodeFinisher::hoistFrom(Loop& loop) {
  for (size_t i = loop.end; i-- > loop.header;) { // the last operand first
    if (!isKept_[i] || opcodeOf(i) != uop::Opcode::LoadConst)
      continue;
    auto& load = *reinterpret_cast<const uop::LoadConstUop*>(wordsOf(i));
    size_t user = i + 1;
    while (user < loop.end && !isKept_[user] && !isTarget_[user])
      ++user;
    // The value has to come from this load alone.
    if (load.dst < 0 || user >= loop.end || isTarget_[user] ||
        !replaceOperand(user, load.dst, kPush))
      continue;
    Reg local = constantRegister(loop, static_cast<ConstantId>(load.value));
    if (local == kPush)
      continue;
    replaceOperand(user, load.dst, local);
    isKept_[i] = false;
    --b_.instructions_[user].depth;
  }
}

/// The loop that instruction `i` is in, or null.
const CodeFinisher::Loop* CodeFinisher::loopAround(size_t i) const {
  auto next = std::upper_bound(loops_.begin(), loops_.end(), i,
                               [](size_t at, const Loop& loop) { return at < loop.header; });
  return next != loops_.begin() && i < next[-1].end ? &next[-1] : nullptr;
}

/// The loop that begins at instruction `header`, or null.
const CodeFinisher::Loop* CodeFinisher::loopAt(size_t header) const {
  const Loop* loop = loopAround(header);
  return loop && loop->header == header ? loop : nullptr;
}

/// Writes the loads in front of a loop.
void CodeFinisher::layOutEntry(const Loop& loop) {
  constexpr uint32_t kWords = uop::LoadConstUop::kWords;
  uint32_t word = newWord_[loop.header] - static_cast<uint32_t>(loop.constants.size()) * kWords;
  for (const auto& [constant, reg] : loop.constants) {
    auto& load = *reinterpret_cast<uop::LoadConstUop*>(&unit_.words[word]);
    load.opcode = uop::Opcode::LoadConst;
    load.dst = newLocal_[uop::localOfRegister(reg)];
    load.value = indexOf(constant);
    uint16_t depth = b_.instructions_[loop.header].depth;
    unit_.positions.push_back({word, -1, -1, -1, -1, depth, 0});
    word += kWords;
  }
}

/// Where instruction `i` jumps to: in front of a loop's loads when it enters the loop.
uint32_t CodeFinisher::wordOfTarget(size_t i) {
  uint32_t target = targetOf(i);
  const Loop* loop = loopAt(target);
  if (!loop || (i >= loop->header && i < loop->end))
    return newWord_[target];
  return newWord_[target] -
         static_cast<uint32_t>(loop->constants.size()) * uop::LoadConstUop::kWords;
}

} // namespace pyc
