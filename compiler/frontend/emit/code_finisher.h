// The passes that turn a builder's collected uops into a code unit, for code_builder's own use.
#pragma once

#include "compiler/frontend/emit/code_builder.h"

namespace pyc {

class CodeFinisher {
public:
  CodeFinisher(CodeBuilder& builder, CodeUnit& unit) : b_(builder), unit_(unit) {}
  void run();

private:
  using Instruction = CodeBuilder::Instruction;
  static constexpr uint32_t kNoTarget = UINT32_MAX;

  size_t count() const { return b_.instructions_.size(); }
  uint64_t* wordsOf(size_t i) { return &b_.words_[b_.instructions_[i].word]; }
  uop::Opcode opcodeOf(size_t i) { return uop::opcodeAt(wordsOf(i)); }
  const uop::UopInfo& infoOf(size_t i) { return uop::infoOf(opcodeOf(i)); }
  uint32_t placeOf(LabelId label) const {
    return b_.labels_[static_cast<size_t>(label)].instruction;
  }
  /// The instruction that `i` may jump to, or kNoTarget.
  uint32_t targetOf(size_t i);
  /// The first instruction of the handler for what `i` raises, or kNoTarget.
  uint32_t handlerOf(size_t i);

  /// An outermost loop: instructions [header, end). The constants that it uses are loaded once, in
  /// front of the header.
  struct Loop {
    size_t header, end;
    std::vector<std::pair<ConstantId, Reg>> constants;
  };

  void threadJumps();
  void threadJump(size_t i);
  void findReachable();
  void dropChecks();
  void dropJumpsToNext();
  void hoistConstants();
  void findLoops();
  const Loop* loopAround(size_t i) const;
  void hoistFrom(Loop& loop);
  bool replaceOperand(size_t i, Reg temporary, Reg local);
  Reg constantRegister(Loop& loop, ConstantId constant);
  const Loop* loopAt(size_t header) const;
  void numberLocals();
  void layOut();
  void layOutEntry(const Loop& loop);
  void patch(size_t i, uint64_t* words);
  uint32_t indexOf(ConstantId constant);
  uint32_t wordOfTarget(size_t i);
  void writeExceptions();

  CodeBuilder& b_;
  CodeUnit& unit_;
  std::vector<bool> isDropped_; // checks that can't fail
  std::vector<bool> isKept_;
  std::vector<Loop> loops_;
  std::vector<bool> isTarget_; // something jumps there
  std::vector<std::pair<ConstantId, Reg>> constantRegisters_;
  std::vector<uint32_t> newWord_;   // by instruction; of the next kept one where it is dropped
  std::vector<int16_t> newLocal_;   // register by provisional local number
  std::vector<uint32_t> nameIndex_; // by NameId
  std::unordered_map<ConstantId, uint32_t> constantIndex_;
};

/// Marks the `check_local` uops that can never raise: `isRedundant[i]` for instruction i.
/// Definite assignment over the flow graph, exception edges and `del` included.
struct AssignmentProblem {
  size_t localCount;
  size_t parameterCount;
  size_t instructionCount;
  /// Per instruction: its words, whether it is reachable, its targets (UINT32_MAX: none).
  struct Node {
    const uint64_t* words;
    uint32_t target;
    uint32_t handler;
    bool isReachable;
  };
  std::vector<Node> nodes;
};
std::vector<bool> findRedundantChecks(const AssignmentProblem& problem);

} // namespace pyc
