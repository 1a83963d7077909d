// The verifier on instructions. First each instruction by itself: opcode, operands, targets. Then
// the flow between them: how many temporaries are in use and which locals are bound, on every way.
#include "dialects/uop/verify_code.h"

#include "dialects/uop/uop_info.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace pyc::uop {

namespace {

class CodeChecker {
public:
  CodeChecker(ImageView image, const CodeRecord& code)
      : image_(image), code_(code), words_(image.words(code)) {}

  std::string run();

private:
  bool fail(uint32_t word, const std::string& what) {
    if (error_.empty())
      error_ = "word " + std::to_string(word) + ": " + what;
    return false;
  }
  const UopInfo& infoAt(uint32_t word) const { return infoOf(opcodeAt(words_ + word)); }
  bool isStart(int64_t word) const {
    return word >= 0 && word < code_.wordCount && isStart_[static_cast<size_t>(word)];
  }
  uint8_t kindOf(unsigned local) const { return image_.array<uint8_t>(code_.localKinds)[local]; }

  // Each instruction by itself.
  bool decode();
  bool operands(uint32_t word);
  bool operand(uint32_t word, const UopInfo& info, const OperandInfo& operand);
  bool special(uint32_t word);
  bool keywordNames(uint32_t word, uint32_t constant, unsigned argc);
  bool positions();
  bool exceptions();

  // The flow between them.
  struct State {
    bool isSeen = false;
    uint32_t depth = 0;
    std::vector<uint64_t> bound; // locals
  };
  bool flow();
  bool step(uint32_t word);
  bool stack(uint32_t word, const UopInfo& info, uint32_t& depth, uint32_t& targetDepth);
  bool locals(uint32_t word, const UopInfo& info);
  bool meet(uint32_t from, int64_t word, uint32_t depth, const std::vector<uint64_t>& bound);
  static bool has(const std::vector<uint64_t>& set, unsigned bit) {
    return set[bit / 64] >> (bit % 64) & 1;
  }
  void setBound(unsigned local, bool isBound) {
    uint64_t bit = uint64_t(1) << (local % 64);
    current_[local / 64] = isBound ? current_[local / 64] | bit : current_[local / 64] & ~bit;
  }

