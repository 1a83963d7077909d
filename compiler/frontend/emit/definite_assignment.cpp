// Which locals are certainly bound before each uop: a forward analysis over basic blocks, in which
// a local is bound at a join when it is bound on every way there. An exception's way leads from
// before the uop that raises to its handler.
#include "compiler/frontend/emit/code_finisher.h"

#include <cstring>

namespace pyc {

namespace {

class Assignment {
public:
  explicit Assignment(const AssignmentProblem& problem)
      : problem_(problem), setWords_((problem.localCount + 63) / 64) {}

  std::vector<bool> run();

private:
  struct Block {
    uint32_t start, end;
    bool isSeen = false;
    bool isPending = false;
  };
  using Set = uint64_t*;

  void findBlocks();
  Set entry(uint32_t block) { return &entries_[block * setWords_]; }
  void meet(uint32_t target, const uint64_t* state);
  void flow(uint32_t block, std::vector<bool>* isRedundant);
  void transfer(const uint64_t* words);
  bool has(unsigned local) const { return state_[local / 64] >> (local % 64) & 1; }
  void set(unsigned local, bool isBound) {
    uint64_t bit = uint64_t(1) << (local % 64);
    state_[local / 64] = isBound ? state_[local / 64] | bit : state_[local / 64] & ~bit;
  }

  const AssignmentProblem& problem_;
  size_t setWords_;
  std::vector<Block> blocks_;
  std::vector<uint32_t> blockAt_; // by instruction that starts one
  std::vector<uint64_t> entries_;
  std::vector<uint64_t> state_;
  std::vector<uint32_t> pending_;
};

void Assignment::findBlocks() {
  size_t count = problem_.instructionCount;
  std::vector<bool> isLeader(count + 1, false);
  isLeader[0] = true;
  for (size_t i = 0; i < count; ++i) {
    const AssignmentProblem::Node& node = problem_.nodes[i];
    if (!node.isReachable) {
      isLeader[i] = isLeader[i + 1] = true;
      continue;
    }
    if (node.handler != UINT32_MAX)
      isLeader[node.handler] = true;
    if (node.target != UINT32_MAX)
      isLeader[node.target] = true;
    if (node.target != UINT32_MAX || uop::infoOf(uop::opcodeAt(node.words)).terminator)
      isLeader[i + 1] = true;
  }
  blockAt_.assign(count + 1, UINT32_MAX);
  for (size_t i = 0; i < count;) {
    size_t end = i + 1;
    while (end < count && !isLeader[end])
      ++end;
    blockAt_[i] = static_cast<uint32_t>(blocks_.size());
    blocks_.push_back({static_cast<uint32_t>(i), static_cast<uint32_t>(end)});
    i = end;
  }
}

/// `state` flows into the block that starts at instruction `target`.
void Assignment::meet(uint32_t target, const uint64_t* state) {
  if (target >= problem_.instructionCount)
    return;
  uint32_t block = blockAt_[target];
  bool isChanged = !blocks_[block].isSeen;
  Set set = entry(block);
  for (size_t i = 0; i < setWords_; ++i) {
    uint64_t joined = blocks_[block].isSeen ? set[i] & state[i] : state[i];
    isChanged |= joined != set[i];
    set[i] = joined;
  }
  blocks_[block].isSeen = true;
  if (isChanged && !blocks_[block].isPending) {
    blocks_[block].isPending = true;
    pending_.push_back(block);
  }
}

void Assignment::transfer(const uint64_t* words) {
  uop::Opcode opcode = uop::opcodeAt(words);
  const uop::UopInfo& info = uop::infoOf(opcode);
  bool unbinds = opcode == uop::Opcode::ClearLocal || opcode == uop::Opcode::DeleteLocal;
  bool binds = opcode == uop::Opcode::CheckLocal;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const uop::OperandInfo& operand = info.operands[i];
    if (operand.kind != uop::OperandKind::Keep && operand.kind != uop::OperandKind::Out &&
        operand.kind != uop::OperandKind::Inout)
      continue;
    int32_t reg = uop::readOperand(words, operand);
    if (!uop::isLocalRegister(reg))
      continue;
    if (operand.kind != uop::OperandKind::Keep || binds)
      set(uop::localOfRegister(reg), true);
    else if (unbinds)
      set(uop::localOfRegister(reg), false);
  }
}

void Assignment::flow(uint32_t block, std::vector<bool>* isRedundant) {
  std::memcpy(state_.data(), entry(block), setWords_ * sizeof(uint64_t));
  const Block range = blocks_[block];
  for (uint32_t i = range.start; i < range.end; ++i) {
    const AssignmentProblem::Node& node = problem_.nodes[i];
    const uop::UopInfo& info = uop::infoOf(uop::opcodeAt(node.words));
    if (isRedundant && uop::opcodeAt(node.words) == uop::Opcode::CheckLocal)
      (*isRedundant)[i] = has(uop::localOfRegister(uop::readOperand(node.words, info.operands[0])));
    if (node.handler != UINT32_MAX && !isRedundant)
      meet(node.handler, state_.data());
    if (node.target != UINT32_MAX && !isRedundant) {
      // What a uop writes, it writes only where it falls through (for_iter).
      meet(node.target, state_.data());
    }
    transfer(node.words);
    if (info.terminator)
      return;
  }
  if (!isRedundant)
    meet(range.end, state_.data());
}

std::vector<bool> Assignment::run() {
  std::vector<bool> isRedundant(problem_.instructionCount, false);
  findBlocks();
  entries_.assign(blocks_.size() * setWords_, 0);
  state_.assign(setWords_, 0);
  for (size_t local = 0; local < problem_.parameterCount; ++local)
    set(static_cast<unsigned>(local), true);
  std::vector<uint64_t> start = state_;
  meet(0, start.data());
  while (!pending_.empty()) {
    uint32_t block = pending_.back();
    pending_.pop_back();
    blocks_[block].isPending = false;
    flow(block, nullptr);
  }
  for (uint32_t block = 0; block < blocks_.size(); ++block)
    if (blocks_[block].isSeen)
      flow(block, &isRedundant);
  return isRedundant;
}

} // namespace

std::vector<bool> findRedundantChecks(const AssignmentProblem& problem) {
  return Assignment(problem).run();
}

} // namespace pyc
