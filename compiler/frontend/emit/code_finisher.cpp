#include "compiler/frontend/emit/code_finisher.h"

#include "runtime/base/check.h"

#include <cstring>

namespace pyc {

namespace {
const uop::OperandInfo* labelOperandOf(const uop::UopInfo& info) {
  for (unsigned i = 0; i < info.operandCount; ++i)
    if (info.operands[i].kind == uop::OperandKind::Label)
      return &info.operands[i];
  return nullptr;
}

template <class T> void write(uint64_t* words, const uop::OperandInfo& operand, T value) {
  std::memcpy(reinterpret_cast<char*>(words) + operand.offset, &value, sizeof value);
}
} // namespace

void CodeBuilder::finish(CodeUnit& unit) {
  CodeFinisher(*this, unit).run();
}

void CodeFinisher::run() {
  isDropped_.assign(count(), false);
  threadJumps();
  findReachable();
  dropChecks();
  findReachable(); // without the checks some handlers are never entered
  dropJumpsToNext();
  hoistConstants();
  numberLocals();
  layOut();
  writeExceptions();
  unit_.temporaryCount = b_.maxDepth_;
}

uint32_t CodeFinisher::targetOf(size_t i) {
  const uop::OperandInfo* label = labelOperandOf(infoOf(i));
  return label ? placeOf(static_cast<LabelId>(uop::readOperand(wordsOf(i), *label))) : kNoTarget;
}

uint32_t CodeFinisher::handlerOf(size_t i) {
  HandlerId handler = b_.instructions_[i].handler;
  if (handler == HandlerId::None || !infoOf(i).raises)
    return kNoTarget;
  return placeOf(b_.handlers_[static_cast<size_t>(handler)].label);
}

void CodeFinisher::threadJumps() {
  for (size_t i = 0; i < count(); ++i)
    threadJump(i);
}

/// A jump to a jump goes to where that one goes.
void CodeFinisher::threadJump(size_t i) {
  const uop::OperandInfo* label = labelOperandOf(infoOf(i));
  if (!label)
    return;
  for (int hops = 0; hops < 64; ++hops) {
    uint32_t target = targetOf(i);
    if (target >= count())
      return;
    bool isJump = opcodeOf(target) == uop::Opcode::Jump;
    bool isJumpBack = opcodeOf(target) == uop::Opcode::JumpBack &&
                      opcodeOf(i) == uop::Opcode::Jump && handlerOf(target) == kNoTarget;
    if (!isJump && !isJumpBack)
      return;
    write(wordsOf(i), *label, uop::readOperand(wordsOf(target), *labelOperandOf(infoOf(target))));
    if (isJumpBack) {
      write(wordsOf(i), uop::OperandInfo{}, uop::Opcode::JumpBack);
      b_.instructions_[i].handler = HandlerId::None;
      return;
    }
  }
}

/// Keeps what can be reached and has not been dropped.
void CodeFinisher::findReachable() {
  std::vector<bool> isReached(count(), false);
  std::vector<uint32_t> pending{0};
  auto add = [&](uint32_t target) {
    if (target != kNoTarget && target < count() && !isReached[target])
      pending.push_back(target);
  };
  while (!pending.empty()) {
    uint32_t i = pending.back();
    pending.pop_back();
    for (; i < count() && !isReached[i]; ++i) {
      isReached[i] = true;
      if (isDropped_[i])
        continue;
      add(targetOf(i));
      add(handlerOf(i));
      if (infoOf(i).terminator)
        break;
    }
  }
  isKept_.assign(count(), false);
  for (size_t i = 0; i < count(); ++i)
    isKept_[i] = isReached[i] && !isDropped_[i];
}

void CodeFinisher::dropChecks() {
  AssignmentProblem problem{b_.locals_.size(), b_.parameterCount_, count(), {}};
  bool hasChecks = false;
  problem.nodes.reserve(count());
  for (size_t i = 0; i < count(); ++i) {
    problem.nodes.push_back({wordsOf(i), targetOf(i), handlerOf(i), isKept_[i]});
    hasChecks |= opcodeOf(i) == uop::Opcode::CheckLocal;
  }
  if (!hasChecks)
    return;
  isDropped_ = findRedundantChecks(problem);
}

void CodeFinisher::dropJumpsToNext() {
  size_t next = count(); // the first kept instruction behind i
  std::vector<size_t> firstKept(count() + 1, count());
  for (size_t i = count(); i-- > 0;) {
    if (isKept_[i] && opcodeOf(i) == uop::Opcode::Jump && targetOf(i) > i &&
        firstKept[targetOf(i)] == next)
      isKept_[i] = false;
    if (isKept_[i])
      next = i;
    firstKept[i] = next;
  }
}

void CodeFinisher::numberLocals() {
  const std::vector<LocalSlot>& locals = b_.locals_;
  newLocal_.resize(locals.size());
  auto place = [&](auto&& wanted) {
    for (size_t i = 0; i < locals.size(); ++i)
      if (wanted(i, locals[i].kind)) {
        newLocal_[i] = uop::localRegister(static_cast<unsigned>(unit_.locals.size()));
        unit_.locals.push_back(locals[i]);
      }
  };
  size_t parameters = b_.parameterCount_;
  auto isCell = [](uint8_t kind) { return (kind & uop::kLocalCell) != 0; };
  auto isFree = [](uint8_t kind) { return (kind & uop::kLocalFree) != 0; };
  place([&](size_t i, uint8_t) { return i < parameters; });
  place([&](size_t i, uint8_t kind) { return i >= parameters && !isCell(kind) && !isFree(kind); });
  place([&](size_t i, uint8_t kind) { return i >= parameters && isCell(kind); });
  size_t bound = unit_.locals.size();
  place([&](size_t, uint8_t kind) { return isFree(kind); });
  unit_.freeCount = static_cast<uint32_t>(unit_.locals.size() - bound);
}

void CodeFinisher::layOut() {
  newWord_.resize(count() + 1);
  uint32_t word = 0;
  for (size_t i = 0; i < count(); ++i) {
    if (const Loop* loop = loopAt(i))
      word += static_cast<uint32_t>(loop->constants.size()) * uop::LoadConstUop::kWords;
    newWord_[i] = word;
    if (isKept_[i])
      word += infoOf(i).words;
  }
  newWord_[count()] = word;
  unit_.words.resize(word);
  if (b_.firstConstant_ != ConstantId::None) {
    constantIndex_.emplace(b_.firstConstant_, 0);
    unit_.constants.push_back(b_.firstConstant_);
  }
  for (size_t i = 0; i < count(); ++i) {
    if (const Loop* loop = loopAt(i))
      layOutEntry(*loop);
    if (!isKept_[i])
      continue;
    uint64_t* words = &unit_.words[newWord_[i]];
    std::memcpy(words, wordsOf(i), infoOf(i).words * sizeof(uint64_t));
    patch(i, words);
    const SourceSpan& at = b_.instructions_[i].position;
    uop::PositionEntry entry{newWord_[i], -1, -1, -1, -1, b_.instructions_[i].depth, 0};
    if (at.line != 0) {
      entry.line = static_cast<int32_t>(at.line);
      entry.endLine = static_cast<int32_t>(at.endLine);
      entry.column = static_cast<int32_t>(at.column);
      entry.endColumn = static_cast<int32_t>(at.endColumn);
    }
    unit_.positions.push_back(entry);
  }
}

/// The index of a constant of the unit, made at its first use.
uint32_t CodeFinisher::indexOf(ConstantId constant) {
  auto [entry, isNew] =
      constantIndex_.emplace(constant, static_cast<uint32_t>(unit_.constants.size()));
  if (isNew)
    unit_.constants.push_back(constant);
  return entry->second;
}

/// Gives the operands of instruction `i`, copied to `words`, their final values.
void CodeFinisher::patch(size_t i, uint64_t* words) {
  const uop::UopInfo& info = infoOf(i);
  for (unsigned o = 0; o < info.operandCount; ++o) {
    const uop::OperandInfo& operand = info.operands[o];
    int32_t value = uop::readOperand(words, operand);
    switch (operand.kind) {
    case uop::OperandKind::In:
    case uop::OperandKind::Keep:
    case uop::OperandKind::Out:
    case uop::OperandKind::Inout:
      if (uop::isLocalRegister(value))
        write(words, operand, newLocal_[uop::localOfRegister(value)]);
      break;
    case uop::OperandKind::Name: {
      auto name = static_cast<uint32_t>(value);
      if (name >= nameIndex_.size())
        nameIndex_.resize(name + 1, UINT32_MAX);
      if (nameIndex_[name] == UINT32_MAX) {
        nameIndex_[name] = static_cast<uint32_t>(unit_.names.size());
        unit_.names.push_back(static_cast<NameId>(name));
      }
      write(words, operand, nameIndex_[name]);
      break;
    }
    case uop::OperandKind::Const:
      write(words, operand, indexOf(static_cast<ConstantId>(value)));
      break;
    case uop::OperandKind::Label:
      write(words, operand, static_cast<int32_t>(wordOfTarget(i) - newWord_[i]));
      break;
    case uop::OperandKind::Cache:
      if (std::strcmp(operand.name, "attr") == 0)
        write(words, operand, unit_.attrCacheCount++);
      else
        write(words, operand, unit_.callCacheCount++);
      break;
    case uop::OperandKind::InWindow:
    case uop::OperandKind::KeepWindow:
    case uop::OperandKind::OutWindow:
    case uop::OperandKind::Imm:
      break;
    }
  }
}

/// Each instruction that may raise has one handler, the innermost: the table's ranges don't
/// overlap.
void CodeFinisher::writeExceptions() {
  HandlerId current = HandlerId::None;
  uint32_t start = 0, end = 0; // the words of the instructions that raise
  auto close = [&] {
    if (current == HandlerId::None)
      return;
    const CodeBuilder::Handler& handler = b_.handlers_[static_cast<size_t>(current)];
    unit_.exceptions.push_back(
        {start, end, newWord_[placeOf(handler.label)], static_cast<uint16_t>(handler.depth), 0});
  };
  for (size_t i = 0; i < count(); ++i) {
    if (!isKept_[i] || !infoOf(i).raises)
      continue;
    if (b_.instructions_[i].handler != current) {
      close();
      current = b_.instructions_[i].handler;
      start = newWord_[i];
    }
    end = newWord_[i] + infoOf(i).words;
  }
  close();
}

} // namespace pyc