  ImageView image_;
  const CodeRecord& code_;
  const uint64_t* words_;
  std::string error_;
  std::vector<bool> isStart_;
  std::vector<State> states_;                  // of block starts, by slot
  std::vector<uint32_t> slotOf_;               // by word
  std::vector<const ExceptionEntry*> handler_; // by word
  std::vector<const PositionEntry*> position_; // by word
  std::vector<uint32_t> pending_;
  std::vector<uint64_t> current_;
};

// Each instruction by itself.

bool CodeChecker::decode() {
  isStart_.assign(code_.wordCount, false);
  uint32_t last = 0;
  for (uint32_t word = 0; word < code_.wordCount;) {
    auto opcode = static_cast<unsigned>(opcodeAt(words_ + word));
    if (opcode >= kUopCount)
      return fail(word, "unknown opcode");
    if (kUopInfo[opcode].words > code_.wordCount - word)
      return fail(word, "an instruction is cut off");
    isStart_[word] = true;
    last = word;
    word += kUopInfo[opcode].words;
  }
  if (code_.wordCount == 0)
    return fail(0, "no code");
  return infoAt(last).terminator || fail(last, "falls off the end");
}

bool CodeChecker::operands(uint32_t word) {
  const UopInfo& info = infoAt(word);
  for (unsigned i = 0; i < info.operandCount; ++i)
    if (!operand(word, info, info.operands[i]))
      return fail(word, std::string(info.name) + ": operand `" + info.operands[i].name +
                            "` is out of range");
  return special(word);
}

bool CodeChecker::operand(uint32_t word, const UopInfo& info, const OperandInfo& operand) {
  int32_t value = readOperand(words_ + word, operand);
  auto index = static_cast<uint32_t>(value);
  switch (operand.kind) {
  case OperandKind::In:
  case OperandKind::Keep:
  case OperandKind::Out:
  case OperandKind::Inout:
    return isLocalRegister(value) ? localOfRegister(value) < code_.localCount
                                  : index < code_.temporaryCount;
  case OperandKind::InWindow:
  case OperandKind::KeepWindow:
  case OperandKind::OutWindow:
    return value >= 0 &&
           uint64_t(index) + windowCount(words_ + word, info, operand) <= code_.temporaryCount;
  case OperandKind::Imm:
    return !operand.cases || value < operand.caseCount;
  case OperandKind::Name:
    return index < code_.nameCount;
  case OperandKind::Const:
    return index < code_.constantCount;
  case OperandKind::Label: {
    bool isBack = opcodeAt(words_ + word) == Opcode::JumpBack;
    return isStart(int64_t(word) + value) && (isBack ? value <= 0 : value > 0);
  }
  case OperandKind::Cache:
    return index <
           (std::strcmp(operand.name, "attr") == 0 ? code_.attrCacheCount : code_.callCacheCount);
  }
  return false;
}

/// The constant of a call with keywords: a tuple of strings, no longer than the arguments.
bool CodeChecker::keywordNames(uint32_t word, uint32_t constant, unsigned argc) {
  const ConstRecord& names = image_.array<ConstRecord>(code_.constants)[constant];
  if (names.kind != ConstKind::Tuple || names.length > argc)
    return fail(word, "the names of keywords are no tuple of that many");
  for (uint32_t i = 0; i < names.length; ++i)
    if (image_.array<ConstRecord>(names.payload)[i].kind != ConstKind::Str)
      return fail(word, "the name of a keyword is no string");
  return true;
}

/// What single uops ask of their operands beyond the range.
bool CodeChecker::special(uint32_t word) {
  const void* at = words_ + word;
  switch (opcodeAt(words_ + word)) {
  case Opcode::CallKw: {
    auto& uop = *static_cast<const CallKwUop*>(at);
    return keywordNames(word, uop.names, uop.argc);
  }
  case Opcode::CallMethodKw: {
    auto& uop = *static_cast<const CallMethodKwUop*>(at);
    return keywordNames(word, uop.names, uop.argc);
  }
  case Opcode::MakeFunction: {
    auto& uop = *static_cast<const MakeFunctionUop*>(at);
    return image_.array<ConstRecord>(code_.constants)[uop.code].kind == ConstKind::Code ||
           fail(word, "a function's constant is no code");
  }
  case Opcode::UnpackEx: {
    auto& uop = *static_cast<const UnpackExUop*>(at);
    return uop.before < uop.total || fail(word, "unpacks more items than it has targets");
  }
  case Opcode::LoadDeref:
  case Opcode::StoreDeref:
  case Opcode::DeleteDeref:
  case Opcode::LoadFromDictOrDeref:
  case Opcode::LoadSuper: {
    const UopInfo& info = infoAt(word);
    for (unsigned i = 0; i < info.operandCount; ++i) {
      if (std::strcmp(info.operands[i].name, "cell") != 0)
        continue;
      int32_t reg = readOperand(words_ + word, info.operands[i]);
      if (!isLocalRegister(reg) || !(kindOf(localOfRegister(reg)) & (kLocalCell | kLocalFree)))
        return fail(word, "a register holds no cell");
    }
    return true;
  }
  case Opcode::MakeCell: {
    auto& uop = *static_cast<const MakeCellUop*>(at);
    return (isLocalRegister(uop.local) && (kindOf(localOfRegister(uop.local)) & kLocalCell)) ||
           fail(word, "makes a cell of what is no cell variable");
  }
  case Opcode::CheckLocal:
  case Opcode::DeleteLocal:
  case Opcode::ClearLocal: {
    const UopInfo& info = infoAt(word);
    return isLocalRegister(readOperand(words_ + word, info.operands[0])) ||
           fail(word, "the register is no local");
  }
  case Opcode::Swap:
  case Opcode::YieldFrom: {
    const UopInfo& info = infoAt(word);
    return readOperand(words_ + word, info.operands[0]) >= 0 ||
           fail(word, "the register is no temporary");
  }
  default: // nothing more
    return true;
  }
}

bool CodeChecker::positions() {
  const PositionEntry* entry = image_.array<PositionEntry>(code_.positions);
  const PositionEntry* end = entry + code_.positionCount;
  position_.assign(code_.wordCount, nullptr);
  for (uint32_t word = 0; word < code_.wordCount; word += infoAt(word).words, ++entry) {
    if (entry == end || entry->word != word)
      return fail(word, "an instruction has no position");
    position_[word] = entry;
  }
  return entry == end || fail(code_.wordCount, "positions without an instruction");
}

bool CodeChecker::exceptions() {
  handler_.assign(code_.wordCount, nullptr);
  const ExceptionEntry* entries = image_.array<ExceptionEntry>(code_.exceptions);
  for (uint32_t i = code_.exceptionCount; i-- > 0;) { // the first match counts
    const ExceptionEntry& entry = entries[i];
    if (!isStart(entry.start) || !isStart(entry.handler) || entry.start >= entry.end ||
        entry.end > code_.wordCount || entry.depth >= code_.temporaryCount)
      return fail(entry.start, "an entry of the exception table is out of range");
    for (uint32_t word = entry.start; word < entry.end; ++word)
      handler_[word] = &entry;
  }
  return true;
}

// The flow between them.

/// Joins the state at `word` with one that flows there.
bool CodeChecker::meet(uint32_t from, int64_t word, uint32_t depth,
                       const std::vector<uint64_t>& bound) {
  auto target = static_cast<uint32_t>(word);
  if (slotOf_[target] == UINT32_MAX) {
    slotOf_[target] = static_cast<uint32_t>(states_.size());
    states_.push_back({});
  }
  State& state = states_[slotOf_[target]];
  if (!state.isSeen) {
    state = {true, depth, bound};
    pending_.push_back(target);
    return true;
  }
  if (state.depth != depth)
    return fail(from, "temporaries differ at a join with word " + std::to_string(target));
  bool isChanged = false;
  for (size_t i = 0; i < bound.size(); ++i) {
    uint64_t joined = state.bound[i] & bound[i];
    isChanged |= joined != state.bound[i];
    state.bound[i] = joined;
  }
  if (isChanged)
    pending_.push_back(target);
  return true;
}

/// Consumes and produces temporaries: they have to be 0 to depth-1 before and after.
bool CodeChecker::stack(uint32_t word, const UopInfo& info, uint32_t& depth,
                        uint32_t& targetDepth) {
  static thread_local std::vector<bool> live;
  live.assign(code_.temporaryCount, false);
  std::fill(live.begin(), live.begin() + depth, true);
  uint32_t count = depth;
  auto take = [&](int32_t reg) {
    if (reg < 0)
      return true;
    if (!live[static_cast<size_t>(reg)])
      return false;
    live[static_cast<size_t>(reg)] = false;
    --count;
    return true;
  };
  auto give = [&](int32_t reg) {
    if (reg < 0)
      return true;
    if (live[static_cast<size_t>(reg)])
      return false;
    live[static_cast<size_t>(reg)] = true;
    ++count;
    return true;
  };
  auto isStack = [&] {
    for (uint32_t i = 0; i < count; ++i)
      if (!live[i])
        return false;
    return true;
  };
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const OperandInfo& operand = info.operands[i];
    int32_t reg = readOperand(words_ + word, operand);
    bool isFine = true;
    if (operand.kind == OperandKind::In) {
      isFine = take(reg);
    } else if (operand.kind == OperandKind::Keep || operand.kind == OperandKind::Inout) {
      isFine = reg < 0 || static_cast<uint32_t>(reg) < depth;
    } else if (operand.kind == OperandKind::InWindow || operand.kind == OperandKind::KeepWindow) {
      unsigned size = windowCount(words_ + word, info, operand);
      for (unsigned k = 0; k < size && isFine; ++k)
        isFine = operand.kind == OperandKind::InWindow ? take(reg + static_cast<int32_t>(k))
                                                       : static_cast<uint32_t>(reg) + k < depth;
    }
    if (!isFine)
      return fail(word, std::string(info.name) + ": reads a temporary that is not in use");
  }
  // A jump leaves before anything is written; an exception's way out was before all this.
  bool jumps = false;
  for (unsigned i = 0; i < info.operandCount; ++i)
    jumps |= info.operands[i].kind == OperandKind::Label;
  if (jumps && !isStack())
    return fail(word, std::string(info.name) + ": temporaries are no stack");
  targetDepth = count;
  if (info.terminator)
    return true;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const OperandInfo& operand = info.operands[i];
    int32_t reg = readOperand(words_ + word, operand);
    bool isFine = true;
    if (operand.kind == OperandKind::Out)
      isFine = give(reg);
    if (operand.kind == OperandKind::OutWindow) {
      unsigned size = windowCount(words_ + word, info, operand);
      for (unsigned k = 0; k < size && isFine; ++k)
        isFine = give(reg + static_cast<int32_t>(k));
    }
    if (!isFine)
      return fail(word, std::string(info.name) + ": overwrites a temporary");
  }
  depth = count;
  return isStack() || fail(word, std::string(info.name) + ": temporaries are no stack");
}

/// Locals that are read have to be bound; notes those that are written.
bool CodeChecker::locals(uint32_t word, const UopInfo& info) {
  Opcode opcode = opcodeAt(words_ + word);
  bool mayBeUnbound = opcode == Opcode::CheckLocal || opcode == Opcode::DeleteLocal ||
                      opcode == Opcode::ClearLocal || opcode == Opcode::LoadSuper ||
                      opcode == Opcode::MakeCell;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const OperandInfo& operand = info.operands[i];
    bool reads = operand.kind == OperandKind::In || operand.kind == OperandKind::Keep ||
                 operand.kind == OperandKind::Inout;
    int32_t reg = reads ? readOperand(words_ + word, operand) : 0;
    if (!isLocalRegister(reg) || mayBeUnbound)
      continue;
    if (!has(current_, localOfRegister(reg)))
      return fail(word, std::string(info.name) + ": reads a local that may be unbound");
  }
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const OperandInfo& operand = info.operands[i];
    if (operand.kind != OperandKind::Out && operand.kind != OperandKind::Inout &&
        opcode != Opcode::CheckLocal && opcode != Opcode::DeleteLocal &&
        opcode != Opcode::ClearLocal)
      continue;
    int32_t reg = readOperand(words_ + word, operand);
    if (isLocalRegister(reg))
      setBound(localOfRegister(reg), opcode != Opcode::DeleteLocal && opcode != Opcode::ClearLocal);
  }
  return true;
}

/// Follows the code from `start` on to the end of its block.
bool CodeChecker::step(uint32_t start) {
  uint32_t depth = states_[slotOf_[start]].depth;
  current_ = states_[slotOf_[start]].bound;
  for (uint32_t word = start;;) {
    const UopInfo& info = infoAt(word);
    if (depth != position_[word]->depth)
      return fail(word, "the position table has another depth");
    if (const ExceptionEntry* entry = info.raises ? handler_[word] : nullptr) {
      if (depth < entry->depth)
        return fail(word, "fewer temporaries than its handler keeps");
      if (!meet(word, entry->handler, entry->depth + 1u, current_))
        return false;
    }
    uint32_t targetDepth = 0;
    // What a uop writes, it writes only where it falls through.
    std::vector<uint64_t> before;
    const OperandInfo* label = nullptr;
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == OperandKind::Label)
        label = &info.operands[i];
    if (label)
      before = current_;
    if (!stack(word, info, depth, targetDepth) || !locals(word, info))
      return false;
    if (label &&
        !meet(word, int64_t(word) + readOperand(words_ + word, *label), targetDepth, before))
      return false;
    if (info.terminator)
      return true;
    word += info.words;
    if (label || slotOf_[word] != UINT32_MAX)
      return meet(word, word, depth, current_);
  }
}

bool CodeChecker::flow() {
  slotOf_.assign(code_.wordCount, UINT32_MAX);
  std::vector<uint64_t> bound((code_.localCount + 63) / 64 + 1);
  current_ = bound;
  uint32_t parameters = code_.argumentCount + code_.keywordOnlyCount +
                        ((code_.flags & kCodeVarargs) != 0) +
                        ((code_.flags & kCodeVarKeywords) != 0);
  for (uint32_t i = 0; i < code_.localCount; ++i)
    if (i < parameters || i >= code_.localCount - code_.freeCount)
      setBound(i, true);
  std::vector<uint64_t> entry = current_;
  if (!meet(0, 0, 0, entry))
    return false;
  while (!pending_.empty()) {
    uint32_t word = pending_.back();
    pending_.pop_back();
    if (!step(word))
      return false;
  }
  return true;
}

std::string CodeChecker::run() {
  if (!decode())
    return error_;
  for (uint32_t word = 0; word < code_.wordCount; word += infoAt(word).words)
    if (!operands(word))
      return error_;
  if (positions() && exceptions())
    flow();
  return error_;
}

} // namespace

std::string verifyCode(ImageView image, const CodeRecord& code) {
  return CodeChecker(image, code).run();
}

} // namespace pyc::uop
